import {ascendingOrder} from './ascending-order.ts';
import {RangeList} from './range-list.ts';

/**
 * Cuts ranges of positions so that each position is left to the first range that has it, and none that
 * `taken` has.
 *
 * Ranges are given by their bounds: begin and end (not included) of each in turn. So is the result: ranges
 * in the order in which their claimants came, ascending within each, joined where neighbours touch.
 *
 * All bounds cut the line into cells. Claims are made in order, and a claimed cell is linked to the next, so
 * that later claimants skip over it: a disjoint-set forest, hence linear for all practical purposes.
 */
export const firstClaims = (ranges: Float64Array, taken: Float64Array): Float64Array => {
	const {cells, cellOf} = cut(concatenate(taken, ranges));
	const free = new FreeCells(cells.length);
	const claims = new RangeList(cells.length);
	for (let bound = 0; bound < cellOf.length; bound += 2) {
		const end = cellOf[bound + 1];
		for (let cell = free.from(cellOf[bound]); cell < end; cell = free.from(cell)) {
			free.take(cell);
			if (bound >= taken.length) {
				claims.add(cells[cell], cells[cell + 1]);
			}
		}
	}

	return claims.bounds();
};

const concatenate = (head: Float64Array, tail: Float64Array): Float64Array => {
	const whole = new Float64Array(head.length + tail.length);
	whole.set(head);
	whole.set(tail, head.length);
	return whole;
};

/** The ends in ascending order, each once, and for each end its index among them. */
const cut = (ends: Float64Array): {cells: Float64Array; cellOf: Uint32Array} => {
	const cells = new Float64Array(ends.length);
	const cellOf = new Uint32Array(ends.length);
	let count = 0;
	for (const index of ascendingOrder(ends)) {
		if (count === 0 || cells[count - 1] !== ends[index]) {
			cells[count++] = ends[index];
		}

		cellOf[index] = count - 1;
	}

	return {cells: cells.subarray(0, count), cellOf};
};

/**
 * Which cells are free: a disjoint-set forest with path halving, whose roots are the free cells.
 * The last cell begins where the last range ends, and so is always free.
 */
class FreeCells {
	readonly #next: Uint32Array;

	constructor(count: number) {
		this.#next = new Uint32Array(count).map((_, cell) => cell);
	}

	/** The first free cell from `cell` on. */
	from(cell: number): number {
		const next = this.#next;
		let at = cell;
		while (next[at] !== at) {
			next[at] = next[next[at]];
			at = next[at];
		}

		return at;
	}

	take(cell: number): void {
		this.#next[cell] = cell + 1;
	}
}
