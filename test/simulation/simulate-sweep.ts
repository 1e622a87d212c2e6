import {runSweep, type SweepOptions, triesFor} from '@halfopen/engine';
import type {HostReport, PortState, ScanSummary, SweepTotals} from '@halfopen/model';
import {
	type ObservedProbe,
	openSimulatedTransport,
	type SimulatedNetwork,
	type SimulationOptions,
} from '@halfopen/simulator';
import {buildTargetSet, parseTarget, ProbeOrder, productSpace, type Shard} from '@halfopen/targets';
import {type TimingOverrides, type TimingTemplate, timingParameters} from '@halfopen/timing';
import {type EarlyEnd, takeAll, type TakenScan} from './take-all.ts';

/** What a simulated sweep is given; the seed of the network decides the rest. */
export interface SimulatedSweep {
	readonly network: SimulatedNetwork;
	readonly simulation?: SimulationOptions;
	/** Target specifications; by default every host of the network. */
	readonly targets?: readonly string[];
	readonly ports: readonly number[];
	readonly template?: TimingTemplate;
	readonly timing?: TimingOverrides;
	readonly shard?: Shard;
	readonly sequential?: boolean;
	/** Further options of the sweep. */
	readonly sweep?: Partial<SweepOptions>;
	readonly earlyEnd?: EarlyEnd;
}

/** All that a simulated sweep said and did. */
export interface SimulatedSweepRun extends TakenScan {
	readonly reports: readonly HostReport[];
	readonly summary: ScanSummary;
	readonly totals: SweepTotals;
	readonly probes: readonly ObservedProbe[];
}

/** Sweeps a simulated network to its end. */
export const simulateSweep = async (scan: SimulatedSweep): Promise<SimulatedSweepRun> => {
	const timing = timingParameters(scan.template ?? 3, scan.timing);
	const transport = openSimulatedTransport(scan.network, {tries: triesFor(timing), ...scan.simulation});
	const specs = scan.targets ?? scan.network.hosts.map(({address}) => address);
	const space = productSpace(
		buildTargetSet(
			specs.flatMap(text => {
				const spec = parseTarget(text);
				return spec.kind === 'name' ? [] : [spec.block];
			}),
		),
		Uint16Array.from(scan.ports).sort(),
	);
	const options: SweepOptions = {
		transport,
		space,
		order: new ProbeOrder({
			size: space.size,
			seed: BigInt(scan.network.seed),
			sequential: scan.sequential ?? false,
			...(scan.shard !== undefined && {shard: scan.shard}),
		}),
		timing,
		results: 'table',
		portEvents: 'open',
		decisions: false,
		timeOfDay: at => at / 1000,
		...scan.sweep,
	};
	const taken = await takeAll(transport, signal => runSweep(options, signal), scan.earlyEnd);
	const {events} = taken;
	const [summary] = events.flatMap(event => (event.type === 'end' ? [event.summary] : []));
	return {
		...taken,
		reports: events.flatMap(event => (event.type === 'host' ? [event.report] : [])),
		summary,
		totals: summary.sweep!,
		probes: transport.sentProbes,
	};
};

/** How many ports of all reports are in each state. */
export const countStates = (reports: readonly HostReport[]): Record<PortState, number> => {
	const counts = {unknown: 0, open: 0, closed: 0, filtered: 0};
	for (const {ports} of reports) {
		for (const {state} of ports) {
			counts[state]++;
		}
	}

	return counts;
};
