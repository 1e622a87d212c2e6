import {PortResults} from '@halfopen/classify';
import type {Address, HostReport, Micros, Path} from '@halfopen/model';
import {reasonUp} from '../reason-up.ts';
import type {HostScan} from './host-scan.ts';

/** Makes the report of a host from what the engine knows of it. */
export interface HostReporter {
	finished(host: HostScan, now: Micros): HostReport;
	unreachable(address: Address, path: Path, now: Micros): HostReport;
}

/** `timeOfDay` gives milliseconds since the epoch for a time of the transport's clock. */
export const hostReporter = (timeOfDay: (at: Micros) => number): HostReporter => ({
	finished: (host, now) => ({
		address: host.address,
		status: 'up',
		reason: reasonUp(host.path),
		ttl: 0,
		...(host.path.mac !== undefined && {mac: host.path.mac}),
		...(host.results.undecided > 0 && {isIncomplete: true as const}),
		...(host.timing.measuredLoss !== undefined && {loss: host.timing.measuredLoss}),
		expectedMissed: host.expectedMissed,
		...(host.timing.rtt !== undefined && {times: {...host.timing.rtt, timeout: host.timing.timeout}}),
		startedAt: timeOfDay(host.startedAt),
		endedAt: timeOfDay(now),
		ports: host.results,
		probesSent: host.probesSent,
	}),

	unreachable: (address, path, now) => ({
		address,
		status: 'down',
		reason: 'no-response',
		ttl: 0,
		...(path.problem !== undefined && {problem: path.problem}),
		startedAt: timeOfDay(now),
		endedAt: timeOfDay(now),
		ports: new PortResults(new Uint16Array(0)),
		probesSent: 0,
	}),
});
