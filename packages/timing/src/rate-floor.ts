import {type Micros, micros, SECOND} from '@halfopen/model';

/**
 * The schedule of `--min-rate`: while it is behind, a probe leaves whatever the windows say. What it fell behind
 * in a stall is forgiven, so there is no burst to catch up.
 */
export class RateFloor {
	#interval: number;
	#dueAt: number;

	/** `packetsPerSecond` 0 for no floor. */
	constructor(packetsPerSecond: number, now: Micros) {
		this.#interval = packetsPerSecond === 0 ? Infinity : SECOND / packetsPerSecond;
		this.#dueAt = packetsPerSecond === 0 ? Infinity : now;
	}

	/** From now on another floor counts: also for the next probe, and nothing is owed. */
	changeRate(now: Micros, packetsPerSecond: number): void {
		this.#interval = SECOND / packetsPerSecond;
		const latest = this.#dueAt === Infinity ? now : now + this.#interval;
		this.#dueAt = Math.min(Math.max(this.#dueAt, now), latest);
	}

	/** Packets per second; 0 without a floor. */
	get rate(): number {
		return SECOND / this.#interval;
	}

	/** When the next probe is due; `Infinity` without a floor. */
	get dueAt(): Micros {
		return micros(this.#dueAt);
	}

	isBehind(now: Micros): boolean {
		return this.#dueAt <= now;
	}

	/** Probes that should have left by now. */
	owedAt(now: Micros): number {
		return this.isBehind(now) ? Math.floor((now - this.#dueFrom(now)) / this.#interval) + 1 : 0;
	}

	/** So many probes leave. */
	onSend(now: Micros, count = 1): void {
		if (this.#dueAt !== Infinity) {
			this.#dueAt = this.#dueFrom(now) + count * this.#interval;
		}
	}

	/** When the next probe is due, less what is forgiven. */
	#dueFrom(now: Micros): number {
		return Math.max(this.#dueAt, now - LONGEST_DEBT);
	}
}

/** The engine looks every few milliseconds: that much may be owed, more than that was a stall. */
const LONGEST_DEBT = 20_000; // µs
