import {type Micros, micros, SECOND} from '@halfopen/model';

/** What a probe is to the path: whether its answer was to be expected, and how much. */
export type ProbeKind =
	/** First probe to a port, drawn at random: answered as often as the host's ports are. */
	| 'fresh'
	/** First probe to a port picked because it is popular: says nothing about other ports. */
	| 'picked'
	/** A port that stayed silent is asked again: most of these stay silent for good. */
	| 'repeated'
	/** A port that is known to answer is asked again, to see whether the way is open. */
	| 'canary';

/** Probes sent in one span of time, and what came of them. */
export interface Round {
	readonly number: number;
	readonly startedAt: Micros;
	/** No probe joins it any more. */
	isEnded: boolean;
	/** Probes written, and how many of them have not left yet. */
	sent: number;
	unsent: number;
	/** When the first and the last of them left. */
	leftFrom: number;
	leftUntil: number;
	fresh: number;
	freshAnswered: number;
	canaries: number;
	canariesAnswered: number;
	/** Answers expected of all its probes, as known when they were sent, and how many of these came. */
	expected: number;
	expectedVariance: number;
	expectedAnswered: number;
	/** Answers of any kind, and the span in which their probes left and they themselves came. */
	answers: number;
	firstSentAt: number;
	lastSentAt: number;
	firstReceivedAt: number;
	lastReceivedAt: number;
	/** The least time that an answer took beyond the shortest round trip of its host, in µs. */
	leastExcess: number;
}

export const newRound = (number: number, startedAt: Micros): Round => ({
	number,
	startedAt,
	isEnded: false,
	sent: 0,
	unsent: 0,
	leftFrom: Infinity,
	leftUntil: -Infinity,
	fresh: 0,
	freshAnswered: 0,
	canaries: 0,
	canariesAnswered: 0,
	expected: 0,
	expectedVariance: 0,
	expectedAnswered: 0,
	answers: 0,
	firstSentAt: Infinity,
	lastSentAt: -Infinity,
	firstReceivedAt: Infinity,
	lastReceivedAt: -Infinity,
	leastExcess: Infinity,
});

/** Probes per second that left in the round. */
export const offeredRate = ({sent, leftFrom, leftUntil, startedAt}: Round): number => {
	// A burst that left at once was offered over the time until the next round, which is at least the time it waited.
	const span = Math.max(leftUntil - Math.min(leftFrom, startedAt), LEAST_ROUND / 2);
	return (sent * SECOND) / span;
};

/** Notes that a probe of the round left. */
export const noteSent = (round: Round, sentAt: Micros): void => {
	round.unsent--;
	round.leftFrom = Math.min(round.leftFrom, sentAt);
	round.leftUntil = Math.max(round.leftUntil, sentAt);
};

/**
 * How much further apart answers came than their probes had left: above 1 when a queue on the way grew. A queue
 * drains at the rate of the bottleneck, so the offered rate divided by this is what the path delivers.
 */
export const dilation = (round: Round): number => {
	const sentSpan = round.lastSentAt - round.firstSentAt;
	const receivedSpan = round.lastReceivedAt - round.firstReceivedAt;
	return round.answers < 3 || sentSpan <= 0 ? 1 : Math.max(1, receivedSpan / sentSpan);
};

/** Notes an answer to a probe of the round. */
export const noteAnswer = (
	round: Round,
	kind: ProbeKind,
	sentAt: Micros,
	receivedAt: Micros,
	excess: Micros,
): void => {
	round.answers++;
	round.freshAnswered += kind === 'fresh' ? 1 : 0;
	round.canariesAnswered += kind === 'canary' ? 1 : 0;
	round.firstSentAt = Math.min(round.firstSentAt, sentAt);
	round.lastSentAt = Math.max(round.lastSentAt, sentAt);
	round.firstReceivedAt = Math.min(round.firstReceivedAt, receivedAt);
	round.lastReceivedAt = Math.max(round.lastReceivedAt, receivedAt);
	round.leastExcess = Math.min(round.leastExcess, excess);
};

/** A round lasts at least this, whatever the round trip: below it, clocks and batches blur what is measured. */
export const LEAST_ROUND: Micros = micros(2000);
