// What is known of hosts when a scan is ended before they are done.
import {runScan, triesFor} from '@halfopen/engine';
import {type HostReport, MILLISECOND, micros, PROBE_KIND, type ScanEvent} from '@halfopen/model';
import {openSimulatedTransport} from '@halfopen/simulator';
import {buildTargetSet, parseTarget, portOrder} from '@halfopen/targets';
import {timingParameters} from '@halfopen/timing';
import test from 'ava';
import {hosts, numbers} from './networks.ts';

const PORTS = Uint16Array.from(numbers(100));

/** Events of a scan of one host that is ended at the first event of this type. */
const eventsUntil = async (type: ScanEvent['type']): Promise<ScanEvent[]> => {
	const timing = timingParameters(3, {initialRttTimeout: micros(200 * MILLISECOND)});
	const transport = openSimulatedTransport(
		{
			seed: 1,
			hosts: [{address: '10.0.0.1', ports: {'1-50': 'silent'}}],
			link: {delay: micros(10 * MILLISECOND)},
		},
		{tries: triesFor(timing)},
	);
	const spec = parseTarget('10.0.0.1');
	const end = new AbortController();
	const running = runScan(
		{
			transport,
			targets: buildTargetSet(spec.kind === 'name' ? [] : [spec.block]),
			ports: PORTS,
			order: portOrder(PORTS, {seed: 1n, sequential: false, first: []}),
			picked: 0,
			timing,
			portEvents: 'all',
			decisions: false,
			timeOfDay: at => at / MILLISECOND,
		},
		end.signal,
	);
	const events: ScanEvent[] = [];
	for await (const batch of running.batches) {
		events.push(...batch);
		if (batch.some(event => event.type === type)) {
			end.abort();
		}
	}

	await transport.close();
	return events;
};

test('a host that was begun is reported with what it told, and marked as incomplete', async t => {
	const events = await eventsUntil('port');
	const [report] = events.flatMap(event => (event.type === 'host' ? [event.report] : []));
	t.true(report.isIncomplete);
	t.is(report.ports.length, 100);
	const told = events.filter(event => event.type === 'port').length;
	t.true(told > 0);
	t.is(report.ports.count('closed'), told);
	t.is(report.ports.count('unknown'), 100 - told);
	t.is(events.at(-1)?.type, 'end');
});

test('a host that was begun and told nothing is reported all the same', async t => {
	const events = await eventsUntil('host-started');
	t.deepEqual(
		events.map(({type}) => type),
		['host-started', 'host', 'end'],
	);
});

/** Events of a scan in which hosts are found first, ended when so many were found. */
const eventsAfter = async (found: number, only: boolean): Promise<ScanEvent[]> => {
	const timing = timingParameters(3);
	const transport = openSimulatedTransport(
		{seed: 1, hosts: hosts(8), link: {delay: micros(10 * MILLISECOND)}},
		{tries: triesFor(timing)},
	);
	const spec = parseTarget('10.0.0.0/28');
	const ports = only ? new Uint16Array(0) : PORTS;
	const end = new AbortController();
	const running = runScan(
		{
			transport,
			targets: buildTargetSet(spec.kind === 'name' ? [] : [spec.block]),
			ports,
			order: portOrder(ports, {seed: 1n, sequential: false, first: []}),
			picked: 0,
			timing,
			discovery: {
				probes: [{kind: PROBE_KIND.echo, port: 0}],
				neighbours: true,
				ignoreResets: false,
				only,
			},
			maxHostGroup: 2,
			portEvents: 'all',
			decisions: false,
			timeOfDay: at => at / MILLISECOND,
		},
		end.signal,
	);
	const events: ScanEvent[] = [];
	for await (const batch of running.batches) {
		events.push(...batch);
		if (events.filter(({type}) => type === 'host-found').length >= found) {
			end.abort();
		}
	}

	await transport.close();
	return events;
};

const reportsAfter = async (found: number, only: boolean): Promise<HostReport[]> =>
	(await eventsAfter(found, only)).flatMap(event => (event.type === 'host' ? [event.report] : []));

test('hosts that were found and wait to be scanned are reported as up, with ports that are unknown', async t => {
	const reports = await reportsAfter(8, false);
	t.is(reports.length, 8);
	t.true(reports.every(({status, isIncomplete}) => status === 'up' && isIncomplete));
	const waited = reports.filter(({ports}) => ports.count('unknown') === 100);
	t.true(waited.length >= 6, `${waited.length}`);
	t.true(waited.every(({reason, times}) => reason === 'echo-reply' && times !== undefined));
});

test('nothing is said of targets that were not decided', async t => {
	const reports = await reportsAfter(1, true);
	t.true(reports.length >= 1 && reports.length <= 8);
	t.true(reports.every(({status, isIncomplete}) => status === 'up' && isIncomplete === undefined));
});

for (const found of numbers(9, 0)) {
	test(`no more probes looked for hosts than left, when the scan is ended at ${found} hosts`, async t => {
		const end = (await eventsAfter(found, false)).at(-1);
		const {probesSent = 0, discovery} = end?.type === 'end' ? end.summary : {};
		t.true((discovery?.probesSent ?? 0) > 0 || found === 0);
		t.true((discovery?.probesSent ?? 0) <= probesSent, `${discovery?.probesSent} of ${probesSent}`);
	});
}
