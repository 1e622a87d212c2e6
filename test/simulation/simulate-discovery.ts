import {type DiscoveryPlan, type DiscoveryProbe, micros, PROBE_KIND, SECOND} from '@halfopen/model';
import {simulateScan, type SimulatedRun, type SimulatedScan} from './simulate-scan.ts';

/** The probes that root sends over IPv4 when nothing is said. */
export const DEFAULT_PROBES: readonly DiscoveryProbe[] = [
	{kind: PROBE_KIND.echo, port: 0},
	{kind: PROBE_KIND.syn, port: 443},
	{kind: PROBE_KIND.ack, port: 80},
	{kind: PROBE_KIND.timestamp, port: 0},
];

/** A scan that asks first, and scans ports only where there are any. */
export type SimulatedDiscovery = Omit<SimulatedScan, 'ports'> & {
	readonly ports?: readonly number[];
	readonly plan?: Partial<DiscoveryPlan>;
};

/** Finds hosts in a simulated network, and scans their ports if there are any. */
export const simulateDiscovery = ({
	ports = [],
	plan,
	loop,
	...scan
}: SimulatedDiscovery): Promise<SimulatedRun> =>
	simulateScan({
		...scan,
		simulation: {startAt: micros(SECOND), ...scan.simulation},
		ports,
		loop: {
			discovery: {
				probes: DEFAULT_PROBES,
				neighbours: true,
				ignoreResets: false,
				only: ports.length === 0,
				...plan,
			},
			targetSeed: BigInt(scan.network.seed),
			...loop,
		},
	});
