/**
 * Finds a place among ascending numbers of 32 bits, in constant time where they are spread evenly and in logarithmic
 * time at worst. A table says where to begin, for each section of the line: there are eight times as many as numbers, so
 * that most sections have none, but not more than a million unless there are more numbers.
 */
export class AscendingLookup {
	readonly #values: Uint32Array;
	/** For each section, how many values come before it. */
	readonly #before: Uint32Array;
	/** A section has 2^shift numbers. */
	readonly #shift: number;
	readonly #last: number;

	/** Keeps `values`; they ascend. */
	constructor(values: Uint32Array) {
		this.#values = values;
		this.#last = values.at(-1) ?? 0;
		this.#shift = Math.max(0, bitsOf(this.#last) - sectionBits(values.length));
		this.#before = countBefore(values, this.#shift);
	}

	/** The index of the last value that is no more than `limit`, an integer of 32 bits; -1 when there is none. */
	lastAtMost(limit: number): number {
		const values = this.#values;
		if (limit >= this.#last) {
			return values.length - 1;
		}

		const section = limit >>> this.#shift;
		let low = this.#before[section];
		let high = this.#before[section + 1];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (values[middle] <= limit) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}

		return low - 1;
	}
}

const sectionBits = (count: number): number => Math.max(bitsOf(count), Math.min(20, bitsOf(count) + 3));

const bitsOf = (value: number): number => 32 - Math.clz32(value);

const countBefore = (values: Uint32Array, shift: number): Uint32Array => {
	const sections = ((values.at(-1) ?? 0) >>> shift) + 1;
	const before = new Uint32Array(sections + 1);
	for (let index = 0; index < values.length; index++) {
		before[(values[index] >>> shift) + 1]++;
	}

	for (let section = 0; section < sections; section++) {
		before[section + 1] += before[section];
	}

	return before;
};
