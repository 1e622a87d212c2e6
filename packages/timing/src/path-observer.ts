import type {Micros} from '@halfopen/model';
import type {Expectation} from './expectation.ts';
import type {RateChange} from './rate-change.ts';
import type {Outcome} from './rate-trial.ts';
import type {AnswerCounts, Round} from './round.ts';

/** Bounds of a rate, in probes per second. */
export interface RateLimits {
	/** At first, before anything is known. */
	readonly initialRate: number;
	/** As far as it grows while nothing answers at all. */
	readonly blindRate: number;
	readonly leastRate: number;
	/** As far as it falls once a limit was measured; not below `leastRate` by default. */
	readonly leastMeasured?: number;
	/** Wins over the others, and may change at any time. */
	readonly ceiling: {readonly maxRate: number};
}

/** What the path model is told by who knows the host, or all hosts. */
export interface PathObserver {
	/** Shortest round trip so far, and how much they vary. */
	rtt(): {readonly least: Micros; readonly variance: Micros} | undefined;
	/** From a probe until its answer can be ruled out, but for stragglers. */
	patience(): Micros;
	/** Everything that was received up to this time was looked at. */
	seenUntil(now: Micros): Micros;
	/** Whether a probe that left then, and was not answered in time, tells nothing: the scan stood still. */
	wasInterrupted(sentAt: number): boolean;
	expectation(counts: AnswerCounts): Expectation;
	/** All answers to a round are in, or overdue. */
	onRound?(round: Round): void;
	/** A round was found in order: what it shows is normal. */
	onClearRound(round: Round): void;
	/** At this rate, too, as many answer as at lower ones. */
	onGoodRate?(counts: AnswerCounts, rate: number): void;
	/** What was taken for congestion does not go away at a lower rate: it is how things are now. */
	onNewNormal(round: Round): void;
	/** Whether a wider model took action since then against what must be the same trouble. */
	isTakenCareOf(since: Micros): boolean;
	/** Whether all that is sent here goes to one host, and nothing goes to others. */
	isOnlyHost(): boolean;
	/** Whether nothing else judges what is sent here, and enough of it is answered to judge by. */
	isAlone(): boolean;
	/** Whether it may try lower rates, and correct its own by little; otherwise somebody else does. */
	mayTry(): boolean;
	/** Whether so much is lost at every rate so far that the rate may be to blame. */
	suspectsRate(): boolean;
	/**
	 * Answers are so rare that one says nothing of the rate: until there were enough to judge by, it grows as if there
	 * were none. Otherwise any answer is good news at first.
	 */
	isSparse?(): boolean;
	/** Tries at the present rate to ports that do answer. */
	tries(): Outcome;
	/** Share of what came through at the best rate that comes through now, by later tries; 1 unless clearly less. */
	delivered(): number;
	/** A lower rate lost less: what is sent faster says nothing of what is answered. */
	onLimit?(): void;
	/** It clearly did: what came of it shows what is normal. */
	onClearLimit?(counts: AnswerCounts, rate: number): void;
	/** A lower rate does not lower the loss: it is random. */
	onRandomLoss(): void;
	/** The rate is another one from now on. */
	onRateChange(rate: number, because: RateChange, now: Micros): void;
}
