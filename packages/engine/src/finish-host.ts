import {type Micros, micros, SECOND, type Verdict} from '@halfopen/model';
import type {HostScan} from './host-scan.ts';
import {recordVerdict} from './record-verdict.ts';
import type {ScanState} from './scan-state.ts';

/** How long a host that was reported is kept for late answers. */
const LINGER = 2 * SECOND;

/** Reports the host when nothing is on its way and nothing is left to ask. */
export const finishIfDone = (scan: ScanState, host: HostScan, now: Micros): void => {
	if (host.isDone || host.timing.inFlight > 0 || host.hasProbe) {
		return;
	}

	settleSilentPorts(scan, host, now);
	host.isDone = true;
	scan.emit({type: 'host', report: scan.report.finished(host, now)});
	scan.hosts.finish(host, micros(now + LINGER));
};

const NO_RESPONSE: Verdict = {state: 'filtered', reason: 'no-response'};

/** What had its tries and stayed silent is filtered. */
const settleSilentPorts = (scan: ScanState, host: HostScan, now: Micros): void => {
	for (const {portIndex, attempt: tries} of host.bench.splice(0)) {
		if (!host.results.isDecided(portIndex)) {
			const evidence = {port: scan.options.ports[portIndex], attempt: tries - 1, receivedAt: now, ttl: 0};
			scan.decisions.onEvidence(host, evidence, {what: 'tries-exhausted'});
			recordVerdict(scan, host, portIndex, NO_RESPONSE, evidence);
		}
	}
};
