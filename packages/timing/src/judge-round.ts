import {MILLISECOND, type Micros} from '@halfopen/model';
import {dilation, offeredRate, type Round} from './round.ts';

/** Answers that were to be expected in a round, how far chance may take them, and how many came. */
export interface Expectation {
	readonly expected: number;
	readonly variance: number;
	readonly came: number;
}

/** What a round says about the path. */
export interface RoundVerdict {
	/** Share of the expected answers that came, where clearly fewer came than chance explains; otherwise 1. */
	readonly delivered: number;
	/** Time that answers spent in a queue, in µs, where that is more than jitter; otherwise 0. */
	readonly queueing: number;
	/** Probes per second that the path delivers, by this round. */
	readonly deliveryRate: number;
}

/** Fewer expected answers than this prove nothing. */
const LEAST_EXPECTED = 4;

/** A shortfall counts when it is this many standard deviations, and this share of what was expected. */
const SIGNIFICANT_DEVIATIONS = 3;
const SIGNIFICANT_SHARE = 0.2;

/** Answers that show a queue: even the fastest of this many was late. */
const LEAST_ANSWERS = 3;

/** Queueing below this, or below a quarter of the round trip, is jitter and batching. */
const LEAST_QUEUEING = 8 * MILLISECOND;
const LEAST_QUEUEING_SHARE = 1 / 4;

/**
 * Tells congestion from random loss: answers that are missing beyond chance, measured against what the same host
 * answered before, or even the fastest answers coming late.
 */
export const judgeRound = (
	round: Round,
	expectation: Expectation,
	minRtt: Micros | undefined,
): RoundVerdict => {
	const delivered = deliveredShare(expectation);
	const queueing = queueingTime(round, minRtt ?? 0);
	const stretched = queueing > 0 ? dilation(round) : 1;
	return {delivered, queueing, deliveryRate: (offeredRate(round) * delivered) / stretched};
};

const deliveredShare = ({expected, variance, came}: Expectation): number => {
	const missing = expected - came;
	const isSignificant =
		expected >= LEAST_EXPECTED &&
		missing > SIGNIFICANT_SHARE * expected &&
		missing > SIGNIFICANT_DEVIATIONS * Math.sqrt(variance + 1);
	return isSignificant ? came / expected : 1;
};

const queueingTime = (round: Round, minRtt: number): number => {
	const {answers, leastExcess} = round;
	const threshold = Math.max(LEAST_QUEUEING, minRtt * LEAST_QUEUEING_SHARE);
	return answers >= LEAST_ANSWERS && leastExcess > threshold ? leastExcess : 0;
};
