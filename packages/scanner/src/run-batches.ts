import {randomInt} from 'node:crypto';
import {runScan, triesFor} from '@halfopen/engine';
import type {Micros, ScanEvent, ScanPlan, Transport} from '@halfopen/model';
import {POPULAR_FIRST} from '@halfopen/services';
import {portOrder} from '@halfopen/targets';
import {timingParameters} from '@halfopen/timing';
import {chooseTransport} from './choose-transport.ts';
import {type EventBatches, nameReports, type ReportNames} from './name-reports.ts';
import {checkServers} from './reverse-names.ts';
import {resolveTargets, type ResolvedTargets} from './resolve-targets.ts';
import type {ScanControls} from './scan-controls.ts';
import type {ScanOptions} from './scan-options.ts';
import {selectPorts} from './select-ports.ts';
import {targetSpecs} from './target-specs.ts';

/** The composition root: resolves, opens, runs, names, and closes. */
export async function* runBatches(options: ScanOptions, controls: ScanControls): EventBatches {
	const timing = timingParameters(options.template ?? 3, options);
	const selected = selectPorts(options);
	checkServers(options.dnsServers ?? []);
	const resolved = await resolveTargets(
		await targetSpecs(options),
		excludedSpecs(options),
		options.resolveAll,
	);
	const {scanType, transport, warnings} = await chooseTransport(options, triesFor(timing));
	const abandoned = new AbortController();
	try {
		const plan = planOf(scanType, resolved, selected.ports, transport);
		yield [
			...[...selected.warnings, ...resolved.warnings, ...warnings].map(message => warning(message)),
			{type: 'started', plan},
		];
		const running = runScan(
			{
				transport,
				targets: resolved.targets,
				ports: selected.ports,
				...orderOf(selected.ports, options),
				timing,
				...(options.hostTimeout !== undefined &&
					options.hostTimeout > 0 && {hostTimeout: options.hostTimeout}),
				...(options.minHostGroup !== undefined && {minHostGroup: options.minHostGroup}),
				...(options.maxHostGroup !== undefined && {maxHostGroup: options.maxHostGroup}),
				portEvents: options.portEvents ?? 'all',
				decisions: options.decisions ?? false,
				timeOfDay: at => timeOfDay(plan, at),
			},
			AbortSignal.any([abandoned.signal, ...(options.signal === undefined ? [] : [options.signal])]),
		);
		controls.attach(running);
		yield* nameReports(running.batches, reportNamesOf(options, resolved), () => {
			abandoned.abort();
		});
	} finally {
		await transport.close();
	}
}

const warning = (message: string): ScanEvent => ({type: 'warning', message});

const excludedSpecs = ({exclude = []}: ScanOptions): readonly string[] =>
	typeof exclude === 'string' ? [exclude] : exclude;

const reportNamesOf = (
	{reverseNames = 'never', dnsServers: servers, systemDns: bySystem = false, simulate}: ScanOptions,
	{names: typed}: ResolvedTargets,
): ReportNames => ({
	typed,
	reverse: simulate === undefined ? reverseNames : 'never',
	...(servers !== undefined && {servers}),
	bySystem,
});

const planOf = (
	scanType: ScanPlan['scanType'],
	{targets}: ResolvedTargets,
	ports: Uint16Array,
	transport: Transport,
): ScanPlan => ({
	scanType,
	hostsTotal: targets.size,
	ports,
	startedAt: Date.now(),
	startedAtClock: transport.clock.now(),
});

/** The most popular ports first, the others shuffled; or all ascending. */
const orderOf = (
	ports: Uint16Array,
	{seed, sequential = false}: ScanOptions,
): {order: Uint32Array; picked: number} => ({
	order: portOrder(ports, {seed: BigInt(seed ?? randomInt(2 ** 47)), sequential, first: POPULAR_FIRST}),
	picked: sequential ? ports.length : POPULAR_FIRST.filter(port => ports.includes(port)).length,
});

const timeOfDay = ({startedAt, startedAtClock}: ScanPlan, at: Micros): number =>
	startedAt + (at - startedAtClock) / 1000;
