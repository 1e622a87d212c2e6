import type {AddressKey} from '@halfopen/model';
import type {AddressBlock, Ipv6Block} from './address-block.ts';
import {AddressLine, rangesOn} from './address-line.ts';
import {AscendingLookup} from './ascending-lookup.ts';
import {lastIndex} from './last-index.ts';
import {mergeRanges} from './merge-ranges.ts';

/**
 * Addresses that are never to be asked: as many as there are, and quick to ask about. Zones do not count: an address
 * that is excluded in one zone is excluded in all.
 */
export class ExcludedSet {
	/** Where exclusion begins and where it ends, in turn. */
	readonly #bounds: AscendingLookup;
	/** Ascending, without overlap. */
	readonly #ipv6: readonly Ipv6Block[];

	/** The ranges of an IPv4 block may overlap and come in any order. */
	constructor(blocks: Iterable<AddressBlock>) {
		const merged = mergeBlocks(blocks);
		const ipv4 = merged.find(block => block.family === 4)?.bounds ?? new Uint32Array(0);
		this.#bounds = new AscendingLookup(turns(ipv4));
		this.#ipv6 = merged.filter(block => block.family === 6);
	}

	has(key: AddressKey): boolean {
		if (typeof key === 'number') {
			return (this.#bounds.lastAtMost(key) & 1) === 0;
		}

		const found = lastIndex(0, this.#ipv6.length, block => this.#ipv6[block].first <= key);
		return found !== -1 && key <= this.#ipv6[found].last;
	}
}

const mergeBlocks = (blocks: Iterable<AddressBlock>): readonly AddressBlock[] => {
	const inOneZone = [...blocks].map(block => (block.family === 6 ? withoutZone(block) : block));
	const line = new AddressLine(inOneZone.filter(block => block.family === 6));
	return line.blocksOf(mergeRanges(rangesOn(line, inOneZone)));
};

const withoutZone = ({first, last}: Ipv6Block): Ipv6Block => ({family: 6, first, last});

/** First and last of each range to begin and end; what ends with the last address there is has no end. */
const turns = (bounds: Uint32Array): Uint32Array => {
	const isOpen = bounds.at(-1) === 0xff_ff_ff_ff;
	return bounds.map((bound, index) => bound + (index % 2)).subarray(0, bounds.length - (isOpen ? 1 : 0));
};
