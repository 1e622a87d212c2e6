// Loops go by index: `for … of` makes an object of each large number until V8 has compiled it, and lists are read once.

/**
 * Keys in ascending order: integers from 0 to 2^53 - 1. A radix sort, which takes a fraction of the time of the one that
 * is built in. The array is used up.
 */
export const sortAscending = (keys: Float64Array): Float64Array => {
	if (isAscending(keys)) {
		return keys;
	}

	const most = largest(keys);
	let from = keys;
	let to: Float64Array = new Float64Array(keys.length);
	for (let weight = 1; weight <= most; weight *= RADIX) {
		sortByDigit(weight, from, to);
		[from, to] = [to, from];
	}

	return from;
};

/** Values of a digit. */
const RADIX = 2 ** 11;

const isAscending = (keys: Float64Array): boolean => {
	for (let index = 1; index < keys.length; index++) {
		if (keys[index] < keys[index - 1]) {
			return false;
		}
	}

	return true;
};

const largest = (keys: Float64Array): number => {
	let most = 0;
	for (let index = 0; index < keys.length; index++) {
		most = Math.max(most, keys[index]);
	}

	return most;
};

/** One pass of counting sort by the digit of this weight. */
const sortByDigit = (weight: number, from: Float64Array, to: Float64Array): void => {
	const counts = new Uint32Array(RADIX + 1);
	for (let index = 0; index < from.length; index++) {
		counts[(Math.floor(from[index] / weight) & (RADIX - 1)) + 1]++;
	}

	for (let digit = 1; digit <= RADIX; digit++) {
		counts[digit] += counts[digit - 1];
	}

	for (let index = 0; index < from.length; index++) {
		to[counts[Math.floor(from[index] / weight) & (RADIX - 1)]++] = from[index];
	}
};
