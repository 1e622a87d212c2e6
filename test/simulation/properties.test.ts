// What holds of every scan, whatever the network and the options.
import {type AddressKey, type Decision, micros, MILLISECOND, SECOND} from '@halfopen/model';
import type {ObservedProbe, SimulatedHost, SimulatedNetwork} from '@halfopen/simulator';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {behaviour, chance, duration} from './arbitraries.ts';
import {hosts, milliseconds, numbers, stateOf} from './networks.ts';
import {simulateScan, type SimulatedRun, type SimulatedScan} from './simulate-scan.ts';

const SEED = 42;

/** In those scans that leave it alone. */
const MAX_RETRIES = 3;

const limit = fc.option(
	fc.record({perSecond: fc.integer({min: 20, max: 2000}), burst: fc.integer({min: 1, max: 20})}),
	{
		nil: undefined,
	},
);

/** Networks of up to eight hosts with ports of two kinds, on links of all sorts. */
const networks: fc.Arbitrary<SimulatedNetwork> = fc
	.record({
		seed: fc.integer({min: 1, max: 1_000_000}),
		link: fc.record({
			delay: duration(150 * MILLISECOND),
			jitter: duration(30 * MILLISECOND),
			loss: fc.record({out: chance(0.3), back: chance(0.3)}),
			bursts: fc.record({begin: chance(0.01), end: fc.double({min: 0.05, max: 1, noNaN: true})}),
			duplicate: chance(0.1),
			reorder: chance(0.2),
		}),
		described: fc.array(
			fc.record({first: behaviour, otherPorts: behaviour, rstLimit: limit, synLimit: limit}),
			{minLength: 1, maxLength: 8},
		),
	})
	.map(({described, ...network}) => ({
		...network,
		hosts: hosts(described.length).map(({address}, index) => {
			const {first, otherPorts, rstLimit, synLimit} = described[index];
			return {
				address,
				ports: {'1-10': first},
				otherPorts,
				...(rstLimit !== undefined && {rstLimit}),
				...(synLimit !== undefined && {synLimit}),
			};
		}),
	}));

const portCounts = fc.integer({min: 1, max: 60});

/** Asserts that a property holds for every scan drawn. */
const always = async <Drawn>(
	t: ExecutionContext,
	scans: fc.Arbitrary<Drawn>,
	holds: (drawn: Drawn) => Promise<boolean>,
	numRuns = 60,
): Promise<void> => {
	await t.notThrowsAsync(async () => fc.assert(fc.asyncProperty(scans, holds), {numRuns, seed: SEED}));
};

const decisionsOf = ({events}: SimulatedRun): Decision[] =>
	events.flatMap(event => (event.type === 'decision' ? [event.decision] : []));

/** Names a port of a host. */
const placeOf = (address: AddressKey, port: number): string => `${address} ${port}`;

test('never are more probes on their way than --max-parallelism', async t => {
	const drawn = fc.record({
		network: networks,
		ports: portCounts,
		maxParallelism: fc.integer({min: 1, max: 20}),
	});
	await always(t, drawn, async ({network, ports, maxParallelism}) => {
		const run = await simulateScan({
			network,
			ports: numbers(ports),
			timing: {maxParallelism, maxRetries: MAX_RETRIES},
			decisions: true,
		});
		return mostInFlight(run) <= maxParallelism;
	});
});

/** The most probes that were sent and neither answered nor given up at any moment. */
const mostInFlight = (run: SimulatedRun): number => {
	const inFlight = new Set<string>();
	let most = 0;
	for (const event of run.events) {
		if (event.type === 'host') {
			forgetHost(inFlight, event.report.address.value);
		} else if (event.type === 'decision') {
			const {what, address, port, attempt} = event.decision;
			const place = placeOf(address.value, port);
			if (what === 'probe-sent') {
				inFlight.add(`${place} ${attempt}`);
			} else if (what === 'probe-timed-out') {
				inFlight.delete(`${place} ${attempt}`);
			} else if (what === 'reply-matched') {
				forgetFrom(inFlight, place, attempt);
			}
		}

		most = Math.max(most, inFlight.size);
	}

	return most;
};

const forgetHost = (inFlight: Set<string>, address: AddressKey): void => {
	for (const probe of inFlight) {
		if (probe.startsWith(`${address} `)) {
			inFlight.delete(probe);
		}
	}
};

/** An answer to an earlier try ends the wait for the later ones, too. */
const forgetFrom = (inFlight: Set<string>, place: string, attempt: number): void => {
	for (let each = attempt; each <= Math.max(attempt, MAX_RETRIES); each++) {
		inFlight.delete(`${place} ${each}`);
	}
};

test('--max-rate holds over every second and allows no burst, also after stalls and leaps', async t => {
	const drawn = fc.record({
		network: networks,
		ports: portCounts,
		maxRate: fc.integer({min: 5, max: 3000}),
		stalls: fc.array(fc.record({at: duration(2 * SECOND), length: duration(SECOND)}), {maxLength: 4}),
		leaps: fc.array(fc.record({at: duration(2 * SECOND), by: duration(5 * SECOND)}), {maxLength: 2}),
	});
	await always(t, drawn, async ({network, ports, maxRate, stalls, leaps}) => {
		const {probes} = await simulateScan({
			network,
			ports: numbers(ports),
			timing: {maxRate, maxRetries: 2},
			simulation: {stalls: stalls.toSorted((one, other) => one.at - other.at), leaps},
		});
		return (
			mostWithin(probes, SECOND) <= maxRate + 1 && mostWithin(probes, MILLISECOND) <= 2 + (2 * maxRate) / 1000
		);
	});
});

/** The most probes that left within any span of this length. */
const mostWithin = (probes: readonly ObservedProbe[], span: number): number => {
	let first = 0;
	let most = 0;
	for (const [index, {at}] of probes.entries()) {
		while (probes[first].at <= at - span) {
			first++;
		}

		most = Math.max(most, index - first + 1);
	}

	return most;
};

test('every probe to a port whose state is not known is answered or given up, within --max-retries', async t => {
	const drawn = fc.record({network: networks, ports: portCounts, maxRetries: fc.integer({min: 0, max: 5})});
	await always(t, drawn, async ({network, ports, maxRetries}) => {
		const run = await simulateScan({network, ports: numbers(ports), timing: {maxRetries}, decisions: true});
		const decisions = decisionsOf(run);
		const settled = new Set(
			decisions
				.filter(({what}) => what === 'state-set')
				.map(({address, port}) => placeOf(address.value, port)),
		);
		const answered = new Set<string>();
		for (const {what, address, port, attempt} of decisions) {
			const place = placeOf(address.value, port);
			if (what === 'reply-matched') {
				answered.add(place);
			} else if (
				what === 'probe-sent' &&
				(attempt > maxRetries ? !answered.has(place) : !settled.has(place))
			) {
				return false; // A canary to a port that never answered, or a probe that nothing came of
			}
		}

		return true;
	});
});

test('every port of every host has a state that the network can give it', async t => {
	const drawn = fc.record({network: networks, ports: portCounts});
	await always(t, drawn, async ({network, ports}) => {
		const {reports} = await simulateScan({network, ports: numbers(ports), timing: {maxRetries: MAX_RETRIES}});
		const described = new Map(network.hosts.map((host, index) => [0x0a_00_00_01 + index, host]));
		return (
			reports.length === network.hosts.length &&
			reports.every(report => {
				const {ports: kinds = {}, otherPorts = 'closed'} = described.get(Number(report.address.value))!;
				return [...report.ports].every(({port, state}) => {
					const truth = stateOf(port <= 10 ? kinds['1-10'] : otherPorts);
					return state === truth || state === 'filtered'; // All of its tries may have been lost
				});
			})
		);
	});
});

test('the same seed gives the same run', async t => {
	const drawn = fc.record({network: networks, ports: portCounts});
	await always(
		t,
		drawn,
		async ({network, ports}) => {
			const scan = {network, ports: numbers(ports), timing: {maxRetries: 2}};
			return (await lineOf(scan)) === (await lineOf(scan));
		},
		20,
	);
});

/** All that a run did, in a line. */
const lineOf = async (scan: SimulatedScan): Promise<string> => {
	const {probes, reports} = await simulateScan(scan);
	return JSON.stringify(
		[probes, reports.map(({endedAt, ports}) => [endedAt, [...ports]])],
		(_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
	);
};

test('a host is reported as soon as its last port has its state', async t => {
	const drawn = fc.record({network: networks, ports: portCounts});
	await always(t, drawn, async ({network, ports}) => {
		const run = await simulateScan({
			network,
			ports: numbers(ports),
			timing: {maxRetries: MAX_RETRIES},
			decisions: true,
		});
		const settledAt = new Map<AddressKey, number>();
		for (const {what, address, at} of decisionsOf(run)) {
			if (what === 'state-set') {
				settledAt.set(address.value, Math.max(at, settledAt.get(address.value) ?? 0));
			}
		}

		return run.reports.every(
			({address, endedAt}) => endedAt * 1000 - settledAt.get(address.value)! <= 10 * MILLISECOND,
		);
	});
});

test('--host-timeout ends a host in time, keeps what it told, and says what is missing', async t => {
	const drawn = fc.record({network: networks, ports: portCounts, hostTimeout: duration(3 * SECOND)});
	await always(t, drawn, async ({network, ports, hostTimeout}) => {
		const run = await simulateScan({network, ports: numbers(ports), loop: {hostTimeout}, decisions: true});
		return run.reports.every(({address, startedAt, endedAt, isIncomplete = false, ports: table}) => {
			const decisions = decisionsOf(run).filter(each => each.address.value === address.value);
			const written = decisions.filter(({what}) => what === 'probe-sent');
			const left = run.probes.filter(({target}) => target === address.value);
			const told = new Set(
				decisions.filter(({what, at}) => what === 'state-set' && at <= endedAt * 1000).map(({port}) => port),
			);
			const end = startedAt * 1000 + hostTimeout;
			const lastLeft = Math.max(end, ...left.map(({at}) => at));
			return (
				written.every(({at}) => at <= end) &&
				endedAt * 1000 <= lastLeft + 10 * MILLISECOND &&
				(isIncomplete || table.count('unknown') === 0) &&
				[...table].every(({port, state}) => (state !== 'unknown') === told.has(port))
			);
		});
	});
});

const FAST = {ports: {'22': 'open'}} as const;

/** When each of the first hosts was reported, in µs. */
const endsOf = (run: SimulatedRun, count: number): number[] =>
	run.reports
		.filter(({address}) => Number(address.value) <= 0x0a_00_00_00 + count)
		.map(({endedAt}) => endedAt * 1000);

/** A scan of twenty fast hosts and of others. */
const besideTwenty = (others: readonly SimulatedHost[]): SimulatedScan => ({
	network: {seed: 1, hosts: [...hosts(20, FAST), ...others], link: {delay: milliseconds(10)}},
	ports: numbers(200),
});

const SLOW_HOSTS = {
	'is dead': {otherPorts: 'silent'},
	'is far away': {link: {delay: milliseconds(900)}},
	'loses most packets': {link: {loss: {out: 0.5, back: 0.5}}},
	'limits its answers': {rstLimit: {perSecond: 10}},
} as const;

for (const [what, slow] of Object.entries(SLOW_HOSTS)) {
	test(`a host that ${what} holds up none of the others`, async t => {
		const alone = await simulateScan(besideTwenty([]));
		const together = await simulateScan(besideTwenty([{...slow, address: '10.0.1.1'}]));
		const [last, lastTogether] = [alone, together].map(run => Math.max(...endsOf(run, 20)));
		t.true(lastTogether <= 1.3 * last + 100 * MILLISECOND, `${last} → ${lastTogether} µs`);
		t.is(together.reports.at(-1)!.address.value, 0x0a_00_01_01);
	});
}

test('a caller who is held up right after the first probes loses no more time than that', async t => {
	for (const seed of numbers(8)) {
		const scan = {
			network: {seed, hosts: hosts(1, FAST), link: {delay: milliseconds(10)}},
			ports: numbers(1000),
		};
		const {summary: free} = await simulateScan(scan);
		for (const at of [0, 1, 5, 25]) {
			const stalls = [{at: milliseconds(at), length: milliseconds(300)}];
			const {summary, reports} = await simulateScan({...scan, simulation: {stalls}});
			t.true(
				summary.elapsed <= free.elapsed + 350 * MILLISECOND,
				`seed ${seed}, at ${at} ms: ${summary.elapsed} µs`,
			);
			t.is(reports[0].ports.count('closed'), 999);
		}
	}
});

test('a caller who is held up again and again gets through', async t => {
	for (const seed of numbers(5)) {
		const {summary, reports} = await simulateScan({
			network: {seed, hosts: hosts(4, FAST), link: {delay: milliseconds(10)}},
			ports: numbers(500),
			simulation: {
				stalls: numbers(50).map(index => ({at: milliseconds(index * 137), length: milliseconds(100)})),
			},
		});
		t.true(summary.elapsed <= 3 * SECOND, `seed ${seed}: ${summary.elapsed} µs`);
		t.true(reports.every(({ports}) => ports.count('closed') === 499));
	}
});

test('a clock that leaps leaves every state right', async t => {
	for (const seed of numbers(5)) {
		const {summary, reports} = await simulateScan({
			network: {seed, hosts: hosts(4, FAST), link: {delay: milliseconds(10)}},
			ports: numbers(200),
			simulation: {leaps: [{at: milliseconds(30), by: micros(3 * SECOND)}]},
		});
		t.true(summary.elapsed <= 4 * SECOND, `seed ${seed}: ${summary.elapsed} µs`);
		t.true(reports.every(({ports}) => ports.count('closed') === 199 && ports.count('open') === 1));
	}
});

test('a template does not make a host answer more often than it does, --max-scan-delay keeps its word', async t => {
	const scan: SimulatedScan = {
		network: {
			seed: 1,
			hosts: hosts(1, {...FAST, rstLimit: {perSecond: 20}}),
			link: {delay: milliseconds(25)},
		},
		ports: numbers(300),
		template: 4,
	};
	const {reports} = await simulateScan(scan);
	t.true(reports[0].ports.count('closed') >= 298, `${reports[0].ports.count('closed')} closed`);
	const asked = await simulateScan({...scan, timing: {maxScanDelay: milliseconds(10)}});
	t.true(asked.summary.elapsed < (300 / 20) * SECOND);
});
