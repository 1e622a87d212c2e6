import {type AddressKey, addressOf, type Path, type Transport} from '@halfopen/model';
import {PathRanges} from '../path-ranges.ts';

/** Paths looked for side by side: a host that does not answer ARP takes its time and nothing else. */
const MOST_RESOLVING = 1024;

/** Positions that wait for a path. */
const MOST_PARKED = 16_384;

/** Addresses with a path of their own that are remembered: a whole /16 on the link. More than the ring has probes. */
const MOST_REMEMBERED = 65_536;

/** A path that is being looked for, and who waits for it. */
interface Search {
	readonly path: Path;
	readonly positions: number[];
}

/**
 * Finds the ways to the addresses of a sweep. Where a transport can tell which addresses share a path, that is asked
 * once for a range; where each has its own, the ones that were used last are kept.
 */
export class SweepPaths {
	readonly #transport: Transport;
	readonly #ranges = new PathRanges();
	/** The ones used last stand at the end. */
	readonly #single = new Map<AddressKey, Path>();
	/** Stands before the oldest. A new one would first pass the gaps that all those left which were forgotten or moved. */
	readonly #oldest = this.#single.entries();
	readonly #searches = new Map<AddressKey, Search>();
	#parked = 0;

	constructor(transport: Transport) {
		this.#transport = transport;
	}

	/** Whether one more address may be looked at, as far as the number of searches is concerned. */
	get hasRoom(): boolean {
		return this.#searches.size < MOST_RESOLVING && this.#parked < MOST_PARKED;
	}

	/** The path to an address, as far as it is known without looking. */
	known(key: AddressKey): Path | undefined {
		return this.#ranges.find(key) ?? (this.#single.size > 0 ? this.#single.get(key) : undefined);
	}

	/** The path to an address; `undefined` when too many are being looked for. */
	find(key: AddressKey): Path | undefined {
		return this.#ranges.find(key) ?? this.#findSingle(key) ?? this.#ask(key);
	}

	/** The position waits until the path to its address is found, or found not to be. */
	park(key: AddressKey, path: Path, position: number): void {
		const search = this.#searches.get(key) ?? {path, positions: []};
		search.positions.push(position);
		this.#searches.set(key, search);
		this.#parked++;
	}

	/** Positions whose wait is over. */
	takeParked(): number[] {
		const taken: number[] = [];
		for (const [key, {path, positions}] of this.#searches) {
			if (path.status !== 'resolving') {
				this.#searches.delete(key);
				this.#parked -= positions.length;
				taken.push(...positions);
			}
		}

		return taken;
	}

	/** Gives back every path. */
	close(): void {
		for (const path of this.#single.values()) {
			this.#transport.releasePath(path);
		}

		this.#single.clear();
	}

	/** The ones used last stand at the end. */
	#findSingle(key: AddressKey): Path | undefined {
		const path = this.#single.size > 0 ? this.#single.get(key) : undefined;
		if (path !== undefined) {
			this.#single.delete(key);
			this.#single.set(key, path);
		}

		return path;
	}

	#ask(key: AddressKey): Path | undefined {
		const range = this.#transport.pathCovering?.(key);
		if (range !== undefined) {
			this.#ranges.add(range);
			return range.path;
		}

		if (!this.hasRoom) {
			return undefined;
		}

		const path = this.#transport.pathTo(addressOf(key));
		this.#single.set(key, path);
		this.#forgetOldest();
		return path;
	}

	/** Whoever was not used for so long has no probe in the ring. */
	#forgetOldest(): void {
		if (this.#single.size <= MOST_REMEMBERED) {
			return;
		}

		for (const [key, path] of this.#oldest) {
			this.#single.delete(key);
			if (path.status !== 'resolving') {
				this.#transport.releasePath(path);
				return;
			}

			this.#single.set(key, path); // Somebody waits for it
		}
	}
}
