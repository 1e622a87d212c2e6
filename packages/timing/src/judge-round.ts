import {MILLISECOND, type Micros} from '@halfopen/model';
import {type Expectation, isBeyondChance} from './expectation.ts';
import {answerRate, offeredRate, type Round} from './round.ts';

/** What a round says about the path. */
export interface RoundVerdict {
	/** Enough answers were to be expected to tell loss from chance. */
	readonly isInformed: boolean;
	/** Share of the expected answers that came, as it is. */
	readonly answered: number;
	/** The same where clearly fewer came than chance explains; otherwise 1. */
	readonly delivered: number;
	/** Answers are missing by less than that, but beyond chance: a little too fast. */
	readonly isOverrun: boolean;
	/** The same on less evidence: enough where the rate was not tried for long. */
	readonly isSlightlyOverrun: boolean;
	/** Many answers are missing, though that may be chance: a reason to try a lower rate, not to keep it. */
	readonly isDoubtful: boolean;
	/** Time that answers spent in a queue, in µs, where that is more than jitter; otherwise 0. */
	readonly queueing: number;
	/** Probes per second that the path delivers, by this round. */
	readonly deliveryRate: number;
}

/** Fewer expected answers than this prove nothing. */
export const LEAST_EXPECTED = 6;

/** A shortfall counts when it is this many standard deviations, and this share of what was expected. */
const SIGNIFICANT_DEVIATIONS = 5;
const SIGNIFICANT_SHARE = 0.15;

/** A rate that was measured once is corrected for less, because it is lowered by no more than that. */
const OVERRUN_DEVIATIONS = 3;
const SLIGHT_DEVIATIONS = 2;
const OVERRUN_SHARE = 0.04;

/** The same on still less evidence where so many are expected: most of the doubt is about the standard then. */
const MANY_EXPECTED = 100;
const MANY_SHARE = 0.07;
const MANY_DEVIATIONS = 1;

/** A trial is begun for less, because nothing is lost with it. */
const DOUBTFUL_SHARE = 0.3;
const DOUBTFUL_DEVIATIONS = 2;
const MISSING_CANARIES = 0.5;

/** One round alone is not believed to have lost more than this leaves. */
const DEEPEST_CUT = 1 / 4;

/** Answers that show a queue: even the fastest of this many was late. */
const LEAST_ANSWERS = 5;

/** Queueing below this, a quarter of the round trip, or what round trips vary by anyway, is jitter and batching. */
const LEAST_QUEUEING = 8 * MILLISECOND;
const LEAST_QUEUEING_SHARE = 1 / 4;
const QUEUEING_DEVIATIONS = 4; // As K of RFC 6298 §2.2

/**
 * Tells congestion from random loss: answers that are missing beyond chance, measured against what the same host
 * answered before, or even the fastest answers coming late.
 */
export const judgeRound = (
	round: Round,
	expectation: Expectation,
	rtt: {readonly least: Micros; readonly variance: Micros} | undefined,
): RoundVerdict => {
	const isInformed = expectation.expected >= LEAST_EXPECTED;
	const answered = isInformed ? expectation.came / expectation.expected : 1;
	const delivered = deliveredShare(expectation);
	const queueing = queueingTime(round, rtt?.least ?? 0, rtt?.variance ?? 0);
	return {
		isInformed,
		answered,
		delivered,
		isOverrun: isMissing(expectation, OVERRUN_SHARE, OVERRUN_DEVIATIONS),
		isSlightlyOverrun:
			isMissing(expectation, OVERRUN_SHARE, SLIGHT_DEVIATIONS) || areManyMissing(expectation),
		isDoubtful: isMissing(expectation, DOUBTFUL_SHARE, DOUBTFUL_DEVIATIONS),
		queueing,
		deliveryRate: deliveryRate(round, delivered, queueing),
	};
};

/** Whether canaries alone give reason to try a lower rate. What they should answer is known; heavy loss takes some too. */
export const areCanariesMissing = (ofCanaries: Expectation): boolean =>
	isMissing(ofCanaries, MISSING_CANARIES, DOUBTFUL_DEVIATIONS);

/**
 * A queue lets answers out at the rate of the bottleneck, so their own rate tells; each stands for as many probes as
 * were sent for one answer, less those that were lost. Without a queue it is what was offered, less what was lost.
 */
const deliveryRate = (round: Round, delivered: number, queueing: number): number => {
	const offered = offeredRate(round);
	const answers = answerRate(round);
	const byAnswers = (answers * round.sent * delivered) / Math.max(1, round.answers);
	const measured = queueing > 0 ? Math.max(Math.min(offered, byAnswers), answers) : offered * delivered;
	return Math.max(measured, offered * DEEPEST_CUT);
};

const deliveredShare = (expectation: Expectation): number =>
	isMissing(expectation, SIGNIFICANT_SHARE, SIGNIFICANT_DEVIATIONS)
		? expectation.came / expectation.expected
		: 1;

/** Whether more than this share of the answers is missing, and more than chance takes away. */
const isMissing = (expectation: Expectation, share: number, deviations: number): boolean => {
	const {expected, came} = expectation;
	return (
		expected >= LEAST_EXPECTED &&
		expected - came > share * expected &&
		isBeyondChance(expectation, deviations)
	);
};

const areManyMissing = (expectation: Expectation): boolean =>
	expectation.expected >= MANY_EXPECTED && isMissing(expectation, MANY_SHARE, MANY_DEVIATIONS);

const queueingTime = (round: Round, minRtt: number, variance: number): number => {
	const {answers, leastExcess} = round;
	const threshold = Math.max(LEAST_QUEUEING, minRtt * LEAST_QUEUEING_SHARE, QUEUEING_DEVIATIONS * variance);
	return answers >= LEAST_ANSWERS && leastExcess > threshold ? leastExcess : 0;
};
