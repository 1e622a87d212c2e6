import {type Micros, micros, SECOND} from '@halfopen/model';

/** The engine wakes every millisecond or so: it writes ahead what is due within this time. */
export const LOOK_AHEAD: Micros = micros(2000);

/** What was not sent in time is made up for as long as it is due since no more than this. */
const LONGEST_DEBT = 4000; // µs

/** Probes that a path of which nothing is known takes at once (the initial window of RFC 6928). */
export const INITIAL_BURST = 10;

/** Spaces probes by a rate that may change at any time. What a stall cost is forgiven, so no burst follows it. */
export class Pace {
	#nextAt: number;
	#burst: number;

	/** So many probes may leave at once at the beginning. */
	constructor(now: Micros, burst: number) {
		this.#nextAt = now;
		this.#burst = burst;
	}

	/** When the next probe is due. */
	get nextAt(): Micros {
		return micros(this.#nextAt);
	}

	/** From now on another rate counts: also for the next probe, and nothing is owed. */
	changeRate(now: Micros, probesPerSecond: number): void {
		this.#burst = 0;
		this.#nextAt = Math.min(Math.max(this.#nextAt, now), now + SECOND / probesPerSecond);
	}

	/** Probes that are due until a time from now on, at this rate. */
	dueUntil(time: Micros, now: Micros, probesPerSecond: number): number {
		const nextAt = this.#nextFrom(now);
		return nextAt > time ? 0 : this.#burst + Math.floor(((time - nextAt) * probesPerSecond) / SECOND) + 1;
	}

	/** So many probes leave; the next follows at this rate. */
	onSend(now: Micros, probesPerSecond: number, count = 1): void {
		const ofBurst = Math.min(this.#burst, count);
		this.#burst -= ofBurst;
		if (count > ofBurst) {
			this.#nextAt = this.#nextFrom(now) + ((count - ofBurst) * SECOND) / probesPerSecond;
		}
	}

	/** When the next probe is due, less what is forgiven. */
	#nextFrom(now: Micros): number {
		return Math.max(this.#nextAt, now - LONGEST_DEBT);
	}
}
