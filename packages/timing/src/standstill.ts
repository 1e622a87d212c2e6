import {type Micros, micros} from '@halfopen/model';

/** A reply is looked at this soon after it came, unless we are held up. */
const PROMPT = 10_000; // µs

/**
 * The last time in which a scan stood still: it was held up, or the clock leapt because the whole machine was. What was on
 * its way then tells nothing, neither by its answer, which may have waited with us, nor by its silence.
 */
export class Standstill {
	#middle = -Infinity;
	#until = -Infinity;
	/** A reply received between these times shows that the network went on: it would have woken us. */
	#provenFrom = Infinity;
	#provenUntil = -Infinity;
	/** What counted before. */
	#before = {middle: -Infinity, until: -Infinity};

	/** Nothing was looked at between these times, and everything that piled up is about to be. */
	begin(from: Micros, until: Micros): void {
		this.#before = {middle: this.#middle, until: this.#until};
		this.#middle = (from + until) / 2;
		this.#until = until;
		this.#provenFrom = from + PROMPT;
		this.#provenUntil = this.#middle;
	}

	/** A reply of the pile was looked at, received at this time. If only we were held up, everything tells as always. */
	onReply(receivedAt: Micros): void {
		if (receivedAt > this.#provenFrom && receivedAt < this.#provenUntil) {
			this.#middle = this.#before.middle;
			this.#until = this.#before.until;
			this.onCaughtUp();
		}
	}

	/** The pile was looked at. */
	onCaughtUp(): void {
		this.#provenFrom = Infinity;
	}

	/** Whether a probe that was sent then was on its way in the standstill, if it was not answered before. */
	interrupted(sentAt: number): boolean {
		return sentAt < this.#middle;
	}

	/** Whether the standstill lies between a probe and its answer. */
	isWithin(sentAt: Micros, receivedAt: Micros): boolean {
		return sentAt < this.#middle && receivedAt > this.#middle;
	}

	/** Since when the answer to a probe is waited for that was sent then. */
	waitedSince(sentAt: number): Micros {
		return micros(this.interrupted(sentAt) ? this.#until : sentAt);
	}
}
