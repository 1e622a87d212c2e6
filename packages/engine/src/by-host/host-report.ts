import {PortResults} from '@halfopen/classify';
import {type Address, type HostReport, type HostTimes, type Micros, micros} from '@halfopen/model';
import type {DownVerdict} from '../discovery/discovery-state.ts';
import type {FoundHost} from '../discovery/found-host.ts';
import type {HostScan} from './host-scan.ts';

/** Makes the report of a host from what the engine knows of it. */
export interface HostReporter {
	/** Of a host whose ports were scanned. */
	finished(host: HostScan, now: Micros): HostReport;
	/** Of a host that was found; none of these ports was asked. */
	found(host: FoundHost, startedAt: Micros, now: Micros, ports?: Uint16Array): HostReport;
	/** Of a target that is down. */
	down(target: DownTarget, now: Micros): HostReport;
}

/** A target that is down, and why. */
export interface DownTarget extends DownVerdict {
	readonly address: Address;
	readonly startedAt: Micros;
	readonly probesSent: number;
}

/** `timeOfDay` gives milliseconds since the epoch for a time of the transport's clock. */
export const hostReporter = (timeOfDay: (at: Micros) => number): HostReporter => ({
	finished: (host, now) => ({
		address: host.address,
		status: 'up',
		...evidenceOf(host.found),
		...(host.results.undecided > 0 && {isIncomplete: true as const}),
		...(host.timing.measuredLoss !== undefined && {loss: host.timing.measuredLoss}),
		expectedMissed: host.expectedMissed,
		...(host.timing.rtt !== undefined && {times: {...host.timing.rtt, timeout: host.timing.timeout}}),
		startedAt: timeOfDay(host.startedAt),
		endedAt: timeOfDay(now),
		ports: host.results,
		probesSent: host.found.probesSent + host.probesSent,
		...(host.found.probesSent > 0 && {discoveryProbes: host.found.probesSent}),
	}),

	found: (host, startedAt, now, ports = NO_PORTS) => ({
		address: host.address,
		status: 'up',
		...evidenceOf(host),
		...(ports.length > 0 && {isIncomplete: true as const}),
		...(host.rtt !== undefined && {times: timesOf(host.rtt)}),
		startedAt: timeOfDay(startedAt),
		endedAt: timeOfDay(now),
		ports: new PortResults(ports),
		probesSent: host.probesSent,
	}),

	down: ({address, reason, ttl, problem, startedAt, probesSent}, now) => ({
		address,
		status: 'down',
		reason,
		ttl,
		...(problem !== undefined && {problem}),
		startedAt: timeOfDay(startedAt),
		endedAt: timeOfDay(now),
		ports: new PortResults(NO_PORTS),
		probesSent,
	}),
});

const NO_PORTS = new Uint16Array(0);

const evidenceOf = ({reason, ttl, mac}: FoundHost): Pick<HostReport, 'reason' | 'ttl' | 'mac'> => ({
	reason,
	ttl,
	...(mac !== undefined && {mac}),
});

/** Of one round trip (RFC 6298 §2.2). */
const timesOf = (rtt: Micros): HostTimes => ({
	smoothed: rtt,
	variance: micros(rtt / 2),
	timeout: micros(3 * rtt),
});
