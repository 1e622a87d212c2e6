import type {Address} from '@halfopen/model';
import type {AddressBlock, Ipv6Block} from './address-block.ts';
import {lastIndex} from './last-index.ts';

/**
 * Puts the addresses of both families on one line of plain numbers, so that one algorithm serves both.
 *
 * An IPv4 address stands at its value. IPv6 addresses stand above: of these only the ends of the given
 * blocks have a position, in the order of zone and value; an address between two ends belongs to the
 * lower of them.
 */
export class AddressLine {
	readonly #ends: readonly Ipv6Point[];

	constructor(blocks: Iterable<Ipv6Block>) {
		this.#ends = uniqueAscending([...blocks].flatMap(block => [firstOf(block), endOf(block)]));
	}

	/** Where the block begins, and where the first address behind it would stand. */
	boundsOf(block: Ipv6Block): readonly [number, number] {
		return [this.#positionOf(firstOf(block)), this.#positionOf(endOf(block))];
	}

	/** The position of an address or of the end below it; -1 when there is none. */
	positionOf(address: Address): number {
		return address.family === 4 ? address.value : this.#positionOf(pointOf(address.value, address.zone));
	}

	/** The address `offset` addresses behind a position. */
	addressAt(position: number, offset: number): Address {
		if (position < IPV6_ORIGIN) {
			return {family: 4, value: position + offset};
		}

		const {value, zone} = this.#ends[position - IPV6_ORIGIN];
		const moved = value + BigInt(offset);
		return zone === '' ? {family: 6, value: moved} : {family: 6, value: moved, zone};
	}

	/** The blocks of ascending ranges, given by begin and end of each, that neither overlap nor touch. */
	blocksOf(bounds: Float64Array): readonly AddressBlock[] {
		const split = lastIndex(0, bounds.length, index => bounds[index] < IPV6_ORIGIN) + 1;
		const ipv4 = bounds.subarray(0, split);
		const ipv6 = bounds.subarray(split);
		return [
			...(ipv4.length === 0 ? [] : [{family: 4 as const, bounds: withLast(ipv4)}]),
			...Array.from({length: ipv6.length / 2}, (_, range) =>
				this.#blockBetween(ipv6[2 * range], ipv6[2 * range + 1]),
			),
		];
	}

	#blockBetween(begin: number, end: number): Ipv6Block {
		const {value, zone} = this.#ends[begin - IPV6_ORIGIN];
		const last = this.#ends[end - IPV6_ORIGIN].value - 1n;
		return zone === '' ? {family: 6, first: value, last} : {family: 6, first: value, last, zone};
	}

	/** Addresses between two positions of one family and zone; not exact above 2^53. */
	distance(from: number, to: number): number {
		return from < IPV6_ORIGIN
			? to - from
			: Number(this.#ends[to - IPV6_ORIGIN].value - this.#ends[from - IPV6_ORIGIN].value);
	}

	#positionOf(point: Ipv6Point): number {
		let low = 0;
		let high = this.#ends.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (comparePoints(this.#ends[middle], point) <= 0) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}

		return low === 0 || this.#ends[low - 1].zone !== point.zone ? -1 : IPV6_ORIGIN + low - 1;
	}
}

/** The ranges of the blocks on the line, in the order given: begin and end of each. */
export const rangesOn = (line: AddressLine, blocks: readonly AddressBlock[]): Float64Array => {
	const bounds = new Float64Array(
		blocks.reduce((count, block) => count + (block.family === 4 ? block.bounds.length : 2), 0),
	);
	let length = 0;
	for (const block of blocks) {
		if (block.family === 6) {
			bounds.set(line.boundsOf(block), length);
			length += 2;
			continue;
		}

		for (let index = 0; index < block.bounds.length; index += 2) {
			bounds[length++] = block.bounds[index];
			bounds[length++] = block.bounds[index + 1] + 1;
		}
	}

	return bounds;
};

/** An IPv6 address, or one behind the last; zone '' for none. */
type Ipv6Point = {readonly zone: string; readonly value: bigint};

/** Behind the position that follows 255.255.255.255, so that no range of one family touches one of the other. */
const IPV6_ORIGIN = 2 ** 32 + 1;

const pointOf = (value: bigint, zone = ''): Ipv6Point => ({zone, value});

const firstOf = (block: Ipv6Block): Ipv6Point => pointOf(block.first, block.zone);

const endOf = (block: Ipv6Block): Ipv6Point => pointOf(block.last + 1n, block.zone);

/** Begin and end of each range to its first and last. */
const withLast = (bounds: Float64Array): Uint32Array => {
	const lasts = new Uint32Array(bounds.length);
	for (let index = 0; index < bounds.length; index += 2) {
		lasts[index] = bounds[index];
		lasts[index + 1] = bounds[index + 1] - 1;
	}

	return lasts;
};

const uniqueAscending = (points: Ipv6Point[]): readonly Ipv6Point[] =>
	points
		.sort(comparePoints)
		.filter((point, index) => index === 0 || comparePoints(point, points[index - 1]) !== 0);

const comparePoints = (a: Ipv6Point, b: Ipv6Point): number =>
	compare(a.zone, b.zone) || compare(a.value, b.value);

const compare = <Value extends string | bigint>(a: Value, b: Value): number => {
	if (a === b) {
		return 0;
	}

	return a < b ? -1 : 1;
};
