import {type Micros, micros, type Transport, type TransportCounters} from '@halfopen/model';
import type {GroupTiming} from '@halfopen/timing';

/** How often the transport is asked for its counts. */
const INTERVAL = 50_000; // µs

/** Lowers the rate of the whole scan when something was lost or had to wait on our own side. */
export class OwnLosses {
	readonly #transport: Transport;
	readonly #group: GroupTiming;
	#seen = 0;
	#dueAt = 0;

	constructor(transport: Transport, group: GroupTiming) {
		this.#transport = transport;
		this.#group = group;
	}

	/** Looks, when it is time to. */
	watch(now: Micros): void {
		if (now < this.#dueAt) {
			return;
		}

		this.#dueAt = micros(now + INTERVAL);
		const losses = ownLosses(this.#transport.counters());
		if (losses > this.#seen) {
			this.#group.path.onLocalLoss(now);
		}

		this.#seen = losses;
	}
}

/** Replies that found the ring full, frames dropped before we saw them, and full kernel queues. */
const ownLosses = ({repliesLost, kernelDrops, interfaceDrops, sendWaits}: TransportCounters): number =>
	repliesLost + kernelDrops + interfaceDrops + sendWaits;
