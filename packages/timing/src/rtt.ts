import {type Micros, micros} from '@halfopen/model';

/** Round trips seen so far, smoothed. */
export interface RttEstimate {
	readonly smoothed: Micros;
	readonly variance: Micros;
}

/** Bounds of a timeout. */
export interface TimeoutBounds {
	readonly minRttTimeout: Micros;
	readonly maxRttTimeout: Micros;
}

const ALPHA = 1 / 8; // RFC 6298 §2.3
const BETA = 1 / 4; // RFC 6298 §2.3
const K = 4; // RFC 6298 §2.2

/** The round trips seen so far, smoothed in place (RFC 6298 §2): nothing is allocated for a sample. */
export class RoundTrips implements RttEstimate {
	#smoothed = 0;
	#variance = 0;
	#least = Infinity;

	get isEmpty(): boolean {
		return this.#least === Infinity;
	}

	get smoothed(): Micros {
		return this.#smoothed as Micros;
	}

	get variance(): Micros {
		return this.#variance as Micros;
	}

	/** The shortest; `Infinity` when there was none. */
	get least(): Micros {
		return this.#least as Micros;
	}

	/** As they are now; `undefined` when there was none. */
	get estimate(): RttEstimate | undefined {
		return this.isEmpty ? undefined : {smoothed: this.smoothed, variance: this.variance};
	}

	add(sample: Micros): void {
		if (this.isEmpty) {
			this.#smoothed = sample; // §2.2
			this.#variance = sample / 2;
		} else {
			// With the old `smoothed`: §2.3 fixes the order
			this.#variance = (1 - BETA) * this.#variance + BETA * Math.abs(this.#smoothed - sample);
			this.#smoothed = (1 - ALPHA) * this.#smoothed + ALPHA * sample;
		}

		this.#least = Math.min(this.#least, sample);
	}

	/** The way is longer by this from now on. */
	lengthen(by: Micros): void {
		this.#least += by;
	}
}

/** How long to wait for the answer to a probe (RFC 6298 §2.2), within the bounds. */
export const timeoutOf = (estimate: RttEstimate, bounds: TimeoutBounds): Micros =>
	micros(Math.min(Math.max(unboundedTimeout(estimate), bounds.minRttTimeout), bounds.maxRttTimeout));

/** The same without bounds: by then an answer has most likely come or is lost. */
export const unboundedTimeout = (estimate: RttEstimate): Micros =>
	micros(estimate.smoothed + K * Math.max(estimate.variance, CLOCK_GRANULARITY));

/** G of RFC 6298 §2.3: between the kernel's time stamp and our looking at it. */
const CLOCK_GRANULARITY = 1000; // µs
