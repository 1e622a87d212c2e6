import {ScanError, type Address} from '@halfopen/model';
import type {AddressBlock, Ipv6Block} from './address-block.ts';
import {AddressLine} from './address-line.ts';
import {ascendingOrder} from './ascending-order.ts';
import {firstClaims} from './first-claims.ts';
import {lastIndex} from './last-index.ts';
import {RangeList} from './range-list.ts';

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
	/** The ranges in the order of their addresses. */
	readonly #ascending: Uint32Array;

	/** Use `buildTargetSet`. `bounds` are the ranges on the line, in the order named; none overlaps another. */
	constructor(line: AddressLine, bounds: Float64Array) {
		const begins = bounds.filter((_, index) => index % 2 === 0);
		this.#line = line;
		this.#bounds = bounds;
		this.#offsets = new Float64Array(begins.length);
		this.#ascending = ascendingOrder(begins);
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
		const ascending = this.#ascending;
		const found = lastIndex(0, ascending.length, at => this.#bounds[2 * ascending[at]] <= position);
		return found !== -1 && position < this.#bounds[2 * ascending[found] + 1];
	}

	/** The same addresses in ascending order: at most one block of IPv4, then those of IPv6, zone by zone. */
	blocks(): readonly AddressBlock[] {
		const ranges = new RangeList(this.#ascending.length);
		for (const range of this.#ascending) {
			ranges.add(this.#bounds[2 * range], this.#bounds[2 * range + 1]);
		}

		return this.#line.blocksOf(ranges.bounds());
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
 * The addresses of `blocks` but those of `excluded`. An excluded IPv6 block without a zone excludes its
 * addresses in every zone. Throws ERR_HALFOPEN_TARGET when 2^53 addresses or more are left.
 */
export const buildTargetSet = (
	blocks: Iterable<AddressBlock>,
	excluded: Iterable<AddressBlock> = [],
): TargetSet => {
	const targets = collectMentions(blocks);
	const zones = new Set(targets.ipv6.flatMap(({block}) => block.zone ?? []));
	const exclusions = collectMentions(inZones(excluded, zones));
	const line = new AddressLine([...exclusions.ipv6, ...targets.ipv6].map(({block}) => block));
	return new TargetSet(line, firstClaims(boundsOf(targets, line), boundsOf(exclusions, line)));
};

/** Ranges in the order named: begin and end of each. Those of IPv6 await their positions, from index `slot` on. */
type Mentions = {
	readonly bounds: number[];
	readonly ipv6: {readonly slot: number; readonly block: Ipv6Block}[];
};

const collectMentions = (blocks: Iterable<AddressBlock>): Mentions => {
	const mentions: Mentions = {bounds: [], ipv6: []};
	for (const block of blocks) {
		if (block.family === 6) {
			mentions.ipv6.push({slot: mentions.bounds.length, block});
			mentions.bounds.push(0, 0);
			continue;
		}

		for (let index = 0; index < block.bounds.length; index += 2) {
			mentions.bounds.push(block.bounds[index], block.bounds[index + 1] + 1);
		}
	}

	return mentions;
};

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

const boundsOf = (mentions: Mentions, line: AddressLine): Float64Array => {
	const bounds = Float64Array.from(mentions.bounds);
	for (const {slot, block} of mentions.ipv6) {
		bounds.set(line.boundsOf(block), slot);
	}

	return bounds;
};
