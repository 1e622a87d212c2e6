import {formatAddress, micros, type ScanEvent, SECOND} from '@halfopen/model';
import test from 'ava';
import {scan, type ScanOptions, type SimulatedNetwork} from '../src/index.ts';

const NETWORK: SimulatedNetwork = {
	seed: 3,
	hosts: Array.from({length: 20}, (_, index) => ({
		address: `192.0.2.${index + 1}`,
		ports: {'22': 'open', '80': index % 2 === 0 ? 'open' : 'silent'} as const,
	})),
	link: {delay: micros(10_000), loss: {out: 0.02, back: 0.02}},
};

const OPTIONS: ScanOptions = {targets: [], ports: '1-100', simulate: NETWORK, seed: 42, order: 'random'};

const eventsOf = async (options: Partial<ScanOptions>): Promise<ScanEvent[]> => {
	const events: ScanEvent[] = [];
	for await (const batch of scan({...OPTIONS, ...options}).batches()) {
		events.push(...batch);
	}

	return events;
};

/** `192.0.2.1:22 open` for each port that has an event. */
const told = (events: readonly ScanEvent[]): string[] =>
	events.flatMap(event =>
		event.type === 'port'
			? [`${formatAddress(event.address)}:${event.result.port} ${event.result.state}`]
			: [],
	);

/** The same from the reports. */
const reported = (events: readonly ScanEvent[]): string[] =>
	events.flatMap(event =>
		event.type === 'host'
			? [...event.report.ports].map(
					({port, state}) => `${formatAddress(event.report.address)}:${port} ${state}`,
				)
			: [],
	);

test('a sweep finds what a scan host by host finds', async t => {
	const byHost = await eventsOf({order: 'host'});
	const swept = await eventsOf({});
	t.deepEqual(reported(swept).sort(), reported(byHost).sort());
	t.deepEqual(told(swept).sort(), reported(swept).sort());
	t.is(reported(swept).length, 2000);
});

test('with a stream of results there are no reports, and the same ports', async t => {
	const events = await eventsOf({results: 'stream'});
	t.deepEqual(reported(events), []);
	t.deepEqual(told(events).sort(), told(await eventsOf({})).sort());
});

test('the plan and the summary have the account of the sweep', async t => {
	const events = await eventsOf({});
	const [plan] = events.flatMap(event => (event.type === 'started' ? [event.plan] : []));
	const [summary] = events.flatMap(event => (event.type === 'end' ? [event.summary] : []));
	t.like(plan.sweep, {positions: 2000, results: 'table'});
	t.like(summary.sweep, {positions: 2000, open: 30, closed: 1960, silent: 10, unfinished: 0});
});

test('shards ask everything together, and nothing twice', async t => {
	const parts = await Promise.all(
		[1, 2, 3].map(async index => told(await eventsOf({shard: {index, count: 3}, results: 'stream'}))),
	);
	t.true(parts.every(({length}) => length === 666 || length === 667));
	t.deepEqual(parts.flat().sort(), told(await eventsOf({results: 'stream'})).sort());
});

const toldWith = async (seed: number): Promise<string[]> => told(await eventsOf({seed, maxRate: 100}));

test('the same seed is the same order, another seed is another', async t => {
	const first = await toldWith(1);
	t.deepEqual(await toldWith(1), first);
	t.notDeepEqual(await toldWith(2), first);
});

test('in ascending order addresses are asked one after the other', async t => {
	const options = {
		sequential: true,
		maxRate: 50,
		simulate: {...NETWORK, link: {}},
		ports: '1-10',
		exclude: '192.0.2.5-20',
	};
	const addresses = told(await eventsOf(options)).map(text => text.split(':')[0]);
	t.deepEqual(addresses, [...addresses].sort());
});

test('nothing is told of an address that is excluded', async t => {
	const events = await eventsOf({exclude: '192.0.2.0/28'});
	t.true(told(events).every(text => /^192\.0\.2\.(?:1[6-9]|20):/.test(text)));
	t.is(told(events).length, 500);
});

for (const order of ['host', 'random'] as const) {
	test(`no host is asked faster than it may be, order ${order}`, async t => {
		const targets = '192.0.2.1';
		const events = await eventsOf({order, targets, maxHostRate: 10, ports: '1-30'});
		const end = events.at(-1)!;
		t.true(end.type === 'end' && end.summary.elapsed > 2.9 * SECOND);
	});
}

for (const worker of [false, true]) {
	test(`pairs are asked and nothing else, but those that are excluded${worker ? ', in a worker too' : ''}`, async t => {
		const events: ScanEvent[] = [];
		const {ports: _, ...options} = OPTIONS;
		const pairs = new Set([
			'192.0.2.1:22',
			'192.0.2.3:9',
			'192.0.2.2:22',
			'192.0.2.1:80',
			'[2001:db8::1]:22',
		]);
		for await (const event of scan({...options, pairs, exclude: '192.0.2.2', worker})) {
			events.push(event);
		}

		const expected = ['192.0.2.1:22 open', '192.0.2.1:80 open', '192.0.2.3:9 closed'];
		t.deepEqual(told(events).sort(), expected);
		t.deepEqual(reported(events).sort(), expected);
		t.true(
			events.some(
				event =>
					event.type === 'warning' &&
					event.message ===
						'1 of the pairs are of the other version of IP; -6 (family 6) scans IPv6, and nothing else',
			),
		);
		const [plan] = events.flatMap(event => (event.type === 'started' ? [event.plan] : []));
		t.like(plan, {hostsTotal: 2, ports: Uint16Array.of(9, 22, 80)});
	});
}

test('a pair that is none is an error', async t => {
	const {ports: _, ...options} = OPTIONS;
	const events = scan({...options, pairs: ['192.0.2.1']})[Symbol.asyncIterator]();
	await t.throwsAsync(async () => events.next(), {code: 'ERR_HALFOPEN_TARGET'});
});

test('many hosts that are not asked first are swept, and it is said', async t => {
	const {order: _, ...options} = OPTIONS;
	const messages: string[] = [];
	for await (const event of scan({
		...options,
		targets: '192.0.0.0/19',
		ports: '22',
		minRate: 1_000_000,
		maxRetries: 0,
		discovery: false,
	})) {
		if (event.type === 'warning') {
			messages.push(event.message);
		}

		if (event.type === 'started') {
			t.is(event.plan.sweep?.results, 'table');
			break;
		}
	}

	t.regex(messages[0], /^Sweeping 8192 hosts: /);
});

test('an option that contradicts another is refused before anything is looked up', async t => {
	await t.throwsAsync(
		eventsOf({targets: 'no-such-name.invalid', order: 'host', shard: {index: 1, count: 2}}),
		{
			code: 'ERR_HALFOPEN_OPTION',
		},
	);
});

test('a shard that there is not is refused', async t => {
	await t.throwsAsync(eventsOf({shard: {index: 3, count: 2}}), {
		code: 'ERR_HALFOPEN_OPTION',
		message: 'shard: expected a shard between 1 and 2, got `3`',
	});
});
