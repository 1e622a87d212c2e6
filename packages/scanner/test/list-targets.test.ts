import test from 'ava';
import {formatAddress, type ScanEvent} from '@halfopen/model';
import {listTargets} from '../src/list-targets.ts';
import type {ScanOptions} from '../src/scan-options.ts';

const eventsOf = async (options: ScanOptions): Promise<ScanEvent[]> => {
	const events: ScanEvent[] = [];
	for await (const event of listTargets(options)) {
		events.push(event);
	}

	return events;
};

test('every target is listed in order, and nobody is said to be up or down', async t => {
	const events = await eventsOf({targets: ['192.0.2.0/23', '198.51.100.7'], exclude: '192.0.2.1'});
	const reports = events.flatMap(event => (event.type === 'host' ? [event.report] : []));
	t.is(reports.length, 512);
	t.deepEqual(
		[0, 1, 510, 511].map(index => formatAddress(reports[index].address)),
		['192.0.2.0', '192.0.2.2', '192.0.3.255', '198.51.100.7'],
	);
	t.true(reports.every(({status, ports}) => status === 'unknown' && ports.length === 0));
	const last = events.at(-1);
	t.like(last, {type: 'end', summary: {hostsTotal: 512, hostsUp: 0, hostsDown: 0, probesSent: 0}});
});

const nameOfLoopback = async (reverseNames: 'up' | 'never'): Promise<string | undefined> => {
	const [first] = await eventsOf({targets: '127.0.0.1', reverseNames, systemDns: true});
	return first.type === 'host' ? first.report.reverseName : undefined;
};

test('names are looked up unless they are not wanted', async t => {
	t.not(await nameOfLoopback('up'), undefined);
	t.is(await nameOfLoopback('never'), undefined);
});

test('what is wrong is told, and the others are listed', async t => {
	const events = await eventsOf({targets: ['192.0.2.300', '192.0.2.7']});
	t.deepEqual(
		events.map(({type}) => type),
		['warning', 'host', 'end'],
	);
});

test('a list can be ended early', async t => {
	const signal = AbortSignal.abort();
	const events = await eventsOf({targets: '10.0.0.0/8', signal});
	t.deepEqual(
		events.map(({type}) => type),
		['end'],
	);
});
