// Sweeps of simulated networks: what they find, what they account for, and what they never do.
import {type AddressKey, formatAddressKey, MILLISECOND, type ScanSummary, SECOND} from '@halfopen/model';
import type {PortBehaviour, SimulatedHost, SimulatedNetwork} from '@halfopen/simulator';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {behaviour, chance, duration} from './arbitraries.ts';
import {hosts, milliseconds, numbers, stateOf} from './networks.ts';
import {countStates, simulateSweep, type SimulatedSweep, type SimulatedSweepRun} from './simulate-sweep.ts';

const SEED = 42;

const MAX_RETRIES = 3;

/** Five open ports, and silent ones: of ports 1 to 10. */
const HALF_SILENT: Pick<SimulatedHost, 'ports'> = {ports: {'1-5': 'open', '6-10': 'silent'}};

const LOSS = {out: 0.05, back: 0.05};

/** Ports of reports that are not what the host does there; hosts are described alike. */
const wrongStates = ({reports}: SimulatedSweepRun, truth: (port: number) => PortBehaviour): string[] =>
	reports.flatMap(({address, ports}) =>
		[...ports]
			.filter(({port, state}) => state !== stateOf(truth(port)))
			.map(({port, state}) => `${formatAddressKey(address.value)} ${port} ${state}`),
	);

const halfSilent = (port: number): PortBehaviour => (port <= 5 ? 'open' : port <= 10 ? 'silent' : 'closed');

/** Asserts that the account is complete, and agrees with the reports. */
const isComplete = (t: ExecutionContext, {totals, reports}: SimulatedSweepRun): void => {
	const {positions, open, closed, rejected, silent, unreachable, unfinished} = totals;
	t.is(open + closed + rejected + silent + unreachable + unfinished, positions);
	t.like(countStates(reports), {open, closed, filtered: rejected + silent});
};

const findsAll = test.macro<[string, SimulatedSweep, (port: number) => PortBehaviour]>({
	title: (_, what) => `every state is right ${what}`,
	exec: async (t, _, scan, truth) => {
		const run = await simulateSweep(scan);
		t.deepEqual(wrongStates(run, truth), []);
		t.is(run.totals.unfinished, 0);
		isComplete(t, run);
	},
});

test(
	findsAll,
	'without loss, in as many probes as there are ports and one more for each silent one',
	{network: {seed: 1, hosts: hosts(500, HALF_SILENT), link: {delay: milliseconds(10)}}, ports: numbers(20)},
	halfSilent,
);

test(
	findsAll,
	'where a tenth of the tries is lost',
	{
		network: {seed: 1, hosts: hosts(3000, HALF_SILENT), link: {delay: milliseconds(10), loss: LOSS}},
		ports: numbers(10),
	},
	halfSilent,
);

test(
	findsAll,
	'where packets arrive twice and out of order',
	{
		network: {
			seed: 1,
			hosts: hosts(500, HALF_SILENT),
			link: {delay: milliseconds(10), duplicate: 0.3, reorder: 0.3},
		},
		ports: numbers(10),
	},
	halfSilent,
);

test(
	findsAll,
	'behind a narrow line',
	{
		network: {
			seed: 1,
			hosts: hosts(400, HALF_SILENT),
			link: {delay: milliseconds(10)},
			bottleneck: {packetsPerSecond: 2000, queue: 200},
		},
		ports: numbers(10),
	},
	halfSilent,
);

test(
	findsAll,
	'where hosts are near and far',
	{
		network: {
			seed: 1,
			hosts: hosts(1000).map((host, index) => ({
				...host,
				...HALF_SILENT,
				link: {delay: milliseconds(2 + 20 * (index % 10)), loss: {out: 0.02}},
			})),
		},
		ports: numbers(10),
	},
	halfSilent,
);

test(
	findsAll,
	'where a few hosts are much farther away than the others',
	{
		network: {
			seed: 1,
			hosts: hosts(600).map((host, index) => ({
				...host,
				...HALF_SILENT,
				link: {delay: milliseconds(index % 20 === 0 ? 250 : 5), loss: {out: 0.02, back: 0.02}},
			})),
		},
		ports: numbers(10),
	},
	halfSilent,
);

test('of hosts that limit their RSTs next to no port is missed', async t => {
	const run = await simulateSweep({
		network: {seed: 1, hosts: hosts(200, {rstLimit: {perSecond: 100}}), link: {delay: milliseconds(10)}},
		ports: numbers(50),
	});
	t.true(run.totals.silent <= 5, `${run.totals.silent}`);
	isComplete(t, run);
});

test('IPv6 addresses are swept like others, beside them', async t => {
	const run = await simulateSweep({
		network: {
			seed: 3,
			hosts: [...hosts(20), {address: '2001:db8::7'}, {address: '2001:db8::ff'}].map(({address}) => ({
				address,
				...HALF_SILENT,
			})),
			link: {delay: milliseconds(10), loss: LOSS},
		},
		targets: ['10.0.0.0/27', '2001:db8::/120'],
		ports: numbers(10),
	});
	t.like(run.totals, {positions: 10 * (32 + 256), open: 5 * 22, silent: 10 * (32 + 256) - 5 * 22});
	t.deepEqual(
		run.reports.filter(({ports}) => ports.count('open') > 0).map(({address}) => address.family),
		[...Array.from({length: 20}, () => 4), 6, 6],
	);
	isComplete(t, run);
});

test('few hosts that answer are found in wide dead space', async t => {
	const run = await simulateSweep({
		network: {seed: 3, hosts: hosts(40, HALF_SILENT), link: {delay: milliseconds(20), loss: LOSS}},
		targets: ['10.0.0.0/19'],
		ports: numbers(4),
	});
	t.is(run.totals.open, 160);
	t.is(run.totals.silent, 4 * (2 ** 13 - 40));
	t.is(run.reports.length, 2 ** 13);
	isComplete(t, run);
});

test('where nothing answers at all, every port is asked twice and called filtered', async t => {
	const run = await simulateSweep({
		network: {seed: 3, hosts: []},
		targets: ['10.0.0.0/22'],
		ports: [80, 443],
	});
	t.like(run.totals, {open: 0, closed: 0, silent: 2048});
	t.is(run.probes.length, 4096);
});

test('who rejects is reported with the reason and the sender', async t => {
	const {reports, totals} = await simulateSweep({
		network: {
			seed: 3,
			hosts: hosts(3, {
				ports: {'1': 'open', '2': 'split-handshake'},
				otherPorts: {type: 3, code: 13, from: '10.9.9.9'},
			}),
		},
		ports: [1, 2, 3],
	});
	t.like(totals, {open: 6, rejected: 3});
	t.deepEqual(
		[...reports[0].ports],
		[
			{port: 1, state: 'open', reason: 'syn-ack', ttl: 0},
			{port: 2, state: 'open', reason: 'split-handshake-syn', ttl: 64},
			{
				port: 3,
				state: 'filtered',
				reason: 'admin-prohibited',
				ttl: 64,
				sender: {family: 4, value: 0x0a_09_09_09},
			},
		],
	);
});

test('hosts to which no path leads are not asked, and reported as down with the reason', async t => {
	const run = await simulateSweep({
		network: {
			seed: 3,
			hosts: hosts(300).map((host, index) => ({
				...host,
				...HALF_SILENT,
				path:
					index % 3 === 0
						? {resolvingFor: milliseconds(3000), unreachable: 'no answer to ARP'}
						: {resolvingFor: milliseconds(1)},
			})),
		},
		ports: numbers(10),
	});
	const down = run.reports.filter(({status}) => status === 'down');
	t.is(down.length, 100);
	t.true(down.every(({problem, ports}) => problem === 'no answer to ARP' && ports.length === 0));
	t.like(run.summary, {hostsUp: 200, hostsDown: 100});
	t.is(run.totals.unreachable, 1000);
	const isDown = new Set<AddressKey>(down.map(({address}) => address.value));
	t.false(run.probes.some(({target}) => isDown.has(target)));
	isComplete(t, run);
});

test('probes to one host keep their distance, canaries included', async t => {
	const {probes, totals} = await simulateSweep({
		network: {seed: 3, hosts: hosts(20, HALF_SILENT), link: {delay: milliseconds(10), loss: LOSS}},
		ports: numbers(40),
		sweep: {maxHostRate: 50},
	});
	t.is(totals.open, 100);
	const last = new Map<AddressKey, number>();
	let least = Infinity;
	for (const {target, at} of probes) {
		least = Math.min(least, at - (last.get(target) ?? -Infinity));
		last.set(target, at);
	}

	t.true(least >= SECOND / 50 - 2 * MILLISECOND, `${least}`); // The sender smooths what is written ahead
});

test('probes in a row go to different networks, as chance has it', async t => {
	const {probes} = await simulateSweep({
		network: {seed: 5, hosts: []},
		targets: ['10.0.0.0/18'],
		ports: [80],
		timing: {maxRetries: 0},
	});
	const networks = probes.map(({target}) => Number(target) >>> 8);
	const together = networks.filter((network, index) => index > 0 && network === networks[index - 1]).length;
	t.is(probes.length, 2 ** 14);
	t.true(together < 2 * (2 ** 14 / 64), `${together}`); // 64 networks: a 64th of all pairs by chance
});

test('results that are streamed have an event for each open port, once, and no reports', async t => {
	const {events, reports, totals} = await simulateSweep({
		network: {
			seed: 3,
			hosts: hosts(200, HALF_SILENT),
			link: {delay: milliseconds(10), duplicate: 0.5, loss: LOSS},
		},
		ports: numbers(10),
		sweep: {results: 'stream'},
	});
	const places = events.flatMap(event =>
		event.type === 'port' ? [`${event.address.value} ${event.result.port} ${event.result.state}`] : [],
	);
	t.is(places.length, 1000);
	t.is(new Set(places).size, 1000);
	t.is(reports.length, 0);
	t.like(totals, {open: 1000, silent: 1000});
});

test('with all ports told, each has its event, silent ones too', async t => {
	const {events} = await simulateSweep({
		network: {seed: 3, hosts: hosts(20, HALF_SILENT), link: {delay: milliseconds(10)}},
		ports: numbers(12),
		sweep: {results: 'stream', portEvents: 'all'},
	});
	const states = events.flatMap(event => (event.type === 'port' ? [event.result.state] : []));
	t.is(states.filter(state => state === 'open').length, 100);
	t.is(states.filter(state => state === 'filtered').length, 100);
	t.is(states.filter(state => state === 'closed').length, 40);
});

test('a sweep that is ended early reports what is known, and says what is not', async t => {
	const run = await simulateSweep({
		network: {seed: 3, hosts: hosts(200, HALF_SILENT), link: {delay: milliseconds(10)}},
		ports: numbers(10),
		earlyEnd: {batches: 5},
	});
	const {positions, unfinished} = run.totals;
	t.true(unfinished > 0 && unfinished < positions);
	t.is(run.reports.length, 200);
	t.is(countStates(run.reports).unknown, unfinished);
	t.true(run.reports.some(({isIncomplete}) => isIncomplete === true));
	isComplete(t, run);
});

test('an excluded address that is among the targets all the same stops the sweep before it is asked', async t => {
	const network: SimulatedNetwork = {seed: 3, hosts: hosts(20)};
	const excluded = 0x0a_00_00_07;
	await t.throwsAsync(
		async () => simulateSweep({network, ports: [80], sweep: {isExcluded: key => key === excluded}}),
		{message: 'Expected no excluded address among the targets, got 10.0.0.7'},
	);
});

test('the window tells how it grew, and what it follows from', async t => {
	const {events, totals} = await simulateSweep({
		network: {seed: 3, hosts: []},
		targets: ['10.0.0.0/18'],
		ports: [80],
		sweep: {decisions: true},
		timing: {minRate: 100_000},
	});
	const grown = events.filter(event => event.type === 'window');
	t.deepEqual(
		grown.map(({positions}) => positions),
		[4096, 8192, 16_384],
	);
	t.true(totals.widestWindow <= 16_384);
});

/** Dead space first, and lossy hosts after it: of the loss nothing is known before the end. */
const lossyLate = async (results: 'table' | 'stream'): Promise<SimulatedSweepRun> =>
	simulateSweep({
		network: {
			seed: 3,
			hosts: numbers(1000, 0x0a_00_10_00).map(value => ({
				address: formatAddressKey(value),
				ports: {'1': 'open'},
				otherPorts: 'silent',
			})),
			link: {delay: milliseconds(10), loss: {out: 0.15, back: 0.15}},
		},
		targets: ['10.0.0.0/19'],
		ports: [1, 2],
		sequential: true,
		timing: {maxRate: 4000, initialRttTimeout: milliseconds(200)},
		sweep: {results},
	});

test('when the loss shows late, what was silent before is asked again, with tries of its own', async t => {
	const run = await lossyLate('table');
	const tries = new Map<number, number[]>();
	for (const {target, port, attempt} of run.probes) {
		if (Number(target) < 0x0a_00_10_00 && attempt <= 10) {
			const place = Number(target) * 4 + port;
			tries.set(place, [...(tries.get(place) ?? []), attempt]);
		}
	}

	const counts = [...tries.values()].map(({length}) => length);
	t.is(counts.length, 2 * 2 ** 12);
	t.true(Math.min(...counts) >= 6, `${Math.min(...counts)}`);
	t.true([...tries.values()].every(attempts => attempts.every((attempt, index) => attempt === index)));
	t.is(run.totals.open, 1000);
	t.true(run.summary.expectedMissed < 0.1, `${run.summary.expectedMissed}`);
	isComplete(t, run);
});

test('a sweep that keeps no states cannot ask again, and says what it may have missed', async t => {
	const {summary} = await lossyLate('stream');
	t.true(summary.expectedMissed > 5, `${summary.expectedMissed}`);
});

// What holds of every sweep

const networks: fc.Arbitrary<SimulatedNetwork> = fc
	.record({
		seed: fc.integer({min: 1, max: 1_000_000}),
		link: fc.record({
			delay: duration(150 * MILLISECOND),
			jitter: duration(30 * MILLISECOND),
			loss: fc.record({out: chance(0.3), back: chance(0.3)}),
			duplicate: chance(0.2),
			reorder: chance(0.2),
		}),
		described: fc.array(fc.record({first: behaviour, otherPorts: behaviour, isReachable: fc.boolean()}), {
			minLength: 1,
			maxLength: 12,
		}),
	})
	.map(({described, ...network}) => ({
		...network,
		hosts: hosts(described.length).map(({address}, index) => {
			const {first, otherPorts, isReachable} = described[index];
			return {
				address,
				ports: {'1-10': first},
				otherPorts,
				...(!isReachable && {path: {resolvingFor: milliseconds(20), unreachable: 'no route'}}),
			};
		}),
	}));

const sweeps: fc.Arbitrary<SimulatedSweep> = fc.record({
	network: networks,
	ports: fc.integer({min: 1, max: 40}).map(count => numbers(count)),
	timing: fc.record({maxRetries: fc.integer({min: 0, max: MAX_RETRIES})}),
	sequential: fc.boolean(),
	sweep: fc.record({results: fc.constantFrom('table', 'stream')}),
});

const always = async <Drawn>(
	t: ExecutionContext,
	drawn: fc.Arbitrary<Drawn>,
	holds: (drawn: Drawn) => Promise<boolean>,
	numRuns = 40,
): Promise<void> => {
	await t.notThrowsAsync(async () => fc.assert(fc.asyncProperty(drawn, holds), {numRuns, seed: SEED}));
};

/** Names a port of a host. */
const placeOf = (target: AddressKey, port: number): string => `${target} ${port}`;

const isSum = ({totals}: SimulatedSweepRun): boolean => {
	const {positions, open, closed, rejected, silent, unreachable, unfinished} = totals;
	const parts = [open, closed, rejected, silent, unreachable, unfinished];
	return parts.every(part => part >= 0) && parts.reduce((sum, part) => sum + part, 0) === positions;
};

test('every position ends exactly once', async t => {
	await always(t, sweeps, async sweep => {
		const run = await simulateSweep(sweep);
		const {open, closed, rejected, silent, unreachable, unfinished} = run.totals;
		const reported = countStates(run.reports);
		const down = run.reports.filter(({status}) => status === 'down').length;
		return (
			isSum(run) &&
			unfinished === 0 &&
			(sweep.sweep?.results === 'stream' ||
				(reported.open === open &&
					reported.closed === closed &&
					reported.filtered === rejected + silent &&
					down * sweep.ports.length === unreachable))
		);
	});
});

test('no port is asked more often than allowed, and none that has no path', async t => {
	await always(t, sweeps, async sweep => {
		const maxRetries = sweep.timing?.maxRetries ?? 0;
		const {probes, totals} = await simulateSweep(sweep);
		const tries = new Map<string, Set<number>>();
		for (const {target, port, attempt} of probes.filter(probe => probe.attempt <= maxRetries)) {
			const place = placeOf(target, port);
			const seen = tries.get(place) ?? new Set();
			if (seen.has(attempt)) {
				return false; // The same try twice
			}

			tries.set(place, seen.add(attempt));
		}

		return tries.size === totals.positions - totals.unreachable;
	});
});

test('no port has two events of the same state', async t => {
	await always(t, sweeps, async sweep => {
		const {events} = await simulateSweep({...sweep, sweep: {...sweep.sweep, portEvents: 'all'}});
		const told = events.flatMap(event =>
			event.type === 'port'
				? [`${placeOf(event.address.value, event.result.port)} ${event.result.state} ${event.result.reason}`]
				: [],
		);
		return new Set(told).size === told.length;
	});
});

test('the same seed makes the same run', async t => {
	await always(
		t,
		sweeps,
		async sweep => {
			const [one, other] = [await simulateSweep(sweep), await simulateSweep(sweep)];
			return JSON.stringify(one.probes, withBigints) === JSON.stringify(other.probes, withBigints);
		},
		15,
	);
});

const withBigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);

test('shards are disjoint, and all of them together ask everything', async t => {
	await always(t, fc.tuple(sweeps, fc.integer({min: 1, max: 5})), async ([sweep, count]) => {
		const runs = await Promise.all(
			numbers(count).map(async index => simulateSweep({...sweep, shard: {index, count}})),
		);
		const asked = runs.map(({probes}) => new Set(probes.map(({target, port}) => placeOf(target, port))));
		const all = new Set(asked.flatMap(places => [...places]));
		const whole = sweep.network.hosts.length * sweep.ports.length;
		const unreachable = runs.reduce((sum, {totals}) => sum + totals.unreachable, 0);
		return (
			runs.every(isSum) &&
			runs.reduce((sum, {totals}) => sum + totals.positions, 0) === whole &&
			asked.reduce((sum, {size}) => sum + size, 0) === all.size &&
			all.size + unreachable === whole &&
			(sweep.sweep?.results === 'stream' ||
				runs.every(({reports, totals}) => {
					const {unknown, ...counts} = countStates(reports);
					const reported = counts.open + counts.closed + counts.filtered;
					return unknown === 0 && reported === totals.positions - totals.unreachable;
				}))
		);
	});
});

/** Of 512 hosts with 4 ports each. */
const hostsCounted = test.macro<
	[
		Pick<SimulatedSweep, 'shard' | 'sequential'>,
		Pick<SimulatedHost, 'path'>,
		Pick<ScanSummary, 'hostsUp' | 'hostsDown'>,
	]
>({
	title: (title = '') => `where hosts have no report, ${title}`,
	async exec(t, order, everyOther, expected) {
		const {summary} = await simulateSweep({
			network: {
				seed: 3,
				hosts: hosts(512).map((host, index) => (index % 2 === 0 ? host : {...host, ...everyOther})),
			},
			ports: numbers(4),
			sweep: {results: 'stream'},
			...order,
		});
		t.like(summary, {...expected, hostsTotal: 512});
	},
});

const NOWHERE: Pick<SimulatedHost, 'path'> = {path: {unreachable: 'no route'}};

test('all are counted when all was asked', hostsCounted, {}, NOWHERE, {hostsUp: 256, hostsDown: 256});

test(
	'a shard of few ports has as many',
	hostsCounted,
	{shard: {index: 2, count: 256}},
	{},
	{
		hostsUp: 8,
		hostsDown: 0,
	},
);

test(
	'a large shard has as many as are expected',
	hostsCounted,
	{shard: {index: 1, count: 4}},
	{},
	{
		hostsUp: Math.round(512 * (1 - 0.75 ** 4)),
		hostsDown: 0,
	},
);

test(
	'a shard in ascending order may have a port of each',
	hostsCounted,
	{shard: {index: 3, count: 4}, sequential: true},
	NOWHERE,
	{hostsUp: 256, hostsDown: 256},
);

test('a sweep that is ended at any time accounts for everything', async t => {
	await always(t, fc.tuple(sweeps, fc.integer({min: 1, max: 6})), async ([sweep, batches]) => {
		const run = await simulateSweep({
			...sweep,
			sweep: {...sweep.sweep, portEvents: 'all'},
			earlyEnd: {batches},
		});
		const {open, closed, rejected, silent, unfinished} = run.totals;
		const counts = countStates(run.reports);
		return (
			isSum(run) &&
			(sweep.sweep?.results === 'stream' ||
				(counts.open === open &&
					counts.closed === closed &&
					counts.filtered === rejected + silent &&
					counts.unknown <= unfinished))
		);
	});
});
