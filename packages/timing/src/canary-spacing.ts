import {SECOND} from '@halfopen/model';
import {LOOK_AHEAD} from './pace.ts';
import {spreadEvenly} from './spread-evenly.ts';
import {PROBES_PER_CANARY} from './witnesses.ts';

/** How many probes that look for hosts leave from one that shows whether the way is open to the next canary. */
export class CanarySpacing {
	#since = 0;
	/** Probes from the last witness until a canary is due, where the rate is not in doubt. */
	#after = PROBES_PER_CANARY;
	#sought = 0;
	/** The rate at which heavy loss was met that may be due to it. */
	#rateInDoubt = 0;
	/** Probes from a canary to the next, as a part of what is usual. */
	#spacing = 1;

	/** Whether a canary should leave next. */
	get isDue(): boolean {
		return this.#since >= this.#after * this.#spacing;
	}

	/** A probe leaves. A witness shows whether the way is open. */
	onSend(isWitness: boolean): void {
		this.#since = isWitness ? 0 : this.#since + 1;
		if (isWitness) {
			this.#after = PROBES_PER_CANARY;
		}
	}

	/**
	 * No canary may be asked now. It is not looked for again before some more probes, in no regular order: after a rest it
	 * would be the first of those that leave together, which a full line lets pass more often than others.
	 */
	onNone(rate: number): void {
		const together = (2 * LOOK_AHEAD * rate) / SECOND;
		this.#after = this.#since + 1 + together * spreadEvenly(this.#sought++);
	}

	/**
	 * While lower rates are tried because of heavy loss, canaries are as frequent as before: were there fewer, those to hosts
	 * that limit their answers would come back, and the rate would have the blame.
	 */
	onRate(rate: number, isInDoubt: boolean): void {
		this.#rateInDoubt = isInDoubt ? Math.max(this.#rateInDoubt, rate) : rate;
		this.#spacing = rate / this.#rateInDoubt;
	}
}
