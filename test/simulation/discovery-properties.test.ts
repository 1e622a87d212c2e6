// What holds whenever hosts are looked for, whatever the network and the options.
import {type DiscoveryProbe, micros, MILLISECOND, PROBE_KIND, SECOND} from '@halfopen/model';
import type {PingBehaviour, SimulatedHost, SimulatedNetwork} from '@halfopen/simulator';
import {DISCOVERY_TRIES} from '@halfopen/timing';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {chance, duration} from './arbitraries.ts';
import {DEFAULT_PROBES, type SimulatedDiscovery, simulateDiscovery} from './simulate-discovery.ts';
import type {SimulatedRun} from './simulate-scan.ts';

const SEED = 42;
const NETWORK = '10.0.0.0/26';
const SIZE = 64;

const ping: fc.Arbitrary<PingBehaviour> = fc.constantFrom<PingBehaviour[]>('answer', 'silent', {
	type: 3,
	code: 1,
	from: '203.0.113.1',
});

const links = {
	delay: duration(150 * MILLISECOND),
	jitter: duration(30 * MILLISECOND),
	duplicate: chance(0.1),
	reorder: chance(0.2),
};

const router = fc.option(
	fc.record({
		address: fc.constant('203.0.113.1'),
		givesUpAfter: duration(2 * SECOND),
		limit: fc.record({perSecond: fc.integer({min: 1, max: 1000})}),
	}),
	{nil: undefined},
);

const host = fc.record({
	last: fc.nat(SIZE - 1),
	pings: fc.record({echo: ping, timestamp: ping, ack: ping}),
	otherPorts: fc.constantFrom('open', 'closed', 'silent'),
});

/** Networks with some hosts in 10.0.0.0/26, on the link or behind a router, which lose packets where `most` says so. */
const networksLosing = (most: number): fc.Arbitrary<SimulatedNetwork> =>
	fc
		.record({
			seed: fc.integer({min: 1, max: 1_000_000}),
			link: fc.record({...links, loss: fc.record({out: chance(most), back: chance(most)})}),
			described: fc.uniqueArray(host, {maxLength: 20, selector: ({last}) => last}),
			isNear: fc.boolean(),
			router,
		})
		.map(({seed, link, described, isNear, router: speaks}) => ({
			seed,
			link: isNear ? {...link, delay: micros(link.delay / 3)} : link, // No link takes that long
			hosts: described.map(({last, pings, otherPorts}): SimulatedHost => ({
				address: `10.0.0.${last}`,
				pings,
				otherPorts,
			})),
			...(isNear && {neighbours: ['10.0.0.0/24']}),
			...(speaks !== undefined && {router: speaks}),
		}));

const networks = networksLosing(0.3);

const PROBE_SETS: readonly (readonly DiscoveryProbe[])[] = [
	DEFAULT_PROBES,
	[{kind: PROBE_KIND.echo, port: 0}],
	[
		{kind: PROBE_KIND.syn, port: 22},
		{kind: PROBE_KIND.ack, port: 22},
		{kind: PROBE_KIND.udp, port: 40_125},
	],
];

const probeSets = fc.constantFrom(...PROBE_SETS);

const always = async <Drawn>(
	t: ExecutionContext,
	drawn: fc.Arbitrary<Drawn>,
	holds: (drawn: Drawn) => Promise<boolean>,
	numRuns = 60,
): Promise<void> => {
	await t.notThrowsAsync(async () => fc.assert(fc.asyncProperty(drawn, holds), {seed: SEED, numRuns}));
};

const find = (scan: Omit<SimulatedDiscovery, 'targets'>): Promise<SimulatedRun> =>
	simulateDiscovery({...scan, targets: [NETWORK]});

test('every target ends exactly once, up or down, and is counted as that', async t => {
	const drawn = fc.record({network: networks, probes: probeSets, ports: fc.constantFrom([], [22, 80, 443])});
	await always(t, drawn, async ({network, probes, ports}) => {
		const {reports, summary} = await find({network, plan: {probes}, ports});
		const up = reports.filter(({status}) => status === 'up').length;
		return (
			reports.length === SIZE &&
			new Set(reports.map(({address}) => address.value)).size === SIZE &&
			summary.hostsUp === up &&
			summary.hostsDown === SIZE - up &&
			summary.discovery?.hostsFound === up
		);
	});
});

test('nobody is found who is not there, and everybody who answers something and loses nothing', async t => {
	const drawn = fc.record({network: networksLosing(0), probes: probeSets});
	await always(t, drawn, async ({network, probes}) => {
		const {reports} = await find({network, plan: {probes}});
		const described = new Map(
			network.hosts.map(each => [0x0a_00_00_00 + Number(each.address.split('.')[3]), each]),
		);
		return reports.every(({address, status}) => {
			const there = described.get(Number(address.value));
			return status === 'up' ? there !== undefined : there === undefined || !answers(there, probes, network);
		});
	});
});

/** Whether a host surely answers one of the probes in a way that says that it is up, and no router speaks against it. */
const answers = (
	{pings = {}, otherPorts}: SimulatedHost,
	probes: readonly DiscoveryProbe[],
	{neighbours}: SimulatedNetwork,
): boolean => {
	if (neighbours !== undefined) {
		return true;
	}

	const isSpokenAgainst = Object.values(pings).some(each => typeof each === 'object');
	return (
		!isSpokenAgainst &&
		probes.some(
			({kind}) =>
				(kind === PROBE_KIND.echo && pings.echo === 'answer') ||
				(kind === PROBE_KIND.timestamp && pings.timestamp === 'answer') ||
				(kind === PROBE_KIND.ack && pings.ack === 'answer') ||
				(kind === PROBE_KIND.syn && otherPorts !== 'silent') ||
				kind === PROBE_KIND.udp,
		)
	);
};

test('tries are within bounds: at most one more than --max-retries, and two for those who stay silent', async t => {
	const drawn = fc.record({network: networks, probes: probeSets, maxRetries: fc.integer({min: 0, max: 30})});
	await always(t, drawn, async ({network, probes, maxRetries}) => {
		const run = await find({network, plan: {probes}, timing: {maxRetries}});
		const most = Math.min(maxRetries + 1, DISCOVERY_TRIES);
		const tried = run.probes.map(probe => tryOf(probe, maxRetries));
		const isCounted = tried.every(nth => nth >= 0 && (nth < most || nth >= DISCOVERY_TRIES));
		const silent = run.reports.filter(({status, reason}) => status === 'down' && reason === 'no-response');
		const width = network.neighbours === undefined ? probes.length : 1;
		return (
			isCounted &&
			silent.every(({probesSent = 0}) => {
				const tries = probesSent / width;
				return Number.isInteger(tries) && tries >= Math.min(2, most) && tries <= most;
			})
		);
	});
});

/** Which try to find a host this was; those that can be told apart and more for canaries, and below 0 for a port. */
const tryOf = ({attempt}: SimulatedRun['probes'][number], maxRetries: number): number =>
	attempt - firstDiscoveryOf(maxRetries);

/** Behind tries of ports, and canaries among these. */
const firstDiscoveryOf = (maxRetries: number): number => maxRetries + 1 + 16;

test('the probes of a report are those that were sent', async t => {
	const drawn = fc.record({network: networks, probes: probeSets, ports: fc.constantFrom([], [22, 80, 443])});
	await always(t, drawn, async ({network, probes, ports}) => {
		const run = await find({network, plan: {probes}, ports, timing: {maxRetries: 3}});
		const sent = run.reports.reduce((sum, {probesSent = 0}) => sum + probesSent, 0);
		return sent === run.probes.filter(probe => tryOf(probe, 3) < DISCOVERY_TRIES).length;
	});
});

test('the same seed gives the same run', async t => {
	const drawn = fc.record({network: networks, probes: probeSets});
	await always(
		t,
		drawn,
		async ({network, probes}) => {
			const scan = {network, plan: {probes}, ports: [22, 80]};
			return textOf(await find(scan)) === textOf(await find(scan));
		},
		20,
	);
});

/** All that a run did, in a text. */
const textOf = ({probes, reports}: SimulatedRun): string =>
	JSON.stringify([probes, reports.map(({ports, ...rest}) => [rest, [...ports]])]);

test('never faster than --max-rate, by the second and by the millisecond', async t => {
	const drawn = fc.record({
		network: networks,
		probes: probeSets,
		ports: fc.constantFrom([], [22, 80, 443]),
		maxRate: fc.integer({min: 50, max: 3000}),
		stall: duration(SECOND),
	});
	await always(
		t,
		drawn,
		async ({network, probes, ports, maxRate, stall}) => {
			const run = await find({
				network,
				plan: {probes},
				ports,
				timing: {maxRate, maxRetries: 2},
				simulation: {stalls: [{at: micros(SECOND + stall), length: micros(200 * MILLISECOND)}]},
			});
			return (
				mostWithin(run, SECOND) <= maxRate + 1 && mostWithin(run, MILLISECOND) <= 2 + (2 * maxRate) / 1000
			);
		},
		30,
	);
});

/** The most probes that left within any span of this length. */
const mostWithin = ({probes}: SimulatedRun, span: number): number => {
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

const found = ({reports}: SimulatedRun): number => reports.filter(({status}) => status === 'up').length;

test('a caller who is held up, or a clock that leaps, loses no host', async t => {
	const drawn = fc.record({
		network: networksLosing(0),
		at: duration(SECOND),
		length: duration(2 * SECOND),
		isLeap: fc.boolean(),
	});
	await always(t, drawn, async ({network, at, length, isLeap}) => {
		const when = micros(SECOND + at);
		const free = await find({network});
		const held = await find({
			network,
			simulation: isLeap ? {leaps: [{at: when, by: length}]} : {stalls: [{at: when, length}]},
		});
		// A leap may take the time of an answer that is on its way
		return isLeap ? held.reports.length === SIZE : found(held) >= found(free);
	});
});

test('memory follows what is on its way, not how many targets there are', async t => {
	const {summary} = await simulateDiscovery({
		network: {seed: 1, hosts: []},
		targets: ['10.0.0.0/16'],
		timing: {maxRate: 4000},
		plan: {probes: [{kind: PROBE_KIND.echo, port: 0}]},
	});
	t.is(summary.hostsDown, 65_536);
	// Half of the rate is for second tries, in turns of half a timeout; a host stays for one and a half
	t.true(summary.discovery!.widestWindow <= 1.01 * 4000, `${summary.discovery!.widestWindow}`);
	t.true(summary.discovery!.windowBytes < 2 ** 20);
});
