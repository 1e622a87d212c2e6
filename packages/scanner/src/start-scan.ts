import {randomInt} from 'node:crypto';
import {type RunningScan, runScan, runSweep} from '@halfopen/engine';
import {
	type AddressKey,
	type Micros,
	micros,
	readingOption,
	type ScanPlan,
	SECOND,
	type SweepPlan,
	type Transport,
} from '@halfopen/model';
import {POPULAR_FIRST} from '@halfopen/services';
import {portOrder, ProbeOrder, productSpace} from '@halfopen/targets';
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
	prepared: PreparedScan,
	plan: ScanPlan,
	transport: Transport,
	signal: AbortSignal,
): RunningScan => {
	const {
		options,
		timing,
		resolved,
		selected: {ports},
	} = prepared;
	const {hostTimeout = 0, minHostGroup, maxHostGroup, maxHostRate = Infinity} = options;
	return runScan(
		{
			...shared(prepared, plan),
			transport,
			targets: resolved.targets,
			discovery: plan.discovery,
			...(options.sequential !== true && {targetSeed: seedOf(options)}),
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
	prepared: PreparedScan,
	results: SweepPlan['results'],
	plan: ScanPlan,
	transport: Transport,
	signal: AbortSignal,
): RunningScan => {
	const {
		options,
		timing,
		resolved,
		pairs,
		selected: {ports},
	} = prepared;
	const {sequential = false, shard, maxHostRate} = options;
	const space = pairs?.space ?? readingOption('targets', () => productSpace(resolved.targets, ports));
	return runSweep(
		{
			...shared(prepared, plan),
			transport,
			space,
			order: readingOption(
				'shard',
				() =>
					new ProbeOrder({
						size: space.size,
						seed: seedOf(options),
						sequential,
						...(shard !== undefined && {shard}),
					}),
			),
			timing,
			results,
			...(maxHostRate !== undefined && {maxHostRate}),
		},
		signal,
	);
};

/** What both orders are told alike. */
const shared = ({options, resolved: {guard}}: PreparedScan, plan: ScanPlan) => ({
	portEvents: options.portEvents ?? 'all',
	decisions: options.decisions ?? false,
	...(guard !== undefined && {isExcluded: (key: AddressKey) => !guard.permits(key)}),
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
