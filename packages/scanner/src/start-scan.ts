import {randomInt} from 'node:crypto';
import {type RunningScan, runScan, runSweep} from '@halfopen/engine';
import {
	type AddressKey,
	type Micros,
	micros,
	type ScanPlan,
	SECOND,
	type SweepPlan,
	type Transport,
} from '@halfopen/model';
import {POPULAR_FIRST} from '@halfopen/services';
import {portOrder, ProbeOrder, productSpace, type TargetSet} from '@halfopen/targets';
import type {PreparedScan} from './run-batches.ts';
import type {ScanOptions} from './scan-options.ts';

/** Starts the engine in the order that was chosen. */
export const startScan = (
	prepared: PreparedScan,
	plan: ScanPlan,
	transport: Transport,
	signal: AbortSignal,
): RunningScan =>
	prepared.sweep === undefined
		? scanByHost(prepared, plan, transport, signal)
		: sweep(prepared, prepared.sweep.results, plan, transport, signal);

const scanByHost = (
	{options, timing, resolved, selected: {ports}}: PreparedScan,
	plan: ScanPlan,
	transport: Transport,
	signal: AbortSignal,
): RunningScan => {
	const {hostTimeout = 0, minHostGroup, maxHostGroup, maxHostRate = Infinity} = options;
	return runScan(
		{
			...shared(options, plan),
			transport,
			targets: resolved.targets,
			ports,
			...orderOf(ports, options),
			timing: {...timing, scanDelay: micros(Math.max(timing.scanDelay, SECOND / maxHostRate))},
			...(hostTimeout > 0 && {hostTimeout: micros(hostTimeout)}),
			...(minHostGroup !== undefined && {minHostGroup}),
			...(maxHostGroup !== undefined && {maxHostGroup}),
		},
		signal,
	);
};

const sweep = (
	{options, timing, resolved, selected: {ports}}: PreparedScan,
	results: SweepPlan['results'],
	plan: ScanPlan,
	transport: Transport,
	signal: AbortSignal,
): RunningScan => {
	const {sequential = false, shard, maxHostRate} = options;
	const space = productSpace(resolved.targets, ports);
	const isExcluded = exclusion(resolved.excluded);
	return runSweep(
		{
			...shared(options, plan),
			transport,
			space,
			order: new ProbeOrder({
				size: space.size,
				seed: seedOf(options),
				sequential,
				...(shard !== undefined && {shard}),
			}),
			timing,
			results,
			...(maxHostRate !== undefined && {maxHostRate}),
			...(isExcluded !== undefined && {isExcluded}),
		},
		signal,
	);
};

/** What both orders are told alike. */
const shared = ({portEvents = 'all', decisions = false}: ScanOptions, plan: ScanPlan) => ({
	portEvents,
	decisions,
	timeOfDay: (at: Micros) => plan.startedAt + (at - plan.startedAtClock) / 1000,
});

/** The most popular ports first, the others shuffled; or all ascending. */
const orderOf = (ports: Uint16Array, options: ScanOptions): {order: Uint32Array; picked: number} => {
	const {sequential = false} = options;
	return {
		order: portOrder(ports, {seed: seedOf(options), sequential, first: POPULAR_FIRST}),
		picked: sequential ? ports.length : POPULAR_FIRST.filter(port => ports.includes(port)).length,
	};
};

const seedOf = ({seed = randomInt(2 ** 47)}: ScanOptions): bigint => BigInt(seed);

/** Excluded addresses are no targets; that none is asked all the same is looked at again for every probe. */
const exclusion = (excluded: TargetSet): ((key: AddressKey) => boolean) | undefined => {
	if (excluded.size === 0) {
		return undefined;
	}

	const addresses = productSpace(excluded, Uint16Array.of(0));
	return key => addresses.hostIndexOf(key) !== -1;
};
