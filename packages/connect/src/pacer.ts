import {SECOND, micros, type Micros} from '@halfopen/model';

const BURST = 64; // Connections in a row to catch up, at the most
const CATCH_UP = 4000; // µs: how late a timer of the event loop is made up for, in whole gaps

/** Spaces what leaves, so that a rate is kept on average and bursts stay short. */
export class Pacer {
	#gap = 0;
	#dueAt = -Infinity;

	/** In packets per second; `Infinity` for no limit. */
	setRate(packetsPerSecond: number, now: Micros): void {
		const gap = SECOND / packetsPerSecond;
		this.#dueAt = Math.min(this.#dueAt, now + gap);
		this.#gap = gap;
	}

	/** When the next may leave; in the past when it is late. */
	get dueAt(): Micros {
		return micros(this.#dueAt);
	}

	/** Notes that one left at `now`, which is not before `dueAt`. */
	take(now: Micros): void {
		const caughtUp = Math.min(Math.floor(CATCH_UP / this.#gap), BURST - 1);
		this.#dueAt = Math.max(this.#dueAt, now - caughtUp * this.#gap) + this.#gap;
	}
}
