import {
	micros,
	NOTHING_SENT,
	parseAddress,
	type HostReport,
	type PortResult,
	portTableOf,
	type Progress,
	type ScanEvent,
	type ScanPlan,
	type ScanSummary,
	WITHOUT_DISCOVERY,
} from '@halfopen/model';
import type {Scan, ScanOptions} from '@halfopen/scanner';
import {NOW} from './fake-io.ts';

export const ADDRESS = parseAddress('10.77.3.2')!;

export const PROGRESS: Progress = {
	elapsed: micros(1_000_000),
	hostsDone: 1,
	hostsUp: 1,
	hostsActive: 1,
	hostsTotal: 2,
	portsDone: 30,
	portsTotal: 160,
	probesSent: 60,
	rate: 60,
};

/** A scan that says what it is given. What it was asked for is kept in `asked`. */
export const fakeScan = (
	say: (options: ScanOptions) => AsyncIterable<ScanEvent> | readonly ScanEvent[],
): {readonly load: () => Promise<(options: ScanOptions) => Scan>; readonly asked: ScanOptions[]} => {
	const asked: ScanOptions[] = [];
	return {
		asked,
		load: async () => options => {
			asked.push(options);
			return {
				progress: () => PROGRESS,
				setRate: () => {},
				tell: () => {},
				async *batches() {
					for await (const event of say(options)) {
						yield [event];
					}
				},
				async *[Symbol.asyncIterator]() {
					yield* say(options);
				},
			};
		},
	};
};

export const started = (rest: Partial<ScanPlan> = {}): ScanEvent => ({
	type: 'started',
	plan: {
		scanType: 'syn',
		hostsTotal: 1,
		ports: Uint16Array.of(22, 23, 25),
		startedAt: NOW,
		startedAtClock: micros(1_000_000),
		discovery: WITHOUT_DISCOVERY,
		...rest,
	},
});

export const open = (port: number): PortResult => ({port, state: 'open', reason: 'syn-ack', ttl: 64});

export const closed = (port: number): PortResult => ({port, state: 'closed', reason: 'reset', ttl: 64});

export const found = (result: PortResult): ScanEvent => ({
	type: 'port',
	address: ADDRESS,
	result,
	late: false,
});

export const host = (
	results: readonly PortResult[],
	rest: Partial<Omit<HostReport, 'ports'>> = {},
): ScanEvent & {type: 'host'} => ({
	type: 'host',
	report: {
		address: ADDRESS,
		status: 'up',
		reason: 'arp-response',
		ttl: 0,
		times: {smoothed: micros(46), variance: micros(2136), timeout: micros(100_000)},
		startedAt: NOW,
		endedAt: NOW + 1220,
		probesSent: results.length,
		...rest,
		ports: portTableOf(results),
	},
});

export const end = (rest: Partial<ScanSummary> = {}): ScanEvent => ({
	type: 'end',
	summary: {
		...NOTHING_SENT,
		hostsUp: 1,
		hostsTotal: 1,
		elapsed: micros(1_413_700),
		probesSent: 4,
		probesSentBytes: 176,
		repliesReceived: 3,
		repliesReceivedBytes: 124,
		...rest,
	},
});
