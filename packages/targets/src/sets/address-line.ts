import type {Address} from '@halfopen/model';
import type {Ipv6Block} from './address-block.ts';

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

/** An IPv6 address, or one behind the last; zone '' for none. */
type Ipv6Point = {readonly zone: string; readonly value: bigint};

/** Behind the position that follows 255.255.255.255, so that no range of one family touches one of the other. */
const IPV6_ORIGIN = 2 ** 32 + 1;

const pointOf = (value: bigint, zone = ''): Ipv6Point => ({zone, value});

const firstOf = (block: Ipv6Block): Ipv6Point => pointOf(block.first, block.zone);

const endOf = (block: Ipv6Block): Ipv6Point => pointOf(block.last + 1n, block.zone);

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
