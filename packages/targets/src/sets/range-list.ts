/** Ranges one after the other; one that begins where the last ends continues it. */
export class RangeList {
	/** Begin and end of each range. */
	readonly #bounds: Float64Array;
	#length = 0;

	constructor(capacity: number) {
		this.#bounds = new Float64Array(2 * capacity);
	}

	add(begin: number, end: number): void {
		if (this.#length > 0 && this.#bounds[this.#length - 1] === begin) {
			this.#bounds[this.#length - 1] = end;
			return;
		}

		this.#bounds[this.#length++] = begin;
		this.#bounds[this.#length++] = end;
	}

	bounds(): Float64Array {
		return this.#bounds.slice(0, this.#length);
	}
}

/** The begins of ranges that are given by begin and end of each. */
export const beginsOf = (ranges: Float64Array): Float64Array => {
	const begins = new Float64Array(ranges.length / 2);
	for (let range = 0; range < begins.length; range++) {
		begins[range] = ranges[2 * range];
	}

	return begins;
};
