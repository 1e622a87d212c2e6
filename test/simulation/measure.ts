import {SECOND, type Micros} from '@halfopen/model';
import type {PortBehaviour, SimulatedHost} from '@halfopen/simulator';
import {stateOf} from './networks.ts';
import {simulateScan, type SimulatedScan} from './simulate-scan.ts';

/** What a simulated scan took, and what it got wrong. */
export interface Measurement {
	/** Seconds of the virtual clock. */
	readonly time: number;
	readonly probesPerPort: number;
	/** Ports whose state is not what they do. */
	readonly wrong: number;
	/** The longest time without a probe. */
	readonly longestPause: Micros;
}

/** Runs a scan of hosts that are all described alike. */
export const measure = async (scan: SimulatedScan): Promise<Measurement> => {
	const {reports, summary, probes} = await simulateScan(scan);
	const truth = truthOf(scan.network.hosts[0]);
	const wrong = reports.flatMap(({ports}) => [...ports].filter(({port, state}) => state !== truth(port)));
	return {
		time: summary.elapsed / SECOND,
		probesPerPort: probes.length / (reports.length * scan.ports.length),
		wrong: wrong.length,
		longestPause: longestPause(probes),
	};
};

const longestPause = (probes: readonly {readonly at: Micros}[]): Micros =>
	Math.max(0, ...probes.slice(1).map(({at}, index) => at - probes[index].at)) as Micros;

const truthOf = ({ports = {}, otherPorts = 'closed'}: SimulatedHost) => {
	const behaviours = new Map<number, PortBehaviour>();
	for (const [ranges, behaviour] of Object.entries(ports)) {
		for (const range of ranges.split(',')) {
			const [first, last = first] = range.split('-').map(Number);
			for (let port = first; port <= last; port++) {
				behaviours.set(port, behaviour);
			}
		}
	}

	return (port: number) => stateOf(behaviours.get(port) ?? otherPorts);
};
