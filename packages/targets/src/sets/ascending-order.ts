/**
 * The indices of `keys` in ascending order of their keys; equal keys keep their order.
 * Keys are integers from 0 to 2^53 - 1. A radix sort: linear, and without a comparison function to call.
 */
export const ascendingOrder = (keys: Float64Array): Uint32Array => {
	let order = new Uint32Array(keys.length).map((_, index) => index);
	let spare = new Uint32Array(keys.length);
	const largest = keys.reduce((most, key) => Math.max(most, key), 0);
	for (let place = 1; place <= largest; place *= RADIX) {
		sortByDigit(keys, place, order, spare);
		[order, spare] = [spare, order];
	}

	return order;
};

const RADIX = 2048;

/** One pass of counting sort by the digit at `place`. The result of `&` is right above 2^32 too: it is modulo 2^32. */
const sortByDigit = (keys: Float64Array, place: number, from: Uint32Array, to: Uint32Array): void => {
	const counts = new Uint32Array(RADIX + 1);
	for (const key of keys) {
		counts[((key / place) & (RADIX - 1)) + 1]++;
	}

	for (let digit = 1; digit <= RADIX; digit++) {
		counts[digit] += counts[digit - 1];
	}

	for (const index of from) {
		to[counts[(keys[index] / place) & (RADIX - 1)]++] = index;
	}
};
