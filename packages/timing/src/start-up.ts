import {offeredRate, type Round} from './round.ts';

const GAIN = 2; // As slow start: RFC 5681 §3.1, BBR's start-up
const LARGEST_STEP = 4; // However fast the probes left that began it, at once
const LARGEST_STEP_ALONE = 3; // Of a single host, which may limit its answers
const LARGEST_STEP_AFTER_BURST = 2; // The same while all answers may have come from the burst that a limiter allows

/** A single host answered most probes of a round, and answers less than half as often since: that was a burst, and it is over. */
const MOST = 1 / 2;
const SINCE = 1 / 2;

/** What start-up knows besides a round that was in order. */
export interface StartUp {
	/** Probes per second. */
	readonly rate: number;
	/** Some round had enough answers to expect. */
	readonly wasInformed: boolean;
	/** See `PathObserver`. */
	readonly isOnlyHost: boolean;
	readonly isAlone: boolean;
	/** Answers per second, by the very last of them; `Infinity` while there were too few. */
	readonly answerRate: number;
}

/** The rate to go on with after a round that was in order: it doubles, from what the round was sent at. */
export const nextRate = (round: Round, startUp: StartUp): number => {
	const {rate} = startUp;
	return isBurstOver(round, startUp)
		? rate
		: Math.max(rate, Math.min(GAIN * offeredRate(round), largestStep(startUp) * rate));
};

/** When a round is judged, answers to later probes have come. Growth waits for these, as acknowledgements clock a TCP window. */
const isBurstOver = (
	{answers, sent}: Round,
	{rate, wasInformed, isOnlyHost, answerRate}: StartUp,
): boolean => {
	const answered = answers / sent;
	return !wasInformed && isOnlyHost && answered > MOST && answerRate < SINCE * answered * rate;
};

const largestStep = ({wasInformed, isOnlyHost, isAlone}: StartUp): number => {
	if (!wasInformed && isOnlyHost) {
		return LARGEST_STEP_AFTER_BURST;
	}

	return isAlone ? LARGEST_STEP_ALONE : LARGEST_STEP;
};
