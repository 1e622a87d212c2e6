import {randomInt} from 'node:crypto';
import {runScan, type RunningScan, triesFor} from '@halfopen/engine';
import {
	type Micros,
	micros,
	type Progress,
	type ScanEvent,
	type ScanPlan,
	type Transport,
} from '@halfopen/model';
import {POPULAR_FIRST} from '@halfopen/services';
import {portOrder} from '@halfopen/targets';
import {timingParameters} from '@halfopen/timing';
import {chooseTransport} from './choose-transport.ts';
import {nameReports} from './name-reports.ts';
import {resolveTargets, type ResolvedTargets} from './resolve-targets.ts';
import type {ScanOptions} from './scan-options.ts';
import {selectPorts} from './select-ports.ts';
import {targetSpecs} from './target-specs.ts';

/** A scan. It begins when its events are first taken, and goes on as fast as they are taken. */
export interface Scan extends AsyncIterable<ScanEvent> {
	/** Where it stands; all zeros before it began. */
	progress(): Progress;
}

/**
 * Scans ports. Nothing is resolved, opened or sent before the first event is taken; leaving the loop early ends the
 * scan and closes what it opened.
 *
 * ```ts
 * for await (const event of scan({targets: '192.0.2.1', ports: '22,80'})) {
 * 	if (event.type === 'port') {
 * 		console.log(event.result.port, event.result.state);
 * 	}
 * }
 * ```
 *
 * The first `next()` rejects with a `ScanError` when an option is wrong, or when the scan is not possible here. A
 * target that is malformed or does not resolve is a `warning` event, and the others are scanned.
 */
export const scan = (options: ScanOptions): Scan => {
	const state: {running?: RunningScan} = {};
	return {
		[Symbol.asyncIterator]: () => scanEvents(options, state),
		progress: () => state.running?.progress() ?? NOT_BEGUN,
	};
};

const NOT_BEGUN: Progress = {
	elapsed: micros(0),
	hostsDone: 0,
	hostsUp: 0,
	hostsActive: 0,
	hostsTotal: 0,
	portsDone: 0,
	portsTotal: 0,
	probesSent: 0,
	rate: 0,
};

async function* scanEvents(
	options: ScanOptions,
	state: {running?: RunningScan},
): AsyncGenerator<ScanEvent, void, undefined> {
	const timing = timingParameters(options.template ?? 3, options);
	const selected = selectPorts(options);
	const resolved = await resolveTargets(await targetSpecs(options), excludedSpecs(options));
	const {scanType, transport, warnings} = await chooseTransport(options, triesFor(timing));
	try {
		for (const message of [...selected.warnings, ...resolved.warnings, ...warnings]) {
			yield {type: 'warning', message};
		}

		const plan = planOf(scanType, resolved, selected.ports, transport);
		yield {type: 'started', plan};
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
			options.signal,
		);
		state.running = running;
		const reverse = options.simulate === undefined ? options.reverseNames : 'never';
		yield* nameReports(running.events, {typed: resolved.names, reverse: reverse ?? 'never'});
	} finally {
		await transport.close();
	}
}

const excludedSpecs = ({exclude = []}: ScanOptions): readonly string[] =>
	typeof exclude === 'string' ? [exclude] : exclude;

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
