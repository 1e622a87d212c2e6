import type {Micros} from '@halfopen/model';
import type {TimingParameters} from './parameters.ts';

const INITIAL_SIZE = 10;
const INITIAL_THRESHOLD = 75;
const LEAST_THRESHOLD = 2;
const MOST_GROWTH = 50;

/** What happens to a window on a drop: a host's starts over, that of all hosts is halved. */
export type DropRule = 'restart' | 'halve';

/**
 * How many probes may be in flight, after Nmap's documented rules: slow start up to a threshold, then congestion
 * avoidance, and at most one reduction for the probes that were in flight together. Sizes are in probes.
 *
 * Most probes of a scan are never answered, so an answer stands for the probes that had their time since the
 * one before: growth is multiplied by probes done over answers.
 */
export class CongestionWindow {
	readonly #parameters: TimingParameters;
	readonly #dropRule: DropRule;
	#size: number;
	#threshold = INITIAL_THRESHOLD;
	#reducedAt = -Infinity;
	#done = 0;
	#answered = 0;

	constructor(parameters: TimingParameters, dropRule: DropRule) {
		this.#parameters = parameters;
		this.#dropRule = dropRule;
		this.#size = Math.min(Math.max(INITIAL_SIZE, parameters.minParallelism), parameters.maxParallelism);
	}

	get size(): number {
		return this.#size;
	}

	get threshold(): number {
		return this.#threshold;
	}

	/** Whether one more probe may join these. */
	admits(inFlight: number): boolean {
		return this.#size >= inFlight + 0.5;
	}

	/** A probe had its time and stayed unanswered. No sign of congestion: most silent ports are silent by rule. */
	onTimeout(): void {
		this.#done++;
	}

	onAnswer(): void {
		this.#done++;
		this.#answered++;
		const growth = Math.min(this.#done / this.#answered, MOST_GROWTH);
		this.#size =
			this.#size < this.#threshold
				? Math.min(this.#size + growth, this.#threshold)
				: this.#size + (this.#parameters.windowIncrement * growth) / this.#size;
		this.#size = Math.min(this.#size, this.#parameters.maxParallelism);
	}

	/** A probe was lost on the way: a later try to the same port was answered. */
	onDrop(lostSentAt: Micros, now: Micros, inFlight: number): void {
		if (lostSentAt <= this.#reducedAt) {
			return;
		}

		this.#reducedAt = now;
		this.#threshold = Math.max(LEAST_THRESHOLD, inFlight / this.#parameters.thresholdDivisor);
		this.#size =
			this.#dropRule === 'restart'
				? this.#parameters.minParallelism
				: Math.max(this.#parameters.minParallelism, this.#size / 2);
	}
}
