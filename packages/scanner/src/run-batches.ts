import {triesFor} from '@halfopen/engine';
import {
	type DiscoveryPlan,
	micros,
	PROBE_KIND,
	type ProbeKind,
	type ScanEvent,
	type ScanPlan,
	type SweepPlan,
	type Transport,
	WITHOUT_DISCOVERY,
} from '@halfopen/model';
import {type TimingParameters, timingParameters} from '@halfopen/timing';
import {checkOptions} from './check-options.ts';
import {hasZones} from './check-zones.ts';
import {checkOrderOptions, chooseOrder, isSweepAskedFor} from './choose-order.ts';
import {type ChosenWay, chooseWay, openTransport} from './choose-transport.ts';
import {findOnLinks, type FoundOnLinks, NOBODY_ASKED} from './discovery/find-on-links.ts';
import {onlyBy} from './discovery/only-by.ts';
import {isOnlyDiscovery, planDiscovery, type PlannedDiscovery} from './discovery/plan-discovery.ts';
import {withHeadStart} from './discovery/with-head-start.ts';
import {type EventBatches, nameReports, type ReportNames} from './name-reports.ts';
import {checkServers} from './reverse-names.ts';
import {resolveTargets, type ResolvedTargets} from './resolve-targets.ts';
import type {ScanControls} from './scan-controls.ts';
import type {ScanOptions} from './scan-options.ts';
import {type SelectedPorts, selectPorts} from './select-ports.ts';
import {pairsOfScan, type ScanPairs} from './pairs-of-scan.ts';
import {startScan} from './start-scan.ts';
import {excludedSpecs, targetSpecs} from './target-specs.ts';

/** What is scanned and how, before anything is opened. */
export interface PreparedScan {
	readonly options: ScanOptions;
	readonly timing: TimingParameters;
	readonly selected: SelectedPorts;
	readonly resolved: ResolvedTargets;
	/** What is asked instead of all ports of all targets. */
	readonly pairs?: ScanPairs;
	/** Absent when hosts are scanned one by one. */
	readonly sweep?: SweepPlan;
	readonly warnings: readonly string[];
	/** What was done before there was a plan. */
	readonly onLinks: FoundOnLinks;
}

/** The composition root: resolves, opens, runs, names, and closes. */
export async function* runBatches(options: ScanOptions, controls: ScanControls): EventBatches {
	const prepared = await prepare(options);
	const way = chooseWay(options);
	const discovery = discoveryOf(prepared, way);
	const {transport, warnings} = await openTransport(options, way, {
		tries: triesFor(prepared.timing),
		discoveryProbes: prepared.sweep === undefined ? kindsIn(discovery.plan) : [],
		isSweep: prepared.sweep !== undefined,
	});
	const abandoned = new AbortController();
	try {
		const plan = planOf(way.scanType, prepared, discovery.plan, transport);
		const told = [...prepared.warnings, ...warnings, ...discovery.warnings];
		yield [
			...told.map(message => warning(message)),
			{type: 'started', plan},
			...prepared.onLinks.packets.map(packet => ({type: 'packet' as const, packet})),
		];
		const running = startScan(
			prepared,
			plan,
			transport,
			AbortSignal.any([abandoned.signal, ...(options.signal === undefined ? [] : [options.signal])]),
		);
		controls.attach(running);
		const batches = nameReports(running.batches, reportNamesOf(prepared), () => {
			abandoned.abort();
		});
		const {onLinks} = prepared;
		yield* onLinks === NOBODY_ASKED ? batches : withHeadStart(batches, onLinks);
	} finally {
		await transport.close();
	}
}

const prepare = async (options: ScanOptions): Promise<PreparedScan> => {
	checkOptions(options);
	checkOrderOptions(options);
	checkServers(options.dnsServers ?? []);
	const timing = timingParameters(options.template ?? 3, options);
	const selected = isOnlyDiscovery(options) ? NO_PORTS : selectPorts(options);
	const {family = 4, resolveAll = false, ipv6Patterns: patterns} = options;
	const onLinks = options.ipv6Multicast === true ? await findOnLinks(options) : NOBODY_ASKED;
	const resolved = await resolveTargets(
		[...(options.pairs === undefined ? await targetSpecs(options) : []), ...onLinks.targets],
		excludedSpecs(options),
		{
			family,
			everyAddress: resolveAll,
			anySize: isSweepAskedFor(options),
			...(patterns !== undefined && {patterns}),
		},
	);
	const pairs = options.pairs && pairsOfScan(options.pairs, family, resolved.guard);
	const {sweep, warnings} = chooseOrder(options, {
		hosts: pairs?.space.hosts ?? resolved.targets.size,
		pairs: pairs?.space.size ?? resolved.targets.size * selected.ports.length,
		hasZones: family === 6 && hasZones(resolved.targets),
	});
	return {
		options,
		timing,
		selected,
		resolved,
		...(pairs !== undefined && {pairs}),
		...(sweep !== undefined && {sweep}),
		warnings: [
			...selected.warnings,
			...onLinks.warnings,
			...resolved.warnings,
			...(pairs?.warnings ?? []),
			...warnings,
		],
		onLinks,
	};
};

const NO_PORTS: SelectedPorts = {ports: new Uint16Array(0), warnings: []};

/** A sweep asks nobody first. */
const discoveryOf = ({options, sweep}: PreparedScan, {scanType, problem}: ChosenWay): PlannedDiscovery =>
	sweep === undefined
		? planDiscovery(options, scanType, problem)
		: {plan: {...WITHOUT_DISCOVERY, neighbours: false}, warnings: []};

/** The kinds of probes that find hosts by the plan. */
const kindsIn = ({probes, neighbours}: DiscoveryPlan): readonly ProbeKind[] => [
	...new Set(probes.map(({kind}) => kind)),
	...(neighbours ? [PROBE_KIND.neighbour] : []),
];

const planOf = (
	scanType: ScanPlan['scanType'],
	{resolved, selected, pairs, sweep, onLinks}: PreparedScan,
	discovery: DiscoveryPlan,
	transport: Transport,
): ScanPlan => {
	const by = sweep === undefined ? onlyBy(resolved.targets, discovery, transport) : undefined;
	return {
		scanType,
		hostsTotal: pairs?.space.hosts ?? resolved.targets.size,
		ports: pairs?.ports ?? selected.ports,
		startedAt: Date.now() - onLinks.took / 1000,
		startedAtClock: micros(transport.clock.now() - onLinks.took),
		discovery,
		...(by !== undefined && {onlyBy: by}),
		...(sweep !== undefined && {sweep}),
	};
};

const warning = (message: string): ScanEvent => ({type: 'warning', message});

const reportNamesOf = ({options, resolved}: PreparedScan): ReportNames => {
	const {reverseNames = 'never', dnsServers: servers, systemDns: bySystem = false, simulate} = options;
	return {
		typed: resolved.names,
		reverse: simulate === undefined ? reverseNames : 'never',
		...(servers !== undefined && {servers}),
		bySystem,
	};
};
