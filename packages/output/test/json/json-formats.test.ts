import test from 'ava';
import {type DiscoveryPlan, micros, parseAddress, PROBE_KIND, REASONS} from '@halfopen/model';
import {jsonFormat} from '../../src/json/json-format.ts';
import {ndjsonFormat} from '../../src/json/ndjson-format.ts';
import type {ReportFormat} from '../../src/report-format.ts';
import {
	closed,
	filtered,
	found,
	head,
	HOST_FOUND,
	hostReport,
	many,
	open,
	STARTED_AT,
	summary,
	SWEEP,
} from '../reports.ts';
import {readSchema, strictValidator} from './schemas.ts';

const PLAIN = {
	verbosity: 1,
	debugging: 0,
	onlyOpen: false,
	vendorOf: (mac: string): string => `maker of ${mac}`,
};
const RICH = hostReport(
	[
		open(22),
		{...filtered(25, 'host-unreach'), sender: parseAddress('10.77.1.254')!},
		...many(60, 1000, closed),
	],
	{
		name: 'asked',
		reverseName: 'a"\u202E\n\0\\',
		otherAddresses: [parseAddress('10.77.3.3')!],
		mac: 'ce:81:0e:38:ed:30',
		isIncomplete: true,
		loss: 0.021_345_678,
		expectedMissed: 0.000_1,
		probesSent: 95,
		discoveryProbes: 2,
	},
);
const DOWN = hostReport([], {
	status: 'down',
	reason: 'no-response',
	problem: 'no answer to ARP',
	probesSent: 0,
});
const DISCOVERY: DiscoveryPlan = {
	probes: [
		{kind: PROBE_KIND.echo, port: 0},
		{kind: PROBE_KIND.syn, port: 443},
		{kind: PROBE_KIND.protocol, port: 2},
	],
	neighbours: true,
	ignoreResets: false,
	only: false,
};
const END = summary({
	discovery: {
		hostsAsked: 2,
		hostsFound: 1,
		probesSent: 4,
		loss: 0.012_345_678,
		expectedMissed: 0,
		widestWindow: 2,
		windowBytes: 64,
	},
	loss: 0.02,
	portsScanned: 62,
	portsAnswered: 61,
	probesSent: 97,
});

/** A report with everything that there is. */
const everything = (format: ReportFormat): string =>
	[
		format.begin(head({discovery: DISCOVERY})),
		format.warning?.('no `\u202Ename`'),
		format.hostFound?.(HOST_FOUND),
		format.port?.(found(open(22))),
		format.host(RICH),
		format.host(DOWN),
		format.port?.(found(closed(22), {late: true})),
		format.port?.(found(open(80), {isAlone: true})),
		format.end(END, STARTED_AT + 1413, 'failed', 'no room'),
	].join('');

const parseLines = (text: string): Record<string, unknown>[] =>
	text
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line) as Record<string, unknown>);

test('each line of NDJSON is a thing that happened, by the schema', t => {
	const validate = strictValidator('ndjson-1');
	const events = parseLines(everything(ndjsonFormat(PLAIN)));
	t.deepEqual(
		events.map(({type}) => type),
		['started', 'warning', 'host-found', 'port', 'host', 'host', 'port', 'port', 'end'],
	);
	for (const event of events) {
		t.true(validate(event), JSON.stringify(validate.errors));
	}
});

test('the JSON document is valid by the schema, whatever came before its end', t => {
	const validate = strictValidator('json-1');
	const empty = jsonFormat(PLAIN);
	for (const text of [
		everything(jsonFormat(PLAIN)),
		empty.begin(head()) + empty.end(summary(), STARTED_AT, 'interrupted'),
	]) {
		t.true(validate(JSON.parse(text)), JSON.stringify(validate.errors));
	}
});

test('a host in JSON has all that is known of it', t => {
	const {results} = JSON.parse(everything(jsonFormat(PLAIN))) as {results: unknown[]};
	t.deepEqual(results[0], {
		address: '10.77.3.2',
		name: 'asked',
		reverseName: 'a"\u202E\n\0\\',
		otherAddresses: ['10.77.3.3'],
		mac: 'ce:81:0e:38:ed:30',
		vendor: 'maker of ce:81:0e:38:ed:30',
		status: 'up',
		reason: 'user-set',
		ttl: 0,
		incomplete: true,
		startedAt: '2026-11-22T12:53:20.000Z',
		endedAt: '2026-11-22T12:53:21.220Z',
		rtt: {smoothed: 46, variance: 2136, timeout: 100_000},
		probes: 95,
		discoveryProbes: 2,
		probesPerPort: 1.5,
		loss: 0.0213457,
		expectedMissed: 0.0001,
		ports: [
			{port: 22, protocol: 'tcp', state: 'open', reason: 'syn-ack', ttl: 64, service: 'ssh'},
			{
				port: 25,
				protocol: 'tcp',
				state: 'filtered',
				reason: 'host-unreach',
				ttl: 64,
				sender: '10.77.1.254',
				service: 'smtp',
			},
		],
		notShown: [{state: 'closed', reason: 'reset', count: 60, ports: '1000-1059'}],
	});
	t.deepEqual(results[2], {
		address: '10.77.3.2',
		status: 'up',
		endedAt: '2026-11-22T12:53:20.500Z',
		ports: [{port: 80, protocol: 'tcp', state: 'open', reason: 'syn-ack', ttl: 64, service: 'http'}],
		notShown: [],
	});
});

test('the end tells of loss, of probes for each port, and of what may be missing', t => {
	const end = parseLines(everything(ndjsonFormat(PLAIN))).at(-1)!;
	t.like(end, {outcome: 'failed', problem: 'no room', loss: 0.02, probesPerPort: 1.5, expectedMissed: 0});
});

test('the account of a sweep is part of the end', t => {
	const line = ndjsonFormat(PLAIN).end(summary({sweep: SWEEP, elapsed: micros(1)}), STARTED_AT);
	const validate = strictValidator('ndjson-1');
	t.true(validate(JSON.parse(line)), JSON.stringify(validate.errors));
	t.deepEqual((JSON.parse(line) as {sweep: unknown}).sweep, SWEEP);
});

test('warnings beyond a thousand are counted', t => {
	const format = jsonFormat(PLAIN);
	format.begin(head());
	for (let index = 0; index < 1005; index++) {
		format.warning?.(`number ${index}`);
	}

	const text = `{"results":[${format.end(summary(), STARTED_AT)}`;
	const {warnings, warningsLeftOut} = JSON.parse(text) as {warnings: string[]; warningsLeftOut: number};
	t.is(warnings.length, 1000);
	t.is(warningsLeftOut, 5);
});

test('what is invisible is written as an escape', t => {
	const text = everything(ndjsonFormat(PLAIN));
	t.true(text.includes(String.raw`"reverseName":"a\"\u202e\n\u0000\\"`));
});

test('both schemas describe what they share in the same way, and know every reason', t => {
	const [lines, document] = [readSchema('ndjson-1'), readSchema('json-1')].map(
		schema => schema['$defs'] as Record<string, Record<string, unknown>>,
	);
	for (const name of ['time', 'address', 'state', 'reason', 'port', 'hidden']) {
		t.deepEqual(lines[name], document[name], name);
	}

	t.deepEqual(lines['reason']['enum'], [...REASONS]);
	t.deepEqual(members(lines['report']), members(document['host']));
	t.deepEqual(members(lines['finish']), members(document['end']));
});

const members = (definition: Record<string, unknown>): string[] =>
	Object.keys(definition['properties'] as object).filter(name => name !== 'type');

test('how hosts are found is told in words', t => {
	const [started, , hostFound] = parseLines(everything(ndjsonFormat(PLAIN)));
	t.deepEqual(started['discovery'], {
		only: false,
		probes: ['echo', 'syn 443', 'protocol 2'],
		neighbours: true,
		ignoreResets: false,
	});
	t.is(hostFound['vendor'], 'maker of ce:81:0e:38:ed:30');
});
