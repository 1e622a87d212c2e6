import {type Micros, SECOND} from '@halfopen/model';

/** Answers that the rate is an average of, at the most and at the least. */
const MOST_ANSWERS = 16;
const LEAST_ANSWERS = 4;

/** How many answers came per second of late: whatever limits them, a path takes at least as many probes. */
export class AnswerMeter {
	#times: number[] = [];
	#next = 0;

	add(receivedAt: Micros): void {
		this.#times[this.#next] = receivedAt;
		this.#next = (this.#next + 1) % MOST_ANSWERS;
	}

	/** Answers per second, looking back from `now`; 0 while there were too few. */
	rate(now: Micros): number {
		return this.#rateOf(this.#times.length, now);
	}

	/** The same by fewer of the last answers, where that is less: the others may have come in a burst. */
	leastRate(now: Micros): number {
		let least = Infinity;
		for (let count = this.#times.length; count >= LEAST_ANSWERS; count >>= 1) {
			least = Math.min(least, this.#rateOf(count, now));
		}

		return least === Infinity ? 0 : least;
	}

	/** How fast the very last of them came, however long ago; `Infinity` while there were too few. */
	get latestRate(): number {
		const last = this.#times[(this.#next + MOST_ANSWERS - 1) % MOST_ANSWERS];
		return this.#times.length < LEAST_ANSWERS ? Infinity : this.#rateOf(LEAST_ANSWERS, last);
	}

	/** By the last answers, so many. */
	#rateOf(count: number, now: number): number {
		const oldest = this.#times[(this.#next + MOST_ANSWERS - count) % MOST_ANSWERS];
		return count < LEAST_ANSWERS ? 0 : ((count - 1) * SECOND) / Math.max(1, now - oldest);
	}

	/** Forgets: more answers may come from now on. */
	restart(): void {
		this.#times = [];
		this.#next = 0;
	}
}
