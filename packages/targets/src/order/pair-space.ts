import {addressOf, type Address, type AddressKey} from '@halfopen/model';
import {NumberList} from '../lists/number-list.ts';
import type {PairList} from '../lists/pair-list.ts';
import {lastIndex} from '../sets/last-index.ts';
import type {ScanSpace} from './scan-space.ts';

/** The pairs of a list and no others: n = index of the pair. */
export const pairSpace = (pairs: PairList): ScanSpace => new PairSpace(pairs);

const PORTS = 65_536;

class PairSpace implements ScanSpace {
	readonly size: number;
	readonly hosts: number;
	readonly #ipv4: Float64Array;
	readonly #ipv6: readonly bigint[];
	/** The number of the first pair of each host, and the end of all. */
	readonly #starts: Uint32Array;

	constructor({ipv4, ipv6}: PairList) {
		this.#ipv4 = ipv4;
		this.#ipv6 = ipv6;
		this.size = ipv4.length + ipv6.length;
		this.#starts = startsOf(this);
		this.hosts = this.#starts.length - 1;
	}

	keyAt(n: number): AddressKey {
		return n < this.#ipv4.length
			? Math.floor(this.#ipv4[n] / PORTS)
			: this.#ipv6[n - this.#ipv4.length] >> 16n;
	}

	portAt(n: number): number {
		return n < this.#ipv4.length
			? this.#ipv4[n] - Math.floor(this.#ipv4[n] / PORTS) * PORTS // `%` is slow above 2^31
			: Number(BigInt.asUintN(16, this.#ipv6[n - this.#ipv4.length]));
	}

	numberOf(key: AddressKey, port: number): number {
		if (typeof key === 'number') {
			const pair = key * PORTS + port;
			const n = lastIndex(0, this.#ipv4.length, index => this.#ipv4[index] <= pair);
			return port < PORTS && n !== -1 && this.#ipv4[n] === pair ? n : -1;
		}

		const pair = (key << 16n) + BigInt(port);
		const index = lastIndex(0, this.#ipv6.length, at => this.#ipv6[at] <= pair);
		return port < PORTS && index !== -1 && this.#ipv6[index] === pair ? this.#ipv4.length + index : -1;
	}

	hostAt(index: number): Address {
		return addressOf(this.keyAt(this.#starts[index]));
	}

	hostIndexOf(key: AddressKey): number {
		const index = lastIndex(0, this.hosts, host => isAtMost(this.keyAt(this.#starts[host]), key));
		return index !== -1 && this.keyAt(this.#starts[index]) === key ? index : -1;
	}

	portsOf(index: number): Uint16Array {
		const first = this.#starts[index];
		return Uint16Array.from({length: this.#starts[index + 1] - first}, (_, at) => this.portAt(first + at));
	}

	firstNumberOf(index: number): number {
		return this.#starts[index];
	}
}

/** IPv4 comes before IPv6. */
const isAtMost = (a: AddressKey, b: AddressKey): boolean =>
	typeof a === typeof b ? a <= b : typeof a === 'number';

const startsOf = (space: Pick<ScanSpace, 'size' | 'keyAt'>): Uint32Array => {
	const starts = new NumberList(Uint32Array);
	let previous: AddressKey | undefined;
	for (let n = 0; n < space.size; n++) {
		const key = space.keyAt(n);
		if (key !== previous) {
			starts.push(n);
			previous = key;
		}
	}

	starts.push(space.size);
	return starts.take();
};
