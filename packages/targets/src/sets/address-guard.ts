import type {AddressKey} from '@halfopen/model';
import type {AddressBlock} from './address-block.ts';
import {ExcludedSet} from './excluded-set.ts';

/**
 * The last word on whether an address may be asked, where probes are written: whatever went wrong before, nothing is
 * sent to an excluded address. It is made from the exclusions as they were given, not from the set of targets.
 */
export class AddressGuard {
	readonly #excluded: ExcludedSet;

	constructor(excluded: Iterable<AddressBlock>) {
		this.#excluded = new ExcludedSet(excluded);
	}

	permits(key: AddressKey): boolean {
		return !this.#excluded.has(key);
	}
}
