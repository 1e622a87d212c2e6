import {ScanError, type Address} from '@halfopen/model';
import type {AddressBlock, Ipv6Block} from './address-block.ts';
import {AddressLine, rangesOn} from './address-line.ts';
import {ascendingOrder} from './ascending-order.ts';
import {lastIndex} from './last-index.ts';
import {beginsOf, RangeList} from './range-list.ts';
import {settleRanges} from './settle-ranges.ts';

/**
 * The addresses of a scan, each once, in the order in which they were first named. Immutable.
 * It keeps ranges, 28 bytes for each, so its size in memory has nothing to do with the number of addresses.
 */
export class TargetSet {
	/** Addresses in the set, at most 2^53 - 1. */
	readonly size: number;
	readonly #line: AddressLine;
	/** Begin and end of each range, in the order named. */
	readonly #bounds: Float64Array;
	/** For each range, how many addresses come before it. */
	readonly #offsets: Float64Array;
	/** The ranges in the order of their addresses; put in order when that is first asked for. */
	#ascending: Uint32Array | undefined;

	/** Use `buildTargetSet`. `bounds` are the ranges on the line, in the order named; none overlaps another. */
	constructor(line: AddressLine, bounds: Float64Array) {
		this.#line = line;
		this.#bounds = bounds;
		this.#offsets = new Float64Array(bounds.length / 2);
		this.size = this.#count();
	}

	/** The address at `index`, 0 ≤ index < size. Takes time logarithmic in the number of ranges. */
	at(index: number): Address {
		if (!(index >= 0 && index < this.size)) {
			throw new RangeError(`Expected an index between 0 and ${this.size - 1}, got ${index}`);
		}

		const range = lastIndex(0, this.#offsets.length, at => this.#offsets[at] <= index);
		return this.#line.addressAt(this.#bounds[2 * range], index - this.#offsets[range]);
	}

	has(address: Address): boolean {
		const position = this.#line.positionOf(address);
		const ascending = this.#inOrder();
		const found = lastIndex(0, ascending.length, at => this.#bounds[2 * ascending[at]] <= position);
		return found !== -1 && position < this.#bounds[2 * ascending[found] + 1];
	}

	/** The same addresses in ascending order: at most one block of IPv4, then those of IPv6, zone by zone. */
	blocks(): readonly AddressBlock[] {
		const ascending = this.#inOrder();
		const ranges = new RangeList(ascending.length);
		for (const range of ascending) {
			ranges.add(this.#bounds[2 * range], this.#bounds[2 * range + 1]);
		}

		return this.#line.blocksOf(ranges.bounds());
	}

	#inOrder(): Uint32Array {
		return (this.#ascending ??= ascendingOrder(beginsOf(this.#bounds)));
	}

	/** Fills in the offsets, and returns the sum. */
	#count(): number {
		let size = 0;
		for (let range = 0; range < this.#offsets.length; range++) {
			this.#offsets[range] = size;
			size += this.#line.distance(this.#bounds[2 * range], this.#bounds[2 * range + 1]);
		}

		if (size > Number.MAX_SAFE_INTEGER) {
			throw new ScanError(
				'ERR_HALFOPEN_TARGET',
				`Expected fewer than 2^53 addresses to scan, got about ${size.toPrecision(2)}`,
			);
		}

		return size;
	}
}

/**
 * The addresses of `blocks` but those of `excluded`. The ranges of an IPv4 block may overlap and come in any order
 * here; they count as named one after the other. An excluded IPv6 block without a zone excludes its addresses in every
 * zone. Throws ERR_HALFOPEN_TARGET when 2^53 addresses or more are left.
 */
export const buildTargetSet = (
	blocks: Iterable<AddressBlock>,
	excluded: Iterable<AddressBlock> = [],
): TargetSet => {
	const targets = [...blocks];
	const zones = new Set(ipv6Of(targets).flatMap(({zone}) => zone ?? []));
	const exclusions = [...inZones(excluded, zones)];
	const line = new AddressLine([...ipv6Of(exclusions), ...ipv6Of(targets)]);
	return new TargetSet(line, settleRanges(rangesOn(line, targets), rangesOn(line, exclusions)));
};

const ipv6Of = (blocks: readonly AddressBlock[]): readonly Ipv6Block[] =>
	blocks.filter(block => block.family === 6);

/** The blocks, and each that has no zone once more in each of the zones. */
function* inZones(blocks: Iterable<AddressBlock>, zones: ReadonlySet<string>): Iterable<AddressBlock> {
	for (const block of blocks) {
		yield block;
		if (block.family === 6 && block.zone === undefined) {
			for (const zone of zones) {
				yield {...block, zone};
			}
		}
	}
}
