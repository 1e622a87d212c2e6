import {SECOND} from '@halfopen/model';
import {type AnswerCounts, addCounts, noCounts, type Round} from './round.ts';

/** Answers that make their rate a measure. */
const LEAST_ANSWERS = 16;

/** A span at less than this part of the present rate, on average, says less of the limit. */
const COMPARABLE = 0.75;

/** What got through in a span. */
export interface Throughput {
	/** Probes that left, and answers that came, per second. */
	readonly rate: number;
	readonly answerRate: number;
	readonly counts: AnswerCounts;
}

/**
 * What was sent since a path was found overrun, and what came of it. When it is found overrun again, the bucket of a
 * limiter is as empty as it was then: what got through in between is what the limit lets through in that time, whatever
 * the rates were, and however many tokens were saved and spent meanwhile.
 */
export class OverrunSpan {
	#isRunning = false;
	#counts = noCounts();
	#from = Infinity;
	#until = -Infinity;

	/** The path was found overrun. */
	get isRunning(): boolean {
		return this.#isRunning;
	}

	/** The path is overrun now. */
	begin(): void {
		this.end();
		this.#isRunning = true;
	}

	/** There is no limit that is known. */
	end(): void {
		this.#isRunning = false;
		this.#counts = noCounts();
		this.#from = Infinity;
		this.#until = -Infinity;
	}

	/** Counts a round. */
	add(round: Round): void {
		if (this.#isRunning) {
			addCounts(this.#counts, round);
			this.#from = Math.min(this.#from, round.leftFrom);
			this.#until = Math.max(this.#until, round.leftUntil);
		}
	}

	/** What got through until now, where the path is overrun at this rate; `undefined` when that is too little to tell. */
	throughputAt(rate: number): Throughput | undefined {
		const counts = this.#counts;
		const perSecond = SECOND / (this.#until - this.#from);
		const isEnough = counts.answers >= LEAST_ANSWERS && counts.sent * perSecond >= rate * COMPARABLE;
		return isEnough && perSecond < Infinity
			? {rate: counts.sent * perSecond, answerRate: counts.answers * perSecond, counts}
			: undefined;
	}
}
