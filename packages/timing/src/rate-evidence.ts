import {type Expectation, isBeyondChance} from './expectation.ts';
import {LEAST_EXPECTED} from './judge-round.ts';
import {type AnswerCounts, addCounts, noCounts, type Round} from './round.ts';

/** Answers are missing beyond chance by so many standard deviations; by fewer it is doubtful. */
const CLEAR_DEVIATIONS = 5;
const DOUBTFUL_DEVIATIONS = 2;

/** With so many expected, or no more than this share of fewer missing, what is not clear is not due to the rate. */
const MANY_EXPECTED = 48;
const USUAL_SHARE = 0.15;

/** What came of the probes of some time that were to be answered: whether they were sent faster than the path takes them. */
export class RateEvidence {
	readonly startedAt: number;
	readonly #counts: AnswerCounts = noCounts();
	#isConcluded = false;
	readonly #expectation: (counts: AnswerCounts) => Expectation;

	/** `expectation` is how many answers there should have been by all that is known, whenever it is asked. */
	constructor(startedAt: number, expectation: (counts: AnswerCounts) => Expectation) {
		this.startedAt = startedAt;
		this.#expectation = expectation;
	}

	/** Counts a round. */
	add(round: Round): void {
		addCounts(this.#counts, round);
	}

	/** First probes count no more: others are compared from now on. */
	forgetFresh(): void {
		this.#counts.fresh = 0;
		this.#counts.freshAnswered = 0;
	}

	/** Nothing more will be known: what is doubtful counts. */
	conclude(): void {
		this.#isConcluded = true;
	}

	/** Share of the answers that the rate cost; 0 unless it clearly did, or where that is all that will be known. */
	get lost(): number {
		const expectation = this.#expectation(this.#counts);
		const isLost =
			isClear(expectation) ||
			(this.#isConcluded && !isEnough(expectation) && isBeyondChance(expectation, DOUBTFUL_DEVIATIONS));
		return isLost ? missingShare(expectation) : 0;
	}

	/** There were enough answers to be expected to tell whether it did. */
	get isEnough(): boolean {
		return isEnough(this.#expectation(this.#counts));
	}
}

const isEnough = (expectation: Expectation): boolean =>
	expectation.expected >= MANY_EXPECTED ||
	isClear(expectation) ||
	(expectation.expected >= LEAST_EXPECTED && missingShare(expectation) <= USUAL_SHARE);

const isClear = (expectation: Expectation): boolean =>
	expectation.expected >= LEAST_EXPECTED && isBeyondChance(expectation, CLEAR_DEVIATIONS);

const missingShare = ({expected, came}: Expectation): number => (expected - came) / expected;
