import {SECOND} from '@halfopen/model';
import type {Round} from './round.ts';

/** Answers, and probes, that make what they say reliable. */
const ENOUGH_ANSWERS = 24;
const ENOUGH_PROBES = 24;

/** The trial is run a little below the rate of the answers: whatever limits them, it does not show there. */
const TRIAL_GAIN = 0.8;

/** Just above the limit that was found, so that it never idles. */
const KNEE_GAIN = 1.08;

/** It is worth its time only when it is clearly slower than what it tries. */
const WORTHWHILE = 0.6;

/** Probes are answered more often at the lower rate, by this much and beyond chance: the rate cost the answers. */
const CONFIRMED_GAIN = 1.3;
const CONFIRMED_DEVIATIONS = 2.5;

/** What a trial says: the rate to go on with, and whether a lower rate helped. */
export interface TrialResult {
	readonly rate: number;
	readonly isRateToBlame: boolean;
}

/**
 * Finds out whether heavy loss comes from the rate: sends for a while about as fast as answers come, and looks whether
 * more of the probes are answered. A host that limits its answers gives the same number of them at any rate above
 * the limit; where packets are lost at random, fewer probes only mean fewer answers.
 */
export class RateTrial {
	#probes = 0;
	#answers = 0;
	#span = 0;
	#before: (Share & {readonly rate: number; readonly answerRate: number}) | undefined;

	/** The rate is being tried. */
	get isRunning(): boolean {
		return this.#before !== undefined;
	}

	/** Counts a round that was sent at the present rate. */
	add(round: Round): void {
		this.#probes += round.sent;
		this.#answers += round.answers;
		this.#span += round.leftUntil - round.startedAt;
	}

	/** Begins when enough is known of the present rate. Returns the rate of the trial, or `undefined` for none. */
	begin(rate: number): number | undefined {
		const answerRate = this.#answerRate;
		if (this.#answers < ENOUGH_ANSWERS || answerRate * TRIAL_GAIN > rate * WORTHWHILE) {
			return undefined;
		}

		this.#before = {...this.#share, rate, answerRate};
		this.reset();
		return answerRate * TRIAL_GAIN;
	}

	/** Ends when enough is known of the lower rate; `undefined` until then. */
	end(): TrialResult | undefined {
		if (this.#before === undefined || this.#probes < ENOUGH_PROBES) {
			return undefined;
		}

		const {rate, answerRate} = this.#before;
		const isRateToBlame = isClearlyMore(this.#share, this.#before);
		const knee = (KNEE_GAIN * answerRate) / this.#share.answered;
		this.cancel();
		return {isRateToBlame, rate: isRateToBlame ? knee : rate};
	}

	/** Forgets rounds: the rate is another one from now on. */
	reset(): void {
		this.#probes = 0;
		this.#answers = 0;
		this.#span = 0;
	}

	/** Gives up a trial that something else overtook. */
	cancel(): void {
		this.#before = undefined;
		this.reset();
	}

	get #share(): Share {
		return {probes: this.#probes, answered: Math.min(1, this.#answers / this.#probes)};
	}

	/** Answers per second. */
	get #answerRate(): number {
		return (this.#answers * SECOND) / Math.max(1, this.#span);
	}
}

/** So many probes, and the share of them that was answered. */
type Share = {readonly probes: number; readonly answered: number};

const isClearlyMore = (one: Share, other: Share): boolean =>
	one.answered > other.answered * CONFIRMED_GAIN &&
	one.answered - other.answered > CONFIRMED_DEVIATIONS * Math.sqrt(varianceOf(one) + varianceOf(other));

const varianceOf = ({probes, answered}: Share): number => (answered * (1 - answered)) / probes;
