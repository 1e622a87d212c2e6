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
export const beginsOf = (ranges: Float64Array): Float64Array => everySecond(ranges, 0);

/** The ends of such ranges. */
export const endsOf = (ranges: Float64Array): Float64Array => everySecond(ranges, 1);

const everySecond = (ranges: Float64Array, first: 0 | 1): Float64Array => {
	const bounds = new Float64Array(ranges.length / 2);
	for (let range = 0; range < bounds.length; range++) {
		bounds[range] = ranges[2 * range + first];
	}

	return bounds;
};
