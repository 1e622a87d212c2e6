import {runScan, type ScanLoopOptions, triesFor} from '@halfopen/engine';
import type {HostReport, ScanSummary} from '@halfopen/model';
import {
	type ObservedProbe,
	openSimulatedTransport,
	type SimulatedNetwork,
	type SimulationOptions,
} from '@halfopen/simulator';
import {type AddressBlock, buildTargetSet, parseTarget, portOrder} from '@halfopen/targets';
import {type TimingOverrides, type TimingTemplate, timingParameters} from '@halfopen/timing';
import {type EarlyEnd, takeAll, type TakenScan} from './take-all.ts';

/** What a simulated scan is given; the seed of the network decides the rest. */
export interface SimulatedScan {
	readonly network: SimulatedNetwork;
	readonly simulation?: SimulationOptions;
	/** Target specifications; by default every host of the network. */
	readonly targets?: readonly string[];
	readonly ports: readonly number[];
	readonly template?: TimingTemplate;
	readonly timing?: TimingOverrides;
	readonly decisions?: boolean;
	/** Further options of the scan loop. */
	readonly loop?: Partial<ScanLoopOptions>;
	readonly earlyEnd?: EarlyEnd;
}

/** All that a simulated scan said and did. */
export interface SimulatedRun extends TakenScan {
	readonly reports: readonly HostReport[];
	readonly summary: ScanSummary;
	readonly probes: readonly ObservedProbe[];
}

/** Runs a scan over a simulated network to its end. */
export const simulateScan = async (scan: SimulatedScan): Promise<SimulatedRun> => {
	const timing = timingParameters(scan.template ?? 3, scan.timing);
	const transport = openSimulatedTransport(scan.network, {tries: triesFor(timing), ...scan.simulation});
	const ports = Uint16Array.from(scan.ports).sort();
	const specs = scan.targets ?? scan.network.hosts.map(({address}) => address);
	const options: ScanLoopOptions = {
		transport,
		targets: buildTargetSet(specs.map(text => blockOf(text))),
		ports,
		order: portOrder(ports, {seed: BigInt(scan.network.seed), sequential: false, first: []}),
		picked: 0,
		timing,
		portEvents: 'all',
		decisions: scan.decisions ?? false,
		timeOfDay: at => at / 1000,
		...scan.loop,
	};
	const taken = await takeAll(transport, signal => runScan(options, signal), scan.earlyEnd);
	const {events} = taken;
	return {
		...taken,
		reports: events.flatMap(event => (event.type === 'host' ? [event.report] : [])),
		summary: events.flatMap(event => (event.type === 'end' ? [event.summary] : []))[0],
		probes: transport.sentProbes,
	};
};

const blockOf = (text: string): AddressBlock => {
	const spec = parseTarget(text);
	if (spec.kind === 'name') {
		throw new TypeError(`Expected an address, got ${text}`);
	}

	return spec.block;
};

/** The states of a report in a line: `22 open syn-ack, 80 closed reset`. */
export const statesOf = (report: HostReport): string =>
	[...report.ports].map(({port, state, reason}) => `${port} ${state} ${reason}`).join(', ');
