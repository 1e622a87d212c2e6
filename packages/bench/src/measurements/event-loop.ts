import {monitorEventLoopDelay} from 'node:perf_hooks';
import {type Micros, MILLISECOND} from '@halfopen/model';
import {scan} from '@halfopen/scanner';
import {perSecond} from '../flood.ts';
import type {Measurement, Sample} from '../measurement.ts';
import {monotonicClock} from '../monotonic-clock.ts';
import {SILENT_HOSTS} from '../network/cable.ts';

/** How long a program that scans in its main thread waits for its turn. */
export const eventLoop: Measurement = {
	name: 'event-loop',
	meaning:
		'how late timers of a program are that scans flat out in the same thread: what its other work suffers',
	needsCable: true,
	rounds: 1,
	cases: () => [{label: 'scan() flat out', measure}],
};

/** The monitor sets a timer this far ahead and sees how late it is; what it records contains it. */
const RESOLUTION = 1; // ms

const measure = async (duration: Micros): Promise<Sample[]> => {
	const delay = monitorEventLoopDelay({resolution: RESOLUTION});
	const end = new AbortController();
	setTimeout(() => end.abort(), duration / MILLISECOND);
	const start = monotonicClock.now();
	let sent = 0;
	for await (const event of scan({...FLAT_OUT, signal: end.signal})) {
		if (event.type === 'started') {
			delay.enable();
		} else if (event.type === 'end') {
			sent = event.summary.probesSent;
		}
	}

	delay.disable();
	const elapsed = (monotonicClock.now() - start) as Micros;
	return [
		{name: 'sent meanwhile', unit: '/s', better: 'more', value: perSecond(sent, elapsed)},
		...[50, 99].map((percentile): Sample => ({
			name: `delay, ${percentile} % below`,
			unit: 'ms',
			better: 'less',
			value: Math.max(0, delay.percentile(percentile) / 1e6 - RESOLUTION),
			grain: 1,
			...(percentile === 99 && {goal: 10}),
		})),
		{name: 'longest delay', unit: 'ms', better: 'less', value: delay.max / 1e6 - RESOLUTION, grain: 5},
	];
};

const FLAT_OUT = {
	targets: SILENT_HOSTS,
	ports: '1-1000',
	scanType: 'syn',
	order: 'random',
	results: 'stream',
	maxRetries: 0,
	minRate: 10_000_000,
	seed: 1,
} as const;
