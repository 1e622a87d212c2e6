// Whenever a scan is ended, all that it says is possible, and agrees.
import {inspect} from 'node:util';
import {type HostReport, micros, MILLISECOND, type Progress, type ScanSummary, SECOND} from '@halfopen/model';
import {ndjsonFormat} from '@halfopen/output';
import type {SimulatedNetwork, SimulationOptions} from '@halfopen/simulator';
import {DISCOVERY_TRIES} from '@halfopen/timing';
import test from 'ava';
import fc from 'fast-check';
import {behaviour, chance, duration} from './arbitraries.ts';
import {firstDiscoveryOf} from '../../packages/engine/src/attempts.ts';
import {strictValidator} from '../../packages/output/test/json/schemas.ts';
import {numbers} from './networks.ts';
import {simulateDiscovery} from './simulate-discovery.ts';
import {simulateScan, type SimulatedRun} from './simulate-scan.ts';
import {simulateSweep} from './simulate-sweep.ts';

const SEED = 42;
const RUNS = 200;
const LONGEST = 120_000; // ms for one property, looking for a small example included
const TARGETS = '10.0.0.0/28';
const SIZE = 16;

const way = fc.constantFrom(
	{},
	{resolvingFor: micros(SECOND)},
	{unreachable: 'no route'},
	{resolvingFor: micros(50 * MILLISECOND), unreachable: 'no answer'},
);

/** Some of the addresses of `TARGETS`, on all sorts of links. */
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
		described: fc.uniqueArray(
			fc.record({last: fc.nat(SIZE - 1), first: behaviour, otherPorts: behaviour, path: way}),
			{maxLength: SIZE, selector: ({last}) => last},
		),
		interfaceRate: fc.constantFrom(5, 1000, 1_000_000),
		router: fc.constantFrom(undefined, {address: '203.0.113.1'}, {resets: true}),
		isNear: fc.boolean(),
	})
	.map(({seed, link, described, interfaceRate, router, isNear}) => ({
		seed,
		link,
		interfaceRate,
		hosts: described.map(({last, first, otherPorts, path}) => ({
			address: `10.0.0.${last}`,
			ports: {'1-5': first},
			otherPorts,
			path,
		})),
		...(router !== undefined && {router}),
		...(isNear && {neighbours: [TARGETS]}),
	}));

const simulations: fc.Arbitrary<SimulationOptions> = fc.record({
	probeCapacity: fc.constantFrom(16, 4096),
	replyCapacity: fc.constantFrom(4, 4096),
	startAt: fc.constant(micros(SECOND)),
	stalls: fc.constantFrom([], [{at: micros(1.2 * SECOND), length: micros(SECOND)}]),
});

const earlyEnds = fc.oneof(
	fc.record({batches: fc.nat(30)}),
	fc.record({waits: fc.oneof(fc.nat(20), fc.nat(500))}),
	fc.constant({}),
);

const timings = fc.record({
	maxRetries: fc.integer({min: 0, max: 3}),
	maxRate: fc.constantFrom(0.5, 20, Infinity),
});

const scans = fc.record({
	network: networks,
	simulation: simulations,
	earlyEnd: earlyEnds,
	timing: timings,
	ports: fc.integer({min: 1, max: 20}).map(count => numbers(count)),
	loop: fc.record({
		hostTimeout: fc.oneof(fc.constant(micros(Infinity)), duration(3 * SECOND)),
		maxHostGroup: fc.constantFrom(1, 3, 1024),
	}),
});

type DrawnScan = typeof scans extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** A scan of any kind that was ended, or not. */
interface EndedRun extends SimulatedRun {
	/** Attempts from this one on are of hosts that were found, to look at the way to others. */
	readonly firstCanary: number;
}

type Claims<Subject> = Readonly<Record<string, (subject: Subject) => boolean>>;

const isShare = (value: number | undefined): boolean => value === undefined || (value >= 0 && value <= 1);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const statesOf = ({ports}: HostReport): string[] => [...ports].map(({state}) => state);

const OF_SUMMARY: Claims<ScanSummary> = {
	'no more hosts are done than there are': ({hostsUp, hostsDown, hostsTotal}) =>
		hostsUp + hostsDown <= hostsTotal,
	'time passes': ({elapsed}) => elapsed >= 0,
	'no more probes looked for hosts than left': ({discovery, probesSent}) =>
		(discovery?.probesSent ?? 0) <= probesSent,
	'no more hosts were found than asked': ({discovery, hostsTotal}) =>
		discovery === undefined ||
		(discovery.hostsFound <= discovery.hostsAsked && discovery.hostsAsked <= hostsTotal),
	'no more ports answered than were scanned': ({portsAnswered, portsScanned}) =>
		portsAnswered <= portsScanned,
	'no more replies changed nothing than came': ({repliesRedundant, repliesReceived}) =>
		repliesRedundant <= repliesReceived,
	'loss is a share': ({loss, discovery}) => isShare(loss) && isShare(discovery?.loss),
	'no more are missed than were silent': ({
		expectedMissed,
		portsScanned,
		portsAnswered,
		discovery,
		hostsTotal,
	}) =>
		expectedMissed >= 0 &&
		expectedMissed <= portsScanned - portsAnswered &&
		(discovery === undefined ||
			(discovery.expectedMissed >= 0 && discovery.expectedMissed <= hostsTotal - discovery.hostsFound)),
	'every position of a sweep ended once': ({sweep}) =>
		sweep === undefined ||
		sum([sweep.open, sweep.closed, sweep.rejected, sweep.silent, sweep.unreachable, sweep.unfinished]) ===
			sweep.positions,
};

const OF_REPORT: Claims<HostReport> = {
	'it ends after it began': ({startedAt, endedAt}) => startedAt <= endedAt,
	'no more of its probes asked whether it is up than were sent': ({probesSent = 0, discoveryProbes = 0}) =>
		discoveryProbes <= probesSent,
	'loss is a share': ({loss}) => isShare(loss),
	'no more are missed than were silent': ({expectedMissed = 0, ports}) =>
		expectedMissed >= 0 && expectedMissed <= ports.count('filtered'),
	'it is incomplete when a state is unknown': report =>
		report.isIncomplete === (statesOf(report).includes('unknown') ? true : undefined),
};

const OF_PROGRESS: Claims<Progress> = {
	'it is a number': progress => Object.values(progress).every(value => Number.isFinite(value) && value >= 0),
	'no more hosts are done than there are': ({hostsDone, hostsActive, hostsTotal}) =>
		hostsDone + hostsActive <= hostsTotal,
	'no more hosts are up than done': ({hostsUp, hostsDone}) => hostsUp <= hostsDone,
	'no more ports are done than there are': ({portsDone, portsTotal, portsAnswered = 0}) =>
		portsAnswered <= portsDone && portsDone <= portsTotal,
	'loss is a share': ({loss}) => isShare(loss),
	'no more hosts are found than asked': ({hostsFound = 0, hostsAsked = 0, hostsTotal}) =>
		hostsFound <= hostsAsked && hostsAsked <= hostsTotal,
};

const OF_RUN: Claims<EndedRun> = {
	'the end comes last, and once': ({events}) =>
		events.findIndex(({type}) => type === 'end') === events.length - 1,
	'a host is reported once': ({reports}) =>
		new Set(reports.map(({address}) => address.value)).size === reports.length,
	'as many are found as told': ({events, summary}) =>
		events.filter(({type}) => type === 'host-found').length === (summary.discovery?.hostsFound ?? 0),
	'as many probes left as are counted': ({probes, summary}) => probes.length === summary.probesSent,
	'hosts were sent no more than left': ({reports, summary}) =>
		sum(reports.map(({probesSent = 0}) => probesSent)) <= summary.probesSent,
	'all ports of a sweep that are told of are in the end': ({events, summary: {sweep}}) =>
		sweep === undefined ||
		new Set(
			events.flatMap(event =>
				event.type === 'port' && event.result.state === 'open'
					? [`${event.address.value} ${event.result.port}`]
					: [],
			),
		).size >= sweep.open,
};

const OF_REPORTED_RUN: Claims<EndedRun> = {
	'as many are up, and down, as reported': ({reports, summary}) =>
		withStatus(reports, 'up') === summary.hostsUp && withStatus(reports, 'down') === summary.hostsDown,
	'as many ports were scanned, and answered, as reported': ({reports, summary}) => {
		const states = reports.flatMap(report => statesOf(report));
		return (
			states.filter(state => state === 'open' || state === 'closed').length === summary.portsAnswered &&
			states.filter(state => state !== 'unknown').length <= summary.portsScanned
		);
	},
	'what was told of a port last is in its report': ({events, reports}) => {
		const told = new Map<string, string>();
		for (const event of events) {
			if (event.type === 'port' && !event.late) {
				told.set(`${event.address.value} ${event.result.port}`, event.result.state);
			}
		}

		return reports.every(({address, ports}) =>
			[...ports].every(({port, state}) => (told.get(`${address.value} ${port}`) ?? state) === state),
		);
	},
};

/** What holds where probes are counted by host: a sweep does not. */
const OF_COUNTED_RUN: Claims<EndedRun> = {
	'as many probes were sent to a host as left for it': ({reports, probes, firstCanary}) =>
		reports.every(
			({address, probesSent}) =>
				probesSent ===
				probes.filter(({target, attempt}) => target === address.value && attempt < firstCanary).length,
		),
	'all that left is of a host, where all are reported': ({reports, summary, probes, firstCanary}) =>
		reports.length < summary.hostsTotal ||
		sum(reports.map(({probesSent = 0}) => probesSent)) ===
			summary.probesSent - probes.filter(({attempt}) => attempt >= firstCanary).length,
};

const withStatus = (reports: readonly HostReport[], status: HostReport['status']): number =>
	reports.filter(report => report.status === status).length;

/** The claims that do not hold, each with what it is about. */
const broken = <Subject>(
	claims: Claims<Subject>,
	subject: Subject,
	about: (subject: Subject) => unknown,
): string[] =>
	Object.entries(claims)
		.filter(([, holds]) => !holds(subject))
		.map(([claim]) => `not so: ${claim}: ${inspect(about(subject), {depth: 4})}`);

const format = ndjsonFormat({verbosity: 2, debugging: 1, onlyOpen: false});

/** The lines that a run is for who reads NDJSON. */
const linesOf = ({events}: EndedRun): string[] =>
	events
		.map(event => {
			switch (event.type) {
				case 'host-found': {
					return format.hostFound?.({...event, foundAt: 0});
				}

				case 'port': {
					return format.port?.({...event, foundAt: 0, isAlone: false});
				}

				case 'host': {
					return format.host(event.report);
				}

				case 'end': {
					return format.end(event.summary, 0, 'interrupted');
				}

				default: {
					return '';
				}
			}
		})
		.filter((line): line is string => line !== undefined && line !== '');

const isValid = strictValidator('ndjson-1');

const problemsOf = (run: EndedRun, claims: readonly Claims<EndedRun>[]): string[] => [
	...linesOf(run)
		.filter(line => !isValid(JSON.parse(line)))
		.map(line => `not by the schema: ${line}`),
	...broken(OF_SUMMARY, run.summary, summary => summary),
	...run.reports.flatMap(report => broken(OF_REPORT, report, ({ports, ...rest}) => [rest, [...ports]])),
	...run.progress.flatMap(progress => broken(OF_PROGRESS, progress, subject => subject)),
	...claims.flatMap(each => broken(each, run, ({summary, reports}) => [summary, reports])),
];

/** Declares a test that all scans of a kind say nothing that cannot be, whenever they are ended. */
const agrees = (
	what: string,
	claims: readonly Claims<EndedRun>[],
	run: (scan: DrawnScan) => Promise<SimulatedRun>,
): void => {
	test(`${what} says nothing that cannot be, and agrees with itself, whenever it is ended`, async t => {
		const property = fc.asyncProperty(scans, async scan => {
			const firstCanary = firstDiscoveryOf(scan.timing) + DISCOVERY_TRIES;
			const [problem] = problemsOf({...(await run(scan)), firstCanary}, claims);
			if (problem !== undefined) {
				throw new Error(problem);
			}
		});
		const parameters = {
			seed: SEED,
			numRuns: RUNS,
			includeErrorInReport: true,
			interruptAfterTimeLimit: LONGEST,
		};
		await t.notThrowsAsync(async () => fc.assert(property, parameters));
	});
};

const BY_HOST = [OF_RUN, OF_REPORTED_RUN, OF_COUNTED_RUN];
const targets = [TARGETS];

agrees('a scan host by host', BY_HOST, async scan => simulateScan({...scan, targets}));

agrees('a scan of hosts that are found first', BY_HOST, async scan => simulateDiscovery({...scan, targets}));

agrees('a search for hosts', BY_HOST, async scan => simulateDiscovery({...scan, ports: [], targets}));

for (const results of ['table', 'stream'] as const) {
	const claims = results === 'table' ? [OF_RUN, OF_REPORTED_RUN] : [OF_RUN];
	agrees(`a sweep with results in a ${results}`, claims, async scan =>
		simulateSweep({...scan, targets, sweep: {results}}),
	);
}
