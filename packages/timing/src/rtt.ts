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

/** Folds one round trip into the estimate (RFC 6298 §2). `undefined` means no sample yet. */
export const updateRtt = (estimate: RttEstimate | undefined, sample: Micros): RttEstimate => {
	if (estimate === undefined) {
		return {smoothed: sample, variance: micros(sample / 2)}; // §2.2
	}

	const error = Math.abs(estimate.smoothed - sample);
	return {
		variance: micros((1 - BETA) * estimate.variance + BETA * error), // With the old `smoothed`: §2.3 fixes the order
		smoothed: micros((1 - ALPHA) * estimate.smoothed + ALPHA * sample),
	};
};

/** How long to wait for the answer to a probe (RFC 6298 §2.2), within the bounds. */
export const timeoutOf = (estimate: RttEstimate, bounds: TimeoutBounds): Micros =>
	micros(Math.min(Math.max(unboundedTimeout(estimate), bounds.minRttTimeout), bounds.maxRttTimeout));

/** The same without bounds: by then an answer has most likely come or is lost. */
export const unboundedTimeout = (estimate: RttEstimate): Micros =>
	micros(estimate.smoothed + K * Math.max(estimate.variance, CLOCK_GRANULARITY));

/** G of RFC 6298 §2.3: between the kernel's time stamp and our looking at it. */
const CLOCK_GRANULARITY = 1000; // µs
