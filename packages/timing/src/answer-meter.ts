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
		const count = this.#times.length;
		const oldest = this.#times[count < MOST_ANSWERS ? 0 : this.#next];
		return count < LEAST_ANSWERS ? 0 : ((count - 1) * SECOND) / Math.max(1, now - oldest);
	}

	/** Forgets: more answers may come from now on. */
	restart(): void {
		this.#times = [];
		this.#next = 0;
	}
}
