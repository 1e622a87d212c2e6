import {type Micros, micros, SECOND} from '@halfopen/model';

/** What a probe is to the path: whether its answer was to be expected, and how much. */
export type ProbeKind =
	/** First probe to a port, drawn at random: answered as often as the host's ports are. */
	| 'fresh'
	/** First probe to a port picked because it is popular: says nothing about other ports. */
	| 'picked'
	/** A port that stayed silent is asked again: most of these stay silent for good. */
	| 'repeated'
	/** The same try once more, since the scan stood still: which of the two is answered cannot be told. */
	| 'resent'
	/** A port that is known to answer is asked again, to see whether the way is open. */
	| 'canary';

/** Answers that were to be expected, and those that came, of one round or of several. */
export interface AnswerCounts {
	/** Probes, and answers, of any kind. */
	sent: number;
	answers: number;
	/** First probes drawn at random, and answers to them. */
	fresh: number;
	freshAnswered: number;
	/** Canaries, and answers to them. */
	canaries: number;
	canariesAnswered: number;
	/** Answers expected of all probes, as known when they were sent, and how many of these came. */
	expected: number;
	expectedVariance: number;
	expectedAnswered: number;
}

export const noCounts = (): AnswerCounts => ({
	sent: 0,
	answers: 0,
	fresh: 0,
	freshAnswered: 0,
	canaries: 0,
	canariesAnswered: 0,
	expected: 0,
	expectedVariance: 0,
	expectedAnswered: 0,
});

/** Adds the counts of a round to a sum. */
export const addCounts = (sum: AnswerCounts, round: AnswerCounts): void => {
	sum.sent += round.sent;
	sum.answers += round.answers;
	sum.fresh += round.fresh;
	sum.freshAnswered += round.freshAnswered;
	sum.canaries += round.canaries;
	sum.canariesAnswered += round.canariesAnswered;
	sum.expected += round.expected;
	sum.expectedVariance += round.expectedVariance;
	sum.expectedAnswered += round.expectedAnswered;
};

/** Probes sent in one span of time, and what came of them. */
export interface Round extends AnswerCounts {
	readonly number: number;
	readonly startedAt: Micros;
	/** Probes per second that the path allowed then. */
	readonly pace: number;
	/** No probe joins it any more. */
	isEnded: boolean;
	/** Probes written that have not left yet. */
	unsent: number;
	/** When the first and the last of them left. */
	leftFrom: number;
	leftUntil: number;
	/** The span in which probes that were answered left, and the answers came. */
	firstSentAt: number;
	lastSentAt: number;
	firstReceivedAt: number;
	lastReceivedAt: number;
	/** The least time that an answer took beyond the shortest round trip of its host, in µs. */
	leastExcess: number;
}

/** Written out, since there may be a hundred thousand a second: what follows a spread is defined one by one, slowly. */
export const newRound = (number: number, startedAt: Micros, pace: number): Round => ({
	number,
	startedAt,
	pace,
	isEnded: false,
	unsent: 0,
	leftFrom: Infinity,
	leftUntil: -Infinity,
	sent: 0,
	answers: 0,
	fresh: 0,
	freshAnswered: 0,
	canaries: 0,
	canariesAnswered: 0,
	expected: 0,
	expectedVariance: 0,
	expectedAnswered: 0,
	firstSentAt: Infinity,
	lastSentAt: -Infinity,
	firstReceivedAt: Infinity,
	lastReceivedAt: -Infinity,
	leastExcess: Infinity,
});

/** Probes per second that left in the round. */
export const offeredRate = ({sent, leftFrom, leftUntil, startedAt}: Round): number => {
	const span = leftUntil - leftFrom;
	return span >= LEAST_SPAN
		? ((sent - 1) * SECOND) / span
		: (sent * SECOND) / Math.max(leftUntil - startedAt, LEAST_SPAN); // A burst was offered once in its round
};

/** Answers per second that came to probes of the round; 0 when too few came to tell. */
export const answerRate = ({answers, firstReceivedAt, lastReceivedAt}: Round): number =>
	answers < 3 ? 0 : ((answers - 1) * SECOND) / Math.max(lastReceivedAt - firstReceivedAt, LEAST_SPAN);

/** Notes that so many probes of the round left between two times. */
export const noteSent = (round: Round, count: number, from: Micros, until: Micros): void => {
	round.unsent -= count;
	round.leftFrom = Math.min(round.leftFrom, from);
	round.leftUntil = Math.max(round.leftUntil, until);
};

/** A probe of a round that was answered. */
export interface AnsweredProbe {
	readonly kind: ProbeKind;
	/** Chance of the answer, as far as it was known when the probe was sent. */
	readonly chance: number | undefined;
}

/** From when to when an answer took. */
export interface AnswerTimes {
	readonly sentAt: Micros;
	readonly receivedAt: Micros;
}

/** Notes probes that join the round, each of whose answers is expected with this chance, if that is known. */
export const noteProbes = (round: Round, count: number, kind: ProbeKind, chance = 0): void => {
	const expected = count * chance;
	const variance = expected * (1 - chance);
	round.sent += count;
	round.unsent += count;
	round.expected += expected;
	round.expectedVariance += variance;
	round.fresh += kind === 'fresh' ? count : 0;
	round.canaries += kind === 'canary' ? count : 0;
};

/** Takes back what was expected of a probe whose answer nobody waits for any more. */
export const forgetProbe = (round: Round, kind: ProbeKind, chance = 0): void => {
	round.expected -= chance;
	round.expectedVariance -= chance * (1 - chance);
	round.fresh -= kind === 'fresh' ? 1 : 0;
	round.canaries -= kind === 'canary' ? 1 : 0;
};

/** Notes an answer to a probe of the round, which took so much beyond the shortest round trip of its host. */
export const noteAnswer = (
	round: Round,
	{kind, chance}: AnsweredProbe,
	{sentAt, receivedAt}: AnswerTimes,
	excess: Micros,
): void => {
	round.answers++;
	round.freshAnswered += kind === 'fresh' ? 1 : 0;
	round.canariesAnswered += kind === 'canary' ? 1 : 0;
	round.expectedAnswered += chance === undefined ? 0 : 1;
	round.firstSentAt = Math.min(round.firstSentAt, sentAt);
	round.lastSentAt = Math.max(round.lastSentAt, sentAt);
	round.firstReceivedAt = Math.min(round.firstReceivedAt, receivedAt);
	round.lastReceivedAt = Math.max(round.lastReceivedAt, receivedAt);
	round.leastExcess = Math.min(round.leastExcess, excess);
};

/** Below this a span is not told from nothing. */
const LEAST_SPAN = 1000; // µs

/** A round lasts at least this, whatever the round trip: below it, clocks and batches blur what is measured. */
export const LEAST_ROUND: Micros = micros(2000);
