/**
 * The indices of `keys` in ascending order of their keys; equal keys keep their order.
 * Keys are integers from 0 to 2^53 - 1. A radix sort: linear, and without a comparison function to call.
 */
export const ascendingOrder = (keys: Float64Array): Uint32Array => {
	const order = indices(keys.length);
	if (isAscending(keys)) {
		return order;
	}

	const byLowWord = sortByWord(new Uint32Array(keys), order); // Which takes them modulo 2^32
	return keys.some(key => key >= WORD)
		? sortByWord(new Uint32Array(keys.map(key => Math.floor(key / WORD))), byLowWord)
		: byLowWord;
};

const WORD = 2 ** 32;

/** Bits of a digit, and its values. */
const DIGIT = 11;
const RADIX = 2 ** DIGIT;

const indices = (count: number): Uint32Array => {
	const order = new Uint32Array(count);
	for (let index = 0; index < count; index++) {
		order[index] = index;
	}

	return order;
};

const isAscending = (keys: Float64Array): boolean => {
	for (let index = 1; index < keys.length; index++) {
		if (keys[index] < keys[index - 1]) {
			return false;
		}
	}

	return true;
};

/** The indices of `order`, sorted by the words they stand for. `order` is used up. */
const sortByWord = (words: Uint32Array, order: Uint32Array): Uint32Array => {
	let from = order;
	let to: Uint32Array = new Uint32Array(order.length);
	for (let shift = 0; shift < 32; shift += DIGIT) {
		sortByDigit(words, shift, from, to);
		[from, to] = [to, from];
	}

	return from;
};

/** One pass of counting sort by the digit at `shift`. */
const sortByDigit = (words: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): void => {
	const counts = new Uint32Array(RADIX + 1);
	for (let index = 0; index < words.length; index++) {
		counts[((words[index] >>> shift) & (RADIX - 1)) + 1]++;
	}

	for (let digit = 1; digit <= RADIX; digit++) {
		counts[digit] += counts[digit - 1];
	}

	for (let at = 0; at < from.length; at++) {
		const index = from[at];
		to[counts[(words[index] >>> shift) & (RADIX - 1)]++] = index;
	}
};
