import {ipv4, ipv6, type Address, type AddressKey} from '@halfopen/model';
import type {AddressBlock, Ipv6Block} from './address-block.ts';
import {AscendingLookup} from './ascending-lookup.ts';
import {lastIndex} from './last-index.ts';
import type {TargetSet} from './target-set.ts';

/** The addresses of a set in ascending order, IPv4 before IPv6; from index to address and back. */
export class HostList {
	readonly size: number;
	readonly #ipv4: Ipv4Hosts;
	readonly #ipv6: Ipv6Hosts;

	constructor(targets: TargetSet) {
		const blocks = targets.blocks();
		this.#ipv4 = new Ipv4Hosts(ipv4Bounds(blocks));
		this.#ipv6 = new Ipv6Hosts(blocks.filter(block => block.family === 6));
		this.size = targets.size;
	}

	/** The key of the address at `index`, 0 ≤ index < size. */
	keyAt(index: number): AddressKey {
		const first = this.#ipv4;
		return index < first.size ? first.at(index) : this.#ipv6.keyAt(index - first.size);
	}

	at(index: number): Address {
		return index < this.#ipv4.size ? ipv4(this.#ipv4.at(index)) : this.#ipv6.at(index - this.#ipv4.size);
	}

	/** -1 when the address is not in the list. An IPv6 address in several zones is found in the first of them. */
	indexOf(key: AddressKey): number {
		if (typeof key === 'number') {
			return this.#ipv4.indexOf(key);
		}

		const index = this.#ipv6.indexOf(key);
		return index === -1 ? -1 : this.#ipv4.size + index;
	}
}

const ipv4Bounds = (blocks: readonly AddressBlock[]): Uint32Array =>
	blocks.find(block => block.family === 4)?.bounds ?? new Uint32Array(0);

/** Every number has 32 bits: no address comes after more than 2^32 - 1 others. */
class Ipv4Hosts {
	readonly size: number;
	readonly #begins: Uint32Array;
	/** For each range, how many addresses come before it. */
	readonly #offsets: Uint32Array;
	readonly #byOffset: AscendingLookup;
	readonly #byAddress: AscendingLookup;

	constructor(bounds: Uint32Array) {
		const begins = new Uint32Array(bounds.length / 2);
		const offsets = new Uint32Array(begins.length);
		let size = 0;
		for (let range = 0; range < begins.length; range++) {
			begins[range] = bounds[2 * range];
			offsets[range] = size;
			size += bounds[2 * range + 1] - begins[range] + 1;
		}

		this.size = size;
		this.#begins = begins;
		this.#offsets = offsets;
		this.#byOffset = new AscendingLookup(offsets);
		this.#byAddress = new AscendingLookup(begins);
	}

	at(index: number): number {
		const range = this.#byOffset.lastAtMost(index);
		return this.#begins[range] + (index - this.#offsets[range]);
	}

	indexOf(value: number): number {
		const range = this.#byAddress.lastAtMost(value);
		if (range === -1) {
			return -1;
		}

		const end = range + 1 < this.#offsets.length ? this.#offsets[range + 1] : this.size;
		const index = this.#offsets[range] + (value - this.#begins[range]);
		return index < end ? index : -1;
	}
}

class Ipv6Hosts {
	/** By zone, ascending within each. */
	readonly #blocks: readonly Ipv6Block[];
	/** For each block, how many addresses come before it. */
	readonly #offsets: readonly number[];
	/** Where the blocks of each zone begin, and the end of all. */
	readonly #zones: readonly number[];

	constructor(blocks: readonly Ipv6Block[]) {
		let size = 0;
		this.#blocks = blocks;
		this.#offsets = blocks.map(({first, last}) => {
			const offset = size;
			size += Number(last - first) + 1;
			return offset;
		});
		this.#zones = [...blocks.keys(), blocks.length].filter(
			index => index === 0 || index === blocks.length || blocks[index].zone !== blocks[index - 1].zone,
		);
	}

	keyAt(index: number): bigint {
		const block = this.#blockAt(index);
		return this.#blocks[block].first + BigInt(index - this.#offsets[block]);
	}

	at(index: number): Address {
		return ipv6(this.keyAt(index), this.#blocks[this.#blockAt(index)].zone);
	}

	indexOf(value: bigint): number {
		for (let zone = 0; zone + 1 < this.#zones.length; zone++) {
			const block = lastIndex(
				this.#zones[zone],
				this.#zones[zone + 1],
				index => this.#blocks[index].first <= value,
			);
			if (block >= this.#zones[zone] && value <= this.#blocks[block].last) {
				return this.#offsets[block] + Number(value - this.#blocks[block].first);
			}
		}

		return -1;
	}

	#blockAt(index: number): number {
		return lastIndex(0, this.#offsets.length, block => this.#offsets[block] <= index);
	}
}
