import {ascendingOrder} from './ascending-order.ts';

/** Ranges without overlap, and for each the index of the range that it was cut from; those ascend. */
export type Claims = {readonly bounds: Float64Array; readonly owners: Uint32Array};

/**
 * Cuts ranges of positions so that each position is left to the first range that has it. Ranges are given by their
 * bounds: begin and end (not included) of each in turn. So is the result: ranges in the order of their owners,
 * ascending within each, joined where two of one owner touch.
 *
 * All bounds cut the line into cells. Claims are made in order, and a claimed cell is linked to the next, so
 * that later claimants skip over it: a disjoint-set forest, hence linear for all practical purposes.
 */
export const firstClaims = (ranges: Float64Array): Claims => {
	const {cells, cellOf} = cut(ranges);
	const free = new FreeCells(cells.length);
	const claims = new ClaimList(cells.length);
	for (let owner = 0; owner < ranges.length / 2; owner++) {
		const end = cellOf[2 * owner + 1];
		for (let cell = free.from(cellOf[2 * owner]); cell < end; cell = free.from(cell)) {
			free.take(cell);
			claims.add(cells[cell], cells[cell + 1], owner);
		}
	}

	return claims.list();
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

class ClaimList {
	readonly #bounds: Float64Array;
	readonly #owners: Uint32Array;
	#count = 0;

	constructor(capacity: number) {
		this.#bounds = new Float64Array(2 * capacity);
		this.#owners = new Uint32Array(capacity);
	}

	add(begin: number, end: number, owner: number): void {
		const last = this.#count - 1;
		if (last >= 0 && this.#owners[last] === owner && this.#bounds[2 * last + 1] === begin) {
			this.#bounds[2 * last + 1] = end;
			return;
		}

		this.#bounds[2 * this.#count] = begin;
		this.#bounds[2 * this.#count + 1] = end;
		this.#owners[this.#count++] = owner;
	}

	list(): Claims {
		return {
			bounds: this.#bounds.slice(0, 2 * this.#count),
			owners: this.#owners.slice(0, this.#count),
		};
	}
}
