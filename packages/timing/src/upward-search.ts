import {type Expectation, isBeyondChance} from './expectation.ts';

/** Rounds in order before a step up. */
const CLEAR_ROUNDS = 4;

/** Near a known limit a step needs so many expected answers, more after each step in vain, and nearly all of them. */
const NEAR = 1.3;
const EXPECTED_NEAR = 50;
const MOST_PATIENCE = 16;

/** A limit that was measured is left alone for so much longer: the burst that a limiter allows hides a step at first. */
const PATIENCE_WHEN_MEASURED = 2;
const ENOUGH_NEAR = 0.95;

/** Far from it fewer will do: what a step costs there is made good soon. */
const EXPECTED_FAR = 16;
const ENOUGH_FAR = 0.9;

/** Steps up at the limit and beyond, one after the other, and how far beyond it is forgotten. */
const GAINS = [1.1, 1.1, 1.25, 1.25, 1.5, 2];
const BEYOND = 1.1;

/** A step brought no more answers, beyond what chance rarely takes. */
const IN_VAIN_DEVIATIONS = 1.5;

/** Towards a limit that is far away, no step is larger than this. */
const LARGEST_STEP = 2;

/** What became of the probes at the present rate. */
export interface RateRecord extends Expectation {
	/** Probes, and answers, of any kind. */
	readonly sent: number;
	readonly answers: number;
}

/**
 * Looks for a higher rate: halfway to where congestion was met last, as BIC-TCP does, and from there on in growing
 * steps. A step that brings no more answers is taken back, and the next one waits for twice as many.
 */
export class UpwardSearch {
	/** Rate at which congestion was met; `Infinity` when there is none that is known. */
	#limit = Infinity;
	/** Rate before the last step; 0 when there was a cut since. */
	#stepFrom = 0;
	#patience = 1;
	#clearRounds = 0;
	#stepsBeyond = 0;

	/** Congestion was met at this rate. */
	onLimit(rate: number): void {
		this.#limit = rate;
		this.#stepFrom = 0;
		this.#clearRounds = 0;
		this.#stepsBeyond = 0;
	}

	/** The same, and a lower rate was answered better: the limit was measured, and it is no use to come back soon. */
	onMeasured(rate: number): void {
		this.onLimit(rate);
		this.#patience = Math.max(this.#patience, PATIENCE_WHEN_MEASURED);
	}

	/** The same, by so little that after a step in vain the next one waits for longer. */
	onOverrun(rate: number): void {
		if (this.#stepFrom > 0) {
			this.#patience = Math.min(this.#patience * 2, MOST_PATIENCE);
		}

		this.onLimit(rate);
	}

	/** There is a limit that is known. */
	get knowsLimit(): boolean {
		return this.#limit < Infinity;
	}

	/** There is no limit that is known. */
	forget(): void {
		this.#limit = Infinity;
	}

	/** A round at this rate was in order: returns the rate to go on with. */
	next(rate: number, record: RateRecord): number {
		this.#clearRounds++;
		const isNear = this.#limit < rate * NEAR;
		const share = answeredShare(record, isNear ? EXPECTED_NEAR * this.#patience : EXPECTED_FAR);
		if (share === undefined || this.#clearRounds < CLEAR_ROUNDS) {
			return rate;
		}

		if (share < (isNear ? ENOUGH_NEAR : ENOUGH_FAR)) {
			return isNear && this.#stepFrom > 0 && isBeyondChance(record, IN_VAIN_DEVIATIONS)
				? this.#stepBack(rate)
				: rate;
		}

		this.#stepFrom = rate;
		this.#clearRounds = 0;
		return isNear || this.#limit === Infinity
			? this.#stepBeyond(rate)
			: Math.min(Math.sqrt(this.#limit * rate), rate * LARGEST_STEP);
	}

	#stepBack(rate: number): number {
		const before = this.#stepFrom;
		this.onOverrun(rate);
		return before;
	}

	#stepBeyond(rate: number): number {
		if (rate > this.#limit * BEYOND) {
			this.#limit = Infinity;
			this.#patience = 1;
		}

		return rate * GAINS[Math.min(this.#stepsBeyond++, GAINS.length - 1)];
	}
}

/** Share of the expected answers that came or, where few are expected, of all probes; `undefined` if that is too few. */
const answeredShare = ({expected, came, sent, answers}: RateRecord, enough: number): number | undefined => {
	if (expected >= enough) {
		return came / expected;
	}

	return answers >= enough ? answers / sent : undefined;
};
