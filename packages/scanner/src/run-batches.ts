import {triesFor} from '@halfopen/engine';
import {
	type ScanEvent,
	type ScanPlan,
	type SweepPlan,
	type Transport,
	WITHOUT_DISCOVERY,
} from '@halfopen/model';
import {type TimingParameters, timingParameters} from '@halfopen/timing';
import {hasZones} from './check-zones.ts';
import {checkOrderOptions, chooseOrder, isSweepAskedFor} from './choose-order.ts';
import {chooseTransport} from './choose-transport.ts';
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
}

/** The composition root: resolves, opens, runs, names, and closes. */
export async function* runBatches(options: ScanOptions, controls: ScanControls): EventBatches {
	const prepared = await prepare(options);
	const {scanType, transport, warnings} = await chooseTransport(
		options,
		triesFor(prepared.timing),
		prepared.sweep !== undefined,
	);
	const abandoned = new AbortController();
	try {
		const plan = planOf(scanType, prepared, transport);
		yield [...[...prepared.warnings, ...warnings].map(message => warning(message)), {type: 'started', plan}];
		const running = startScan(
			prepared,
			plan,
			transport,
			AbortSignal.any([abandoned.signal, ...(options.signal === undefined ? [] : [options.signal])]),
		);
		controls.attach(running);
		yield* nameReports(running.batches, reportNamesOf(prepared), () => {
			abandoned.abort();
		});
	} finally {
		await transport.close();
	}
}

const prepare = async (options: ScanOptions): Promise<PreparedScan> => {
	checkOrderOptions(options);
	checkServers(options.dnsServers ?? []);
	const timing = timingParameters(options.template ?? 3, options);
	const selected = selectPorts(options);
	const {family = 4, resolveAll = false} = options;
	const resolved = await resolveTargets(
		options.pairs === undefined ? await targetSpecs(options) : [],
		excludedSpecs(options),
		{family, everyAddress: resolveAll, anySize: isSweepAskedFor(options)},
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
		warnings: [...selected.warnings, ...resolved.warnings, ...(pairs?.warnings ?? []), ...warnings],
	};
};

const planOf = (
	scanType: ScanPlan['scanType'],
	{resolved, selected, pairs, sweep}: PreparedScan,
	transport: Transport,
): ScanPlan => ({
	scanType,
	hostsTotal: pairs?.space.hosts ?? resolved.targets.size,
	ports: pairs?.ports ?? selected.ports,
	startedAt: Date.now(),
	startedAtClock: transport.clock.now(),
	discovery: WITHOUT_DISCOVERY,
	...(sweep !== undefined && {sweep}),
});

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
