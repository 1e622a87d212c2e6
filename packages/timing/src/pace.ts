import {type Micros, micros, SECOND} from '@halfopen/model';

/** The engine wakes every millisecond or so: it writes ahead what is due within this time. */
export const LOOK_AHEAD: Micros = micros(2000);

/** What was not sent in time is made up for as long as it is due since no more than this. */
const LONGEST_DEBT = 4000; // µs

/** Spaces probes by a rate that may change at any time. What a stall cost is forgiven, so no burst follows it. */
export class Pace {
	#nextAt: number;

	constructor(now: Micros) {
		this.#nextAt = now;
	}

	/** When the next probe is due. */
	get nextAt(): Micros {
		return micros(this.#nextAt);
	}

	/** Whether a probe is due by now, or soon enough to be written ahead. */
	admits(now: Micros): boolean {
		return this.#nextAt <= now + LOOK_AHEAD;
	}

	/** A probe leaves; the next follows at this rate. */
	onSend(now: Micros, probesPerSecond: number): void {
		this.#nextAt = Math.max(this.#nextAt, now - LONGEST_DEBT) + SECOND / probesPerSecond;
	}
}
