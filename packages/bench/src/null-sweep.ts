import {runSweep, type SweepOptions} from '@halfopen/engine';
import {type Micros, micros, MILLISECOND, type ScanSummary, SECOND} from '@halfopen/model';
import {openNativeTransport} from '@halfopen/native';
import {blockAround, buildTargetSet, ProbeOrder, productSpace} from '@halfopen/targets';

/** What a sweep came to that sent nothing. */
export interface NullSweep {
	readonly summary: ScanSummary;
	/** `port` events that were taken. */
	readonly results: number;
	/** From the first step to the last event. */
	readonly elapsed: Micros;
	/** The most memory that the process held, in bytes. */
	readonly peakMemory: number;
}

/** What to sweep, and when to end it. */
export interface NullSweepOptions {
	/** Length of the prefix of 0.0.0.0, as in `0` for all there is; one port. */
	readonly prefixLength: number;
	/** Whether every port answers that it is open; otherwise none answers. */
	readonly answers: boolean;
	/** It ends then, or when it is done. */
	readonly duration: Micros;
}

/** Runs the engine as fast as it goes over a transport that drops what it builds. */
export const nullSweep = async ({prefixLength, answers, duration}: NullSweepOptions): Promise<NullSweep> => {
	const transport = openNativeTransport({tries: TRIES, send: 'null', nullAnswers: answers});
	const end = new AbortController();
	const timer = setTimeout(() => end.abort(), duration / MILLISECOND);
	try {
		const space = productSpace(buildTargetSet([blockAround({family: 4, value: 0}, prefixLength)]), PORTS);
		const order = new ProbeOrder({size: space.size, seed: 1n, sequential: false});
		const start = transport.clock.now();
		let results = 0;
		let summary: ScanSummary | undefined;
		const sweep = {transport, space, order, timing: TIMING, ...TOLD};
		for await (const events of runSweep(sweep, end.signal).batches) {
			for (const event of events) {
				if (event.type === 'port') {
					results++;
				} else if (event.type === 'end') {
					({summary} = event);
				}
			}
		}

		return {
			summary: summary!,
			results,
			elapsed: micros(transport.clock.now() - start),
			peakMemory: process.resourceUsage().maxRSS * 1024,
		};
	} finally {
		clearTimeout(timer);
		await transport.close();
	}
};

/** One for the probe, the others for canaries. */
const TRIES = 4;

const PORTS = Uint16Array.of(80);

/** As fast as it goes, and never twice. */
const TIMING: SweepOptions['timing'] = {
	minRttTimeout: micros(100 * MILLISECOND),
	maxRttTimeout: micros(SECOND),
	initialRttTimeout: micros(SECOND),
	scanDelay: micros(0),
	maxScanDelay: micros(SECOND),
	keepsMaxScanDelay: false,
	minParallelism: 0,
	maxParallelism: Infinity,
	maxRetries: 0,
	minRate: 1e9,
	maxRate: Infinity,
	confidence: 0.999_999,
	initialRate: 1e6,
	blindRate: 1e6,
	ignoreResets: false,
};

const TOLD = {
	results: 'stream',
	portEvents: 'open',
	decisions: false,
	timeOfDay: (at: Micros) => at / MILLISECOND,
} as const;
