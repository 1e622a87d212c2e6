import {ProbeOrder} from '@halfopen/targets';

/** Up to so many targets are asked as they were named. */
const MOST_AS_NAMED = 4096;

/**
 * The order in which targets are asked: as they were named; or when there are many and a seed, the order that this
 * gives, so that no router gets all the probes to its hosts at once.
 */
export class TargetOrder {
	readonly #order: ProbeOrder | undefined;

	constructor(size: number, seed: bigint | undefined) {
		this.#order =
			seed === undefined || size <= MOST_AS_NAMED
				? undefined
				: new ProbeOrder({size, seed, sequential: false});
	}

	/** Any part of it is like the whole. */
	get isRandom(): boolean {
		return this.#order !== undefined;
	}

	/** The index of the target at this position. */
	at(position: number): number {
		return this.#order?.numberAt(position) ?? position;
	}
}
