import {type Micros, micros, SECOND, type Verdict} from '@halfopen/model';
import type {HostScan} from './host-scan.ts';
import {recordVerdict} from './record-verdict.ts';
import type {ScanState} from './scan-state.ts';

/** How long a host that was reported is kept for late answers. */
const LINGER = 2 * SECOND;

/** Reports the host when every port has its state, or nothing is on its way and nothing is left to ask. */
export const finishIfDone = (scan: ScanState, host: HostScan, now: Micros): void => {
	const isDone = host.results.undecided === 0 || (host.timing.inFlight === 0 && !host.hasProbe);
	if (host.isDone || !isDone) {
		return;
	}

	settleSilentPorts(scan, host, now);
	forgetCanaries(scan, host);
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

/** What is still on its way asks nothing that is not known. */
const forgetCanaries = ({window}: ScanState, host: HostScan): void => {
	for (let slot = host.inFlight.head; slot !== -1; slot = host.inFlight.head) {
		window.remove(host.inFlight, slot);
		window.close(slot);
		host.timing.onLeave();
	}
};
