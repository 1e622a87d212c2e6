import {ScanError} from '@halfopen/model';
import {MOST_AT_ONCE, Permutation} from './permutation.ts';

/** A part of a scan: number `index` of `count`, 1 ≤ index ≤ count. */
export interface Shard {
	readonly index: number;
	readonly count: number;
}

/**
 * The order in which the numbers of a scan space are asked, and the part of it that one shard takes. Any position
 * is found without those before it, in either direction.
 *
 * Shard I of N has the positions I - 1, I - 1 + N, I - 1 + 2 N, … of one order: with the same size, seed and N,
 * shards have no number in common, and all of them together have every number.
 */
export class ProbeOrder {
	/** Positions in this shard. */
	readonly size: number;
	readonly #permutation: Permutation | undefined;
	/** Positions of the whole order. */
	readonly #whole: number;
	/** The first position of the shard in the whole order, and how far apart its positions are. */
	readonly #first: number;
	readonly #step: number;
	/** The numbers from position `#begin` on, up to but not including `#end`. */
	readonly #block = new Float64Array(MOST_AT_ONCE);
	#begin = 0;
	#end = 0;

	/**
	 * `size` is that of the scan space. `sequential` goes through the numbers in ascending order.
	 * @throws ScanError `ERR_HALFOPEN_OPTION` when there is no such shard
	 */
	constructor({
		size,
		seed,
		sequential,
		shard = {index: 1, count: 1},
	}: {
		readonly size: number;
		readonly seed: bigint;
		readonly sequential: boolean;
		readonly shard?: Shard;
	}) {
		checkShard(shard);
		this.#permutation = sequential ? undefined : new Permutation(size, seed);
		this.#whole = size;
		this.#first = shard.index - 1;
		this.#step = shard.count;
		this.size = Math.max(0, Math.ceil((size - this.#first) / this.#step));
	}

	/** The number at `position`, 0 ≤ position < size. One position after the other is cheaper than any other way. */
	numberAt(position: number): number {
		return position >= this.#begin && position < this.#end
			? this.#block[position - this.#begin]
			: this.#find(position);
	}

	/** Whether numbers ascend with positions. */
	get isSequential(): boolean {
		return this.#permutation === undefined;
	}

	/** Where a number stands: the inverse of `numberAt`. -1 when it is not in this shard. */
	positionOf(n: number): number {
		if (!(n >= 0 && n < this.#whole)) {
			return -1;
		}

		const place = this.#permutation === undefined ? n : this.#permutation.indexOf(n);
		const position = (place - this.#first) / this.#step;
		return position >= 0 && Number.isInteger(position) ? position : -1;
	}

	#find(position: number): number {
		const permutation = this.#permutation;
		const place = this.#first + position * this.#step;
		if (permutation === undefined) {
			return place;
		}

		if (position !== this.#end || position >= this.size) {
			return permutation.at(place);
		}

		// Who came to the end of the block is likely to go on
		this.#begin = position;
		this.#end = Math.min(position + MOST_AT_ONCE, this.size);
		permutation.write(this.#block, this.#end - position, place, this.#step);
		return this.#block[0];
	}
}

const checkShard = ({index, count}: Shard): void => {
	if (!Number.isSafeInteger(count) || count < 1) {
		throw new ScanError('ERR_HALFOPEN_OPTION', `Expected at least one shard, got \`${count}\``);
	}

	if (!Number.isInteger(index) || index < 1 || index > count) {
		throw new ScanError('ERR_HALFOPEN_OPTION', `Expected a shard between 1 and ${count}, got \`${index}\``);
	}
};
