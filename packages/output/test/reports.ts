import {
	parseAddress,
	micros,
	type HostReport,
	type PortResult,
	type PortState,
	type PortTable,
	type Reason,
	type ScanSummary,
	WITHOUT_DISCOVERY,
} from '@halfopen/model';
import type {FoundPort, ReportHead} from '../src/report-format.ts';

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

export const portTable = (results: readonly PortResult[]): PortTable => ({
	length: results.length,
	at: index => results[index],
	count: (state: PortState) => results.filter(result => result.state === state).length,
	[Symbol.iterator]: () => results[Symbol.iterator](),
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
	ports: portTable(results),
});

export const summary = (rest: Partial<ScanSummary> = {}): ScanSummary => ({
	hostsUp: 1,
	hostsDown: 0,
	hostsTotal: 1,
	elapsed: micros(1_413_700),
	probesSent: 788,
	probesSentBytes: 34_608,
	repliesReceived: 4,
	repliesReceivedBytes: 184,
	expectedMissed: 0,
	portsScanned: 0,
	portsAnswered: 0,
	repliesRedundant: 0,
	rejected: {malformed: 0, unsolicited: 0, wrongCookie: 0, wrongQuote: 0, shortQuote: 0},
	lost: {repliesLost: 0, kernelDrops: 0, interfaceDrops: 0, sendErrors: 0},
	...rest,
});
