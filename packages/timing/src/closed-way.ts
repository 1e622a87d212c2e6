import {type Micros, SECOND} from '@halfopen/model';

/** What shows a closed way: rates in a row without any answer, so many that were to be expected, and so long without one. */
const SILENT_RATES = 2;
const LEAST_MISSED = 24;
const LEAST_SILENCE = SECOND;

/**
 * Notices that the way is closed: the host went down, or a firewall had enough of us. A limit lets something through at
 * any rate, and a full line does at a lower one; where nothing comes back at lower and lower rates, the rate is not the
 * cause.
 */
export class ClosedWay {
	#silentRates = 0;
	#missed = 0;
	#answeredAt = -Infinity;
	#isClosed = false;

	get isClosed(): boolean {
		return this.#isClosed;
	}

	/** Nothing came back at the rate before. */
	get isInDoubt(): boolean {
		return this.#silentRates > 0 && !this.#isClosed;
	}

	/** An answer came. */
	onAnswer(receivedAt: Micros): void {
		this.#answeredAt = Math.max(this.#answeredAt, receivedAt);
		this.#silentRates = 0;
		this.#missed = 0;
		this.#isClosed = false;
	}

	/** So many answers were to be expected at a rate, and none came. True when the way is found closed. */
	onSilence(expected: number, now: Micros): boolean {
		this.#silentRates++;
		this.#missed += expected;
		this.#isClosed =
			this.#silentRates >= SILENT_RATES &&
			this.#missed >= LEAST_MISSED &&
			now - this.#answeredAt >= LEAST_SILENCE;
		return this.#isClosed;
	}
}
