import {SECOND} from '@halfopen/model';
import {type AnswerCounts, addCounts, noCounts, type Round} from './round.ts';

/** Probes that tell, at the lower rate, until there is a verdict; twice as many after each that blamed chance. */
const ENOUGH_PROBES = 32;

/** Fewer of a kind say nothing about it. */
const LEAST_PROBES = 8;

/**
 * The trial is run below the rate of the answers: whatever limits them, it does not show there. A host alone may have answered
 * some of those counted from a burst that it allows.
 */
const TRIAL_GAIN = 0.8;
const TRIAL_GAIN_ALONE = 0.65;

/** It takes no longer than a second, and goes no further down at once than this, where answers are rare. */
const LEAST_RATE = 24;
const LEAST_SHARE = 1 / 8;

/** It is worth its time only when it is clearly slower than what it tries. */
const WORTHWHILE = 0.6;

/** Probes are answered more often at the lower rate, by this much and beyond chance: the rate cost the answers. */
const CONFIRMED_GAIN = 1.15;
const CONFIRMED_DEVIATIONS = 2;
const CLEAR_DEVIATIONS = 4; // The doubt is gone: the lower rate shows what is normal

/** Probes of one kind, and how many of them were answered. */
export interface Outcome {
	readonly probes: number;
	readonly answers: number;
}

/** What is known when a trial begins. */
export interface BeforeTrial {
	/** Probes that leave, and answers that come, per second. */
	readonly rate: number;
	readonly answerRate: number;
	/** One host is tried, not several together. */
	readonly isAlone: boolean;
	/** The answers were counted for long enough. */
	readonly isMeasured: boolean;
	/** Tries at this rate to ports that do answer. */
	readonly tries: Outcome;
	/** First probes at this rate whose rounds are not judged yet. */
	readonly freshPending: number;
}

/** What a trial says. */
export interface TrialResult {
	readonly isRateToBlame: boolean;
	/** Beyond doubt. */
	readonly isClear: boolean;
	/** The rate that was answered in full, as far as can be told, if the rate before was to blame. */
	readonly limit: number;
}

/**
 * Finds out whether heavy loss comes from the rate: sends for a while a little slower than answers come, and looks
 * whether more of the probes are answered. A host that limits its answers gives the same number of them at any rate
 * above the limit; where packets are lost at random, fewer probes only mean fewer answers.
 */
export class RateTrial {
	#counts = noCounts();
	#enough = ENOUGH_PROBES;
	#before: Before | undefined;

	/** The rate is being tried. */
	get isRunning(): boolean {
		return this.#before !== undefined;
	}

	/** Too few first probes were sent before to compare with: only canaries tell. */
	get needsCanaries(): boolean {
		return this.#before?.needsCanaries === true;
	}

	/** Counts a round that was sent at the present rate. */
	add(round: Round): void {
		addCounts(this.#counts, round);
	}

	/** Counts a round that was sent at the rate before, and is judged only now. */
	addBefore(round: Round): void {
		if (this.#before !== undefined) {
			addCounts(this.#before.counts, round);
			addCounts(this.#before.pending, round);
			widen(this.#before.span, round);
		}
	}

	/** Begins, in place of one that runs. Returns the rate of the trial, or `undefined` for none: it would tell too little. */
	begin(before: BeforeTrial): number | undefined {
		const {rate, answerRate, isAlone, tries, freshPending} = before;
		const counts = this.#counts;
		const answered = answerRate > 0 ? answerRate : rate * tellingShare(counts);
		const gain = isAlone ? TRIAL_GAIN_ALONE : TRIAL_GAIN;
		const trialRate = Math.max(answered * gain, Math.min(LEAST_RATE, rate * LEAST_SHARE));
		const fresh = counts.fresh + freshPending;
		const isComparable = fresh + tries.probes >= LEAST_PROBES;
		if (!isComparable || trialRate > rate * WORTHWHILE) {
			return undefined;
		}

		this.#before = {
			...before,
			counts,
			pending: noCounts(),
			span: newSpan(),
			trialRate,
			needsCanaries: fresh < LEAST_PROBES,
		};
		this.reset();
		return trialRate;
	}

	/** Ends when enough is known of the lower rate; `undefined` until then. */
	end(): TrialResult | undefined {
		const before = this.#before;
		const {fresh, canaries} = this.#counts;
		if (before === undefined || (this.needsCanaries ? 0 : fresh) + canaries < this.#enough) {
			return undefined;
		}

		const {expected, variance, came} = compare(before.counts, before.tries, this.#counts);
		const deviations = (came - expected) / Math.sqrt(variance);
		const isRateToBlame = came > expected * CONFIRMED_GAIN && deviations > CONFIRMED_DEVIATIONS;
		const limit = limitOf(before, this.#counts, expected / came);
		this.#enough = isRateToBlame ? ENOUGH_PROBES : this.#enough * 2;
		this.cancel();
		return {
			isRateToBlame,
			isClear: isRateToBlame && deviations > CLEAR_DEVIATIONS,
			limit: Math.max(before.trialRate, limit),
		};
	}

	/** Forgets rounds: the rate is another one from now on. */
	reset(): void {
		this.#counts = noCounts();
	}

	/** Gives up a trial that something else overtook. */
	cancel(): void {
		this.#before = undefined;
		this.reset();
	}
}

/** What a trial is compared with. */
interface Before extends BeforeTrial {
	readonly counts: AnswerCounts;
	/** Of these, what was on its way when the trial began. */
	readonly pending: AnswerCounts;
	readonly span: Span;
	readonly trialRate: number;
	readonly needsCanaries: boolean;
}

/** When the first and the last probe of some rounds left. */
interface Span {
	from: number;
	until: number;
}

const newSpan = (): Span => ({from: Infinity, until: -Infinity});

const widen = (span: Span, {leftFrom, leftUntil}: Round): void => {
	span.from = Math.min(span.from, leftFrom);
	span.until = Math.max(span.until, leftUntil);
};

/** Probes per second of which each would have been answered, had none been lost. */
const limitOf = (before: Before, now: AnswerCounts, delivered: number): number =>
	before.counts.sent === 0
		? before.trialRate
		: answerRateOf(before) / answerable(before.counts, now, delivered);

/**
 * Answers per second: as counted, where that is enough to tell, and as they were taken to come otherwise. What was saved
 * up for the first may be older than the span, so that one answer less is as likely: that is believed where others are asked
 * meanwhile, and too low a limit costs no time.
 */
const answerRateOf = (before: Before): number => {
	const {counts, pending, span, rate, answerRate, isMeasured, isAlone} = before;
	const length = span.until - span.from;
	const taken = answerRate > 0 ? answerRate : (rate * counts.answers) / counts.sent;
	if (isMeasured || pending.answers < LEAST_ANSWERS || length <= 0) {
		return taken;
	}

	const counted = (pending.answers * SECOND) / length;
	return isAlone ? counted : Math.max(Math.min(taken, counted), counted - SECOND / length);
};

/** Answers that make their rate a measure. */
const LEAST_ANSWERS = 4;

/** Enough first probes to compare with. */
const isKnown = ({fresh}: AnswerCounts): boolean => fresh >= LEAST_PROBES;

/** Share that was answered of the probes that tell; 0 while there are too few. */
const tellingShare = ({fresh, canaries, freshAnswered, canariesAnswered}: AnswerCounts): number =>
	fresh + canaries < LEAST_PROBES ? 0 : (freshAnswered + canariesAnswered) / (fresh + canaries);

/**
 * Share of the probes before that would have been answered if nothing had been lost. Of the ports that were asked
 * again, those that answer are the fewer, the more was delivered at first (Bayes' rule).
 */
const answerable = (before: AnswerCounts, now: AnswerCounts, delivered: number): number => {
	const {fresh, canaries, sent} = before;
	const share = Math.min((now.freshAnswered + 1) / (now.fresh + 1), MOST_ANSWERED);
	const lost = share * (1 - Math.min(delivered, 1));
	const repeated = lost / (lost + 1 - share);
	return (fresh * share + canaries + (sent - fresh - canaries) * repeated) / sent;
};

/** No more of the ports are taken to answer, so that those asked again may be silent ones. */
const MOST_ANSWERED = 0.99;

/** Answers that were to be expected now if each kind of probe was answered as often as before. */
const compare = (before: AnswerCounts, tries: Outcome, now: AnswerCounts): Comparison => {
	const ofCanaries = compareCanaries(before, tries, canariesOf(now));
	if (!isKnown(before)) {
		return ofCanaries;
	}

	const ofFresh = compareKind(
		{probes: before.fresh, answers: before.freshAnswered},
		{probes: now.fresh, answers: now.freshAnswered},
	);
	return {
		expected: ofFresh.expected + ofCanaries.expected,
		variance: ofFresh.variance + ofCanaries.variance,
		came: ofFresh.came + ofCanaries.came,
	};
};

/**
 * Canaries with canaries, or with tries to ports that answered, whichever tells more: the former may be few, and of the
 * latter those are missing whose every try was lost so far.
 */
const compareCanaries = (before: AnswerCounts, tries: Outcome, now: Outcome): Comparison => {
	const withTries = compareKind(tries, now);
	if (before.canaries < LEAST_PROBES) {
		return withTries;
	}

	const withCanaries = compareKind(canariesOf(before), now);
	return gainOf(withCanaries) > gainOf(withTries) ? withCanaries : withTries;
};

/** By how many standard deviations more came than before. */
const gainOf = ({expected, variance, came}: Comparison): number =>
	(came - expected) / Math.sqrt(variance + 1);

const canariesOf = ({canaries, canariesAnswered}: AnswerCounts): Outcome => ({
	probes: canaries,
	answers: canariesAnswered,
});

type Comparison = {readonly expected: number; readonly variance: number; readonly came: number};

const compareKind = (before: Outcome, now: Outcome): Comparison => {
	const expected = (now.probes * (before.answers + 0.5)) / (before.probes + 1);
	const ratio = (before.answers + now.answers + 1) / (before.probes + now.probes + 2);
	const variance = ratio * (1 - ratio) * now.probes * (1 + now.probes / (before.probes + 1));
	return {expected, variance, came: now.answers};
};
