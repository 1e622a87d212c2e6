import {micros, SECOND} from '@halfopen/model';
import type {TimingParameters} from '@halfopen/timing';

/** Hosts that a sweep begins with at once, as far as its rate is concerned: probes rarely meet the same one. */
const INITIAL_HOSTS = 8;

/** The timing of a sweep as a whole, and the rate of each of its hosts. */
export interface SweepTiming {
	readonly parameters: TimingParameters;
	/** Probes per second to one address; `Infinity` for no limit. */
	readonly mostPerHost: number;
}

/** A gap between probes to one host is kept for each by itself; rates that are meant for one host are those of several. */
export const sweepTiming = (timing: TimingParameters, maxHostRate: number = Infinity): SweepTiming => ({
	parameters: {
		...timing,
		scanDelay: micros(0),
		initialRate: timing.initialRate * INITIAL_HOSTS,
		blindRate: timing.blindRate * INITIAL_HOSTS,
	},
	mostPerHost: Math.min(maxHostRate, timing.scanDelay > 0 ? SECOND / timing.scanDelay : Infinity),
});
