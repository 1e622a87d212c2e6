import {ScanError, type Address} from '@halfopen/model';
import type {AddressBlock, Ipv6Block} from './address-block.ts';
import {AddressLine, rangesOn} from './address-line.ts';
import {lastIndex} from './last-index.ts';
import {mergeRanges} from './merge-ranges.ts';
import {NamedRanges} from './named-ranges.ts';
import {settleRanges} from './settle-ranges.ts';
import {subtractRanges} from './subtract-ranges.ts';

/** What a set is made of: begin and end of each range on the line. */
interface Ranges {
	/** As named: they may overlap and come in any order. */
	readonly named: Float64Array;
	/** Those excluded, ascending without overlap. */
	readonly barred: Float64Array;
}

/**
 * The addresses of a scan, each once, in the order in which they were first named. Immutable.
 * It keeps ranges, 32 bytes for each and 24 more once it is asked by number, so its size in memory has nothing to do with
 * the number of addresses.
 */
export class TargetSet {
	/** Addresses in the set, at most 2^53 - 1. */
	readonly size: number;
	readonly #line: AddressLine;
	readonly #ranges: Ranges;
	/** Begin and end of each range, ascending, without overlap. */
	readonly #ascending: Float64Array;
	/** Made when it is first asked for: a sweep never does. */
	#named: NamedRanges | undefined;

	/** Use `buildTargetSet`. */
	constructor(line: AddressLine, ranges: Ranges) {
		this.#line = line;
		this.#ranges = ranges;
		this.#ascending = subtractRanges(mergeRanges(ranges.named), ranges.barred);
		this.size = sizeOf(line, this.#ascending);
	}

	/** The address at `index`, 0 ≤ index < size. Takes time logarithmic in the number of ranges. */
	at(index: number): Address {
		if (!(index >= 0 && index < this.size)) {
			throw new RangeError(`Expected an index between 0 and ${this.size - 1}, got ${index}`);
		}

		this.#named ??= new NamedRanges(this.#line, settleRanges(this.#ranges.named, this.#ranges.barred));
		return this.#named.at(index);
	}

	has(address: Address): boolean {
		const ranges = this.#ascending;
		const position = this.#line.positionOf(address);
		const found = lastIndex(0, ranges.length / 2, range => ranges[2 * range] <= position);
		return found !== -1 && position < ranges[2 * found + 1];
	}

	/** The same addresses in ascending order: at most one block of IPv4, then those of IPv6, zone by zone. */
	blocks(): readonly AddressBlock[] {
		return this.#line.blocksOf(this.#ascending);
	}
}

/** @throws ScanError `ERR_HALFOPEN_TARGET` for 2^53 addresses or more */
const sizeOf = (line: AddressLine, ranges: Float64Array): number => {
	let size = 0;
	for (let range = 0; range < ranges.length; range += 2) {
		size += line.distance(ranges[range], ranges[range + 1]);
	}

	if (size > Number.MAX_SAFE_INTEGER) {
		throw new ScanError(
			'ERR_HALFOPEN_TARGET',
			`Expected fewer than 2^53 addresses to scan, got about ${size.toPrecision(2)}`,
		);
	}

	return size;
};

/**
 * The addresses of `blocks` but those of `excluded`. The ranges of an IPv4 block may overlap and come in any order
 * here; they count as named one after the other. An excluded IPv6 block without a zone excludes its addresses in every
 * zone.
 * @throws ScanError `ERR_HALFOPEN_TARGET` when 2^53 addresses or more are left.
 */
export const buildTargetSet = (
	blocks: Iterable<AddressBlock>,
	excluded: Iterable<AddressBlock> = [],
): TargetSet => {
	const targets = [...blocks];
	const zones = new Set(ipv6Of(targets).flatMap(({zone}) => zone ?? []));
	const exclusions = [...inZones(excluded, zones)];
	const line = new AddressLine([...ipv6Of(exclusions), ...ipv6Of(targets)]);
	return new TargetSet(line, {
		named: rangesOn(line, targets),
		barred: mergeRanges(rangesOn(line, exclusions)),
	});
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
