import {micros, type Micros} from '@halfopen/model';
import {Loss} from './loss.ts';
import type {Random} from './random.ts';
import type {SimulatedLink} from './simulated-network.ts';

/** One direction of a link. */
export class Link {
	readonly #settings: SimulatedLink;
	readonly #loss: Loss;
	readonly #random: Random;
	#lastArrival = -Infinity;

	constructor(settings: SimulatedLink, direction: 'out' | 'back', random: Random) {
		this.#settings = settings;
		this.#loss = new Loss(settings.loss?.[direction] ?? 0, settings.bursts, random);
		this.#random = random;
	}

	/** When a packet that leaves at `at` arrives: never, once or twice. */
	carry(at: Micros): readonly Micros[] {
		if (this.#loss.strikes()) {
			return [];
		}

		const arrival = this.#arrivalOf(at);
		return this.#random.chance(this.#settings.duplicate ?? 0) ? [arrival, this.#arrivalOf(at)] : [arrival];
	}

	#arrivalOf(at: Micros): Micros {
		const {delay = 0, reorder = 0} = this.#settings;
		const arrival = Math.max(this.#lastArrival, at + delay + this.#jitter());
		if (this.#random.chance(reorder)) {
			return micros(arrival + delay * this.#random.fraction());
		}

		this.#lastArrival = arrival;
		return micros(arrival);
	}

	#jitter(): number {
		const {jitter = 0} = this.#settings;
		return jitter > 0 ? jitter * this.#random.fraction() : 0;
	}
}
