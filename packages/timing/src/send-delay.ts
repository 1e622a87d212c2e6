import {MILLISECOND, type Micros, micros} from '@halfopen/model';
import type {TimingParameters} from './parameters.ts';

const FIRST_DELAY = 5 * MILLISECOND;
const LEAST_DROPS = 10;

/**
 * The gap kept between two probes to one host (`--scan-delay`). It grows by itself when too many answers come only
 * to a later try, the mark of a host that limits how fast it answers; Nmap's documented rules.
 */
export class SendDelay {
	readonly #parameters: TimingParameters;
	#delay: Micros;
	#changedAt = -Infinity;
	#drops = 0;
	#answers = 0;

	constructor(parameters: TimingParameters) {
		this.#parameters = parameters;
		this.#delay = parameters.scanDelay;
	}

	get current(): Micros {
		return this.#delay;
	}

	/** An answer to a first try. */
	onAnswer(): void {
		this.#answers++;
	}

	/** An answer to a later try, first asked at `sentAt`; `bestAttempt` is the latest try that was ever answered. */
	onDrop(sentAt: Micros, now: Micros, bestAttemptGrewTo: number | undefined): void {
		if (sentAt > this.#changedAt) {
			this.#drops++;
		}

		const ratio = this.#drops / (this.#drops + this.#answers);
		const tooMany = this.#drops > LEAST_DROPS && ratio > this.#parameters.delayDropRatio;
		const tooLate = bestAttemptGrewTo !== undefined && bestAttemptGrewTo > this.#parameters.delayAttempt;
		if (tooMany || tooLate) {
			this.#grow(now);
		}
	}

	#grow(now: Micros): void {
		const grown = this.#delay === 0 ? FIRST_DELAY : this.#delay * 2;
		this.#delay = micros(Math.min(grown, this.#parameters.maxScanDelay));
		this.#changedAt = now;
		this.#drops = 0;
		this.#answers = 0;
	}
}
