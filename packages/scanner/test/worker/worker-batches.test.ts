import {readdirSync} from 'node:fs';
import {micros, ScanError, type ScanEvent} from '@halfopen/model';
import test from 'ava';
import {scan, type ScanOptions, type SimulatedNetwork} from '../../src/index.ts';

const NETWORK: SimulatedNetwork = {
	seed: 7,
	hosts: [
		{address: '192.0.2.1', ports: {'22': 'open', '23': 'silent'}},
		{address: '192.0.2.2', ports: {'80,443': 'open'}, otherPorts: 'silent'},
		{address: '192.0.2.3', path: {unreachable: 'no route'}},
	],
	link: {delay: micros(20_000), jitter: micros(5000), loss: {out: 0.05, back: 0.05}},
};

const OPTIONS: ScanOptions = {targets: [], ports: '1-500', simulate: NETWORK, seed: 42};

const eventsOf = async (options: Partial<ScanOptions>): Promise<ScanEvent[]> => {
	const events: ScanEvent[] = [];
	for await (const event of scan({...OPTIONS, ...options})) {
		events.push(event);
	}

	return events;
};

/** Events without the real time of day, and with tables as lists. */
const plain = (events: readonly ScanEvent[]): unknown[] =>
	events.map(event => {
		if (event.type === 'started') {
			return {...event, plan: {...event.plan, startedAt: 0}};
		}

		return event.type === 'host'
			? {...event.report, ports: [...event.report.ports], startedAt: 0, endedAt: 0}
			: event;
	});

/** Worker threads have an entry each, and so have the helpers of the process, whose number stays the same. */
const holdings = () => ({
	threads: readdirSync('/proc/self/task').length,
	descriptors: readdirSync('/proc/self/fd').length,
});

for (const decisions of [false, true]) {
	test.serial(
		`the events are those of a scan in the same thread${decisions ? ', decisions too' : ''}`,
		async t => {
			const here = await eventsOf({decisions});
			const there = await eventsOf({decisions, worker: true});
			t.deepEqual(plain(there), plain(here));
			t.true(there.length > 1000);
		},
	);
}

test.serial('nothing is left of the thread when the last event was taken', async t => {
	await eventsOf({worker: true});
	const before = holdings();
	await eventsOf({worker: true});
	t.deepEqual(holdings(), before);
});

test.serial('leaving the loop ends the thread', async t => {
	await eventsOf({worker: true});
	const before = holdings();
	for await (const event of scan({...OPTIONS, worker: true})) {
		if (event.type === 'port') {
			break;
		}
	}

	t.deepEqual(holdings(), before);
});

test.serial('an option that is wrong rejects the first step, with its code and option', async t => {
	const error = await t.throwsAsync(eventsOf({worker: true, ports: '70000'}), {instanceOf: ScanError});
	t.like(error, {
		code: 'ERR_HALFOPEN_PORT',
		option: 'ports',
		message: 'ports: expected a port between 0 and 65535, got `70000`',
		name: 'ScanError',
	});
});

test.serial('options that no thread can be given are refused', async t => {
	const simulate = {
		...NETWORK,
		hosts: [{...NETWORK.hosts[0], note: () => {}}],
	} as unknown as SimulatedNetwork;
	const error = await t.throwsAsync(eventsOf({worker: true, simulate}), {instanceOf: ScanError});
	t.is(error?.code, 'ERR_HALFOPEN_OPTION');
	t.regex(error?.message ?? '', /^worker: expected options that can be sent to a worker: /);
});

test.serial('a signal that has aborted before lets nothing be scanned', async t => {
	const events = await eventsOf({worker: true, signal: AbortSignal.abort()});
	t.deepEqual(
		events.map(({type}) => type),
		['warning', 'started', 'end'],
	);
});

test.serial('a signal ends a scan on its way', async t => {
	const controller = new AbortController();
	const types: string[] = [];
	for await (const batch of scan({
		...OPTIONS,
		ports: '1-65535',
		worker: true,
		signal: controller.signal,
	}).batches()) {
		types.push(...batch.map(({type}) => type));
		controller.abort();
	}

	t.is(types.at(-1), 'end');
	t.true(types.length < 65_535);
});

test.serial('progress is told, and a rate can be set before it begins', async t => {
	const running = scan({...OPTIONS, targets: '192.0.2.1', worker: true});
	t.is(running.progress().portsTotal, 0);
	running.setRate(10);
	let elapsed = 0;
	for await (const event of running) {
		elapsed = event.type === 'end' ? event.summary.elapsed : elapsed;
	}

	t.is(running.progress().portsDone, 500);
	t.true(elapsed > 49_000_000, `${elapsed}`);
});

test('a rate that is none is refused at once', t => {
	t.throws(() => scan({...OPTIONS, worker: true}).setRate(0), {
		code: 'ERR_HALFOPEN_OPTION',
		message: 'Expected a rate above 0, got `0`',
	});
});
