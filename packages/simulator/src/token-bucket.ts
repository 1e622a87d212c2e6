import {SECOND, micros, type Micros} from '@halfopen/model';

/**
 * Lets `perSecond` packets pass, and `burst` of them in a row after a rest. Kept as the one time at which the
 * bucket is full again (the virtual scheduling form of the generic cell rate algorithm, ITU-T I.371), so
 * `nextAt` and `take` cannot disagree by a rounding error.
 */
export class TokenBucket {
	#gap: number;
	#burst: number;
	#fullAt = -Infinity;

	constructor(perSecond: number, burst: number) {
		this.#gap = SECOND / perSecond;
		this.#burst = burst;
	}

	/** Changes the limit from `now` on. The tokens that are missing stay the same. */
	setLimit(perSecond: number, burst: number, now: Micros): void {
		const gap = SECOND / perSecond;
		const missing = this.#gap === 0 ? 0 : Math.max(0, this.#fullAt - now) / this.#gap;
		this.#fullAt = now + missing * gap;
		this.#gap = gap;
		this.#burst = burst;
	}

	/** The earliest time, not before `now`, at which `take` succeeds. */
	nextAt(now: Micros): Micros {
		return micros(Math.max(now, this.#fullAt - (this.#burst - 1) * this.#gap));
	}

	/** Takes one token at `now`; false when there is none. */
	take(now: Micros): boolean {
		if (this.nextAt(now) > now) {
			return false;
		}

		this.#fullAt = Math.max(this.#fullAt, now) + this.#gap;
		return true;
	}
}
