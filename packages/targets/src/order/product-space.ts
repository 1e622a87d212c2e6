import {ScanError, type Address, type AddressKey} from '@halfopen/model';
import {HostList} from '../sets/host-list.ts';
import type {TargetSet} from '../sets/target-set.ts';
import type {ScanSpace} from './scan-space.ts';

/**
 * Every port of every target: n = index of the host * ports + index of the port.
 * @throws ScanError `ERR_HALFOPEN_TARGET` when there are 2^53 probes or more
 */
export const productSpace = (targets: TargetSet, ports: Uint16Array): ScanSpace => {
	const size = targets.size * ports.length;
	if (size > Number.MAX_SAFE_INTEGER) {
		throw new ScanError(
			'ERR_HALFOPEN_TARGET',
			`Expected fewer than 2^53 probes in a scan, got about ${size.toPrecision(2)}`,
		);
	}

	return new ProductSpace(new HostList(targets), Uint16Array.from(ports).sort());
};

class ProductSpace implements ScanSpace {
	readonly size: number;
	readonly hosts: number;
	readonly #list: HostList;
	readonly #ports: Uint16Array;
	/** By port: its index among the ports, or -1. */
	readonly #portIndices: Int32Array;

	constructor(list: HostList, ports: Uint16Array) {
		this.size = list.size * ports.length;
		this.hosts = ports.length === 0 ? 0 : list.size;
		this.#list = list;
		this.#ports = ports;
		this.#portIndices = new Int32Array(65_536).fill(-1);
		for (const [index, port] of ports.entries()) {
			this.#portIndices[port] = index;
		}
	}

	keyAt(n: number): AddressKey {
		return this.#list.keyAt(Math.floor(n / this.#ports.length));
	}

	portAt(n: number): number {
		const count = this.#ports.length;
		return this.#ports[n - Math.floor(n / count) * count]; // `%` is slow above 2^31
	}

	numberOf(key: AddressKey, port: number): number {
		const host = this.#list.indexOf(key);
		const index = this.#portIndices[port] ?? -1;
		return host === -1 || index === -1 ? -1 : host * this.#ports.length + index;
	}

	hostAt(index: number): Address {
		return this.#list.at(index);
	}

	hostIndexOf(key: AddressKey): number {
		return this.hosts === 0 ? -1 : this.#list.indexOf(key);
	}

	portsOf(_index: number): Uint16Array {
		return this.#ports;
	}

	firstNumberOf(index: number): number {
		return index * this.#ports.length;
	}
}
