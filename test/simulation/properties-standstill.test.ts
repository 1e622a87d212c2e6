// What holds when a scan stands still for a while: because we are held up while the network goes on, or because the clock
// leaps, as when the machine is suspended.
import {MILLISECOND, micros, SECOND} from '@halfopen/model';
import type {SimulationOptions} from '@halfopen/simulator';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {hosts, MIXES, type Mix, milliseconds, numbers, stateOf} from './networks.ts';
import {simulateDiscovery} from './simulate-discovery.ts';
import {type SimulatedScan, simulateScan} from './simulate-scan.ts';
import {simulateSweep} from './simulate-sweep.ts';

const SEED = 42;

/** Other probes are lost than without, and where half of the ports are silent that may begin a trial of a lower rate, which takes a second and holds up what is left. */
const CHANCE = 400 * MILLISECOND;
const TRIAL = 1.5 * SECOND;

/** How long silence is waited for, about. */
const timeoutOf = ({mix, rtt}: Drawn): number =>
	mix === 'all silent' ? SECOND : Math.max(100 * MILLISECOND, 1.5 * rtt * MILLISECOND);

/** What a scan may take that takes so long without. */
const mostOf = (drawn: Drawn, free: number): number =>
	free + drawn.length + 2 * timeoutOf(drawn) + CHANCE + (drawn.mix === 'half silent' ? TRIAL : 0);

const MIX_NAMES = Object.keys(MIXES) as Mix[];

const scans = fc.record({
	seed: fc.integer({min: 1, max: 1_000_000}),
	mix: fc.constantFrom(...MIX_NAMES),
	rtt: fc.integer({min: 0, max: 150}),
	loss: fc.integer({min: 0, max: 3}).map(percent => percent / 100),
	hostCount: fc.integer({min: 1, max: 8}),
	portCount: fc.integer({min: 100, max: 800}),
	/** Where in the scan, in hundredths of it. */
	place: fc.integer({min: 0, max: 100}),
	length: fc.integer({min: 300 * MILLISECOND, max: 30 * SECOND}),
	kind: fc.constantFrom('leap', 'stall'),
});

type Drawn = typeof scans extends fc.Arbitrary<infer Value> ? Value : never;

const scanOf = ({seed, mix, rtt, loss, hostCount, portCount}: Drawn): SimulatedScan => ({
	network: {
		seed,
		hosts: hosts(hostCount, MIXES[mix]),
		link: {delay: milliseconds(rtt / 2), loss: {out: loss, back: loss}},
	},
	ports: numbers(portCount),
});

/** A standstill in a scan that takes so long without. */
const standstill = ({place, length, kind}: Drawn, startAt: number, elapsed: number): SimulationOptions => {
	const at = micros(startAt + Math.floor((place / 100) * elapsed));
	return kind === 'leap' ? {leaps: [{at, by: micros(length)}]} : {stalls: [{at, length: micros(length)}]};
};

const always = async (
	t: ExecutionContext,
	holds: (drawn: Drawn) => Promise<boolean>,
	numRuns = 40,
): Promise<void> => {
	await t.notThrowsAsync(async () => fc.assert(fc.asyncProperty(scans, holds), {numRuns, seed: SEED}));
};

test('it costs a host-by-host scan two timeouts and no state', async t => {
	await always(t, async drawn => {
		const scan = scanOf(drawn);
		const {summary: free} = await simulateScan(scan);
		const simulation = standstill(drawn, 0, free.elapsed);
		const {summary, reports} = await simulateScan({...scan, simulation});
		return (
			summary.elapsed <= mostOf(drawn, free.elapsed) &&
			reports.every(({ports}) => [...ports].every(({port, state}) => state === truth(drawn.mix, port)))
		);
	});
});

test('it costs a sweep two timeouts and no state', async t => {
	await always(t, async drawn => {
		const scan = scanOf(drawn);
		const {summary: free} = await simulateSweep(scan);
		const simulation = standstill(drawn, 0, free.elapsed);
		const {summary, reports} = await simulateSweep({...scan, simulation});
		return (
			summary.elapsed <= mostOf(drawn, free.elapsed) &&
			reports.every(({ports}) => [...ports].every(({port, state}) => state === truth(drawn.mix, port)))
		);
	});
});

test('it costs a search for hosts two timeouts and no host', async t => {
	await always(t, async drawn => {
		const {network} = scanOf(drawn);
		const scan = {network, targets: ['10.0.0.0/24']};
		const {summary: free} = await simulateDiscovery(scan);
		const simulation = {startAt: micros(SECOND), ...standstill(drawn, SECOND, free.elapsed)};
		const {summary} = await simulateDiscovery({...scan, simulation});
		return (
			summary.elapsed <= mostOf({...drawn, mix: 'all silent'}, free.elapsed) &&
			summary.hostsUp === drawn.hostCount
		);
	});
});

const truth = (mix: Mix, port: number): string => {
	const {ports = {}, otherPorts = 'closed'} = MIXES[mix];
	const [, behaviour = otherPorts] =
		Object.entries(ports).find(([ranges]) =>
			ranges.split(',').some(range => {
				const [first, last = first] = range.split('-').map(Number);
				return port >= first && port <= last;
			}),
		) ?? [];
	return stateOf(behaviour);
};
