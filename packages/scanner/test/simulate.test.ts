import {formatAddress, micros, type ScanEvent, SECOND} from '@halfopen/model';
import test from 'ava';
import {scan, type ScanOptions, type SimulatedNetwork} from '../src/index.ts';

const NETWORK: SimulatedNetwork = {
	seed: 1,
	hosts: [
		{address: '192.0.2.1', ports: {'22': 'open', '23': 'silent'}},
		{address: '192.0.2.2', path: {unreachable: 'no route'}},
	],
	link: {delay: micros(20_000)},
};

const eventsOf = async (options: Partial<ScanOptions>): Promise<ScanEvent[]> =>
	allOf(scan({targets: [], ports: [22, 23, 80], simulate: NETWORK, ...options}));

const allOf = async (events: AsyncIterable<ScanEvent>): Promise<ScanEvent[]> => {
	const all: ScanEvent[] = [];
	for await (const event of events) {
		all.push(event);
	}

	return all;
};

const reportsOf = (events: readonly ScanEvent[]) =>
	events.flatMap(event => (event.type === 'host' ? [event.report] : []));

test('without targets every host of the network is scanned', async t => {
	const [down, up] = reportsOf(await eventsOf({}));
	t.is(down.problem, 'no route');
	t.deepEqual(
		[...up.ports].map(({port, state}) => [port, state]),
		[
			[22, 'open'],
			[23, 'filtered'],
			[80, 'closed'],
		],
	);
});

test('over IPv6 its hosts are those with IPv6 addresses', async t => {
	const hosts = [{address: '192.0.2.1'}, {address: '2001:db8::1', ports: {'22': 'open'}}] as const;
	for (const order of ['host', 'random'] as const) {
		const reports = reportsOf(await eventsOf({simulate: {...NETWORK, hosts}, family: 6, order}));
		t.deepEqual(
			reports.map(({address, ports}) => [formatAddress(address), ports.count('open')]),
			[['2001:db8::1', 1]],
		);
	}
});

for (const order of ['host', 'random'] as const) {
	for (const worker of [false, true]) {
		test(`what is told can be changed, in ${order} order ${worker ? 'in a thread of its own' : 'here'}`, async t => {
			const running = scan({
				targets: '192.0.2.1',
				ports: [22, 23],
				simulate: NETWORK,
				order,
				worker,
				portEvents: 'open',
			});
			running.tell({decisions: true});
			running.tell({portEvents: 'all'});
			const events = await allOf(running);
			t.true(events.some(({type}) => type === 'decision'));
			t.is(events.filter(({type}) => type === 'port').length, 2);
		});
	}

	test(`decisions begin and end while a scan runs in ${order} order`, async t => {
		const running = scan({targets: '192.0.2.1', ports: [22, 23], simulate: NETWORK, order});
		const decided: string[] = [];
		for await (const event of running) {
			if (event.type === 'port') {
				running.tell({decisions: event.result.port === 22});
			} else if (event.type === 'decision') {
				const {what, attempt} = event.decision;
				decided.push(attempt === 0 ? `first ${what}` : what);
			}
		}

		t.false(decided.includes('first reply-matched')); // Port 22 had its answer before
		t.true(decided.includes('tries-exhausted') || decided.includes('first probe-timed-out'));
	});
}

test('targets that are given are those that are scanned', async t => {
	const reports = reportsOf(await eventsOf({targets: '192.0.2.1', exclude: '192.0.2.9'}));
	t.deepEqual(
		reports.map(({address}) => address.value),
		[0xc0_00_02_01],
	);
});

test('it is said that the network is simulated, and what has no effect there', async t => {
	const events = await eventsOf({trace: true, sourcePort: 53});
	t.deepEqual(
		events.flatMap(event => (event.type === 'warning' ? [event.message] : [])),
		[
			'The network is simulated: nothing is sent, and times are those of the simulation',
			'`sourcePort` has no effect in a simulated network',
			'`trace` has no effect in a simulated network',
		],
	);
});

test('times are those of the simulation', async t => {
	const events = await eventsOf({targets: '192.0.2.1', scanDelay: micros(100 * SECOND)});
	const end = events.at(-1)!;
	t.true(end.type === 'end' && end.summary.elapsed > 200 * SECOND);
});

test('no address is looked up', async t => {
	const [report] = reportsOf(await eventsOf({targets: '192.0.2.1', reverseNames: 'all'}));
	t.is(report.reverseName, undefined);
});

for (const options of [{scanType: 'connect'}, {send: 'connect'}] as const) {
	test(`${JSON.stringify(options)} is refused`, async t => {
		await t.throwsAsync(eventsOf(options), {
			code: 'ERR_HALFOPEN_OPTION',
			message: `${Object.keys(options)[0]}: expected a SYN scan of a simulated network, got \`connect\``,
		});
	});
}

test('a network that is not described as it should be is refused', async t => {
	await t.throwsAsync(eventsOf({simulate: {seed: 1} as unknown as SimulatedNetwork}), {
		code: 'ERR_HALFOPEN_OPTION',
		message: 'simulate: expected hosts to be a list, got nothing',
	});
});
