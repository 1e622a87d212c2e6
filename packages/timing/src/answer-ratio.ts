import type {Outcome} from './rate-trial.ts';

/** Probes whose answers are counted before the ratio means something. */
const LEAST_PROBES = 8;

/** Rounds up to this much faster than the slowest count as equally slow; more while few probes are counted. */
const SAME_RATE = 1.1;
const SIMILAR_RATE = 2;
const FEW_PROBES = 64;

/** A round at less than this part of the rate is a better standard than all before. */
const MUCH_SLOWER = 0.75;

/** More or fewer answers than by the standard, beyond what chance explains. */
const CLEAR_DEVIATIONS = 2;

/**
 * Which share of first probes a host answers when nothing is in the way: its mix of answering and silent ports. Ports
 * are asked in random order, so the share stays the same throughout, and a fall below it is loss.
 *
 * Only what was sent at the lowest rates counts. A standard that took in faster rounds would sink with every loss
 * that is too small to be noticed, and never show that the rate crept above what the host takes.
 */
export class AnswerRatio {
	#rate = Infinity;
	#probes = 0;
	#answers = 0;
	#isSettled = false;

	/** Between 0 and 1; `undefined` while too little is known. */
	get value(): number | undefined {
		return this.#probes < LEAST_PROBES ? undefined : this.#answers / this.#probes;
	}

	/** See `answersVariance`. */
	varianceOf(probes: number, came: number): number {
		return answersVariance({probes: this.#probes, answers: this.#answers}, probes, came);
	}

	/** Counts probes that were sent at this rate, in probes per second. */
	add(probes: number, answers: number, rate: number): void {
		if (probes >= LEAST_PROBES && rate < this.#rate * MUCH_SLOWER) {
			const difference = this.#differenceOf(probes, answers);
			if (difference < 0) {
				return;
			}

			if (difference > 0) {
				this.restart();
			}

			this.#rate = rate;
		}

		const isRough = this.#probes < FEW_PROBES && !this.#isSettled;
		if (rate <= this.#rate * (isRough ? SIMILAR_RATE : SAME_RATE)) {
			this.#probes += probes;
			this.#answers += answers;
		}
	}

	/** As many were answered at a higher rate. Where few probes are the standard, these make it more certain. */
	confirm(probes: number, answers: number, rate: number): void {
		if (this.#isSettled && rate > this.#rate * SAME_RATE) {
			this.#probes += probes;
			this.#answers += answers;
		}
	}

	/** What was sent faster was lost because of that: it does not count from now on, however few probes do. */
	settle(): void {
		this.#isSettled = true;
	}

	/** Far more of these probes were answered than before: if there are enough, they are the standard. */
	replace(probes: number, answers: number, rate: number): void {
		if (probes >= LEAST_PROBES) {
			this.restart();
			this.add(probes, answers, rate);
		}
	}

	/** Above 0 when clearly more of so many probes were answered than by this standard, below 0 when clearly fewer. */
	#differenceOf(probes: number, answers: number): number {
		const expected = probes * (this.value ?? 0);
		const chance = CLEAR_DEVIATIONS * Math.sqrt(this.varianceOf(probes, answers));
		return Math.abs(answers - expected) > chance ? answers - expected : 0;
	}

	/** Forgets, because the host behaves differently now. */
	restart(): void {
		this.#rate = Infinity;
		this.#probes = 0;
		this.#answers = 0;
	}
}

/**
 * Variance of the number of answers to so many more probes, of which so many came: that of the draw, and that of the
 * standard as an estimate. It is that of one ratio behind both, so that few answers to many probes are not excused
 * by a standard that is based on few. By Laplace's rule: few probes prove nothing for certain.
 */
export const answersVariance = (standard: Outcome, probes: number, came: number): number => {
	const ratio = (standard.answers + came + 1) / (standard.probes + probes + 2);
	const variance = ratio * (1 - ratio);
	return probes * variance + (probes ** 2 * variance) / (standard.probes + 3);
};
