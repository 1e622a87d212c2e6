import {
	parseAddress,
	micros,
	NOTHING_SENT,
	type HostReport,
	type PortResult,
	portTableOf,
	type Reason,
	type ScanSummary,
	type SweepTotals,
	WITHOUT_DISCOVERY,
} from '@halfopen/model';
import type {FoundHost, FoundPort, ReportHead} from '../src/report-format.ts';

// Reports show local time.
process.env.TZ = 'UTC';

/** 2026-11-22 12:53:20 UTC. */
export const STARTED_AT: number = Date.UTC(2026, 10, 22, 12, 53, 20);

export const head = (rest: Partial<ReportHead> = {}): ReportHead => ({
	version: '1.2.3',
	startedAt: STARTED_AT,
	commandLine: 'halfopen -n 10.77.3.2',
	scanType: 'syn',
	hostsTotal: 1,
	ports: Uint16Array.of(22, 23, 25),
	discovery: WITHOUT_DISCOVERY,
	...rest,
});

export const found = (result: PortResult, rest: Partial<FoundPort> = {}): FoundPort => ({
	address: parseAddress('10.77.3.2')!,
	result,
	foundAt: STARTED_AT + 500,
	late: false,
	isAlone: false,
	...rest,
});

export const open = (port: number): PortResult => ({port, state: 'open', reason: 'syn-ack', ttl: 64});

export const closed = (port: number): PortResult => ({port, state: 'closed', reason: 'reset', ttl: 64});

export const filtered = (port: number, reason: Reason = 'no-response'): PortResult => ({
	port,
	state: 'filtered',
	reason,
	ttl: reason === 'no-response' ? 0 : 64,
});

/** `count` results from `first` on. */
export const many = (count: number, first: number, result: (port: number) => PortResult): PortResult[] =>
	Array.from({length: count}, (_, index) => result(first + index));

export const hostReport = (
	results: readonly PortResult[],
	rest: Partial<Omit<HostReport, 'ports'>> = {},
): HostReport => ({
	address: parseAddress('10.77.3.2')!,
	status: 'up',
	reason: 'user-set',
	ttl: 0,
	times: {smoothed: micros(46), variance: micros(2136), timeout: micros(100_000)},
	startedAt: STARTED_AT,
	endedAt: STARTED_AT + 1220,
	probesSent: results.length,
	...rest,
	ports: portTableOf(results),
});

/** Told of `hostReport`'s host before its ports are scanned. */
export const HOST_FOUND: FoundHost = {
	address: parseAddress('10.77.3.2')!,
	reason: 'arp-response',
	ttl: 0,
	mac: 'ce:81:0e:38:ed:30',
	foundAt: STARTED_AT,
};

export const summary = (rest: Partial<ScanSummary> = {}): ScanSummary => ({
	...NOTHING_SENT,
	hostsUp: 1,
	hostsTotal: 1,
	elapsed: micros(1_413_700),
	probesSent: 788,
	probesSentBytes: 34_608,
	repliesReceived: 4,
	repliesReceivedBytes: 184,
	...rest,
});

export const SWEEP: SweepTotals = {
	positions: 10,
	open: 1,
	closed: 2,
	rejected: 0,
	silent: 7,
	unreachable: 0,
	unfinished: 0,
	widestWindow: 4,
	windowBytes: 128,
};
