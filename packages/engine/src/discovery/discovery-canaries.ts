import type {AddressKey, DiscoveryProbe, Path} from '@halfopen/model';
import {SpreadCanaries} from '../spread-canaries.ts';

/** A host that answered, to be asked again in the same way. */
export interface CanaryHost {
	readonly key: AddressKey;
	readonly probe: DiscoveryProbe;
	/** Its own; given back at the end. */
	readonly path: Path;
}

/** Hosts that answered, to be asked again when it must be known whether the way is open. */
export class DiscoveryCanaries extends SpreadCanaries {
	readonly #hosts: CanaryHost[] = [];
	readonly #indices = new Map<AddressKey, number>();

	addHost(host: CanaryHost): void {
		this.#indices.set(host.key, this.#hosts.length);
		this.add(this.#hosts.length);
		this.#hosts.push(host);
	}

	host(index: number): CanaryHost {
		return this.#hosts[this.numberOf(index)];
	}

	/** The index of the host with this address, or -1. */
	indexOf(key: AddressKey): number {
		return this.#indices.get(key) ?? -1;
	}

	/** Takes all paths out, to be given back. */
	takePaths(): Path[] {
		return this.#hosts.splice(0).map(({path}) => path);
	}
}
