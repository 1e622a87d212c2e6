import {type Micros, micros, SECOND, type Verdict} from '@halfopen/model';
import type {HostScan} from './host-scan.ts';
import {recordVerdict} from './record-verdict.ts';
import type {ScanState} from './scan-state.ts';

/** How long a host that was reported is kept for late answers. */
const LINGER = 2 * SECOND;

/**
 * Reports the host when every port has its state, or nothing is on its way and nothing is left to ask; and all that was
 * written for it has left, so that the report can say how much that was.
 */
export const finishIfDone = (scan: ScanState, host: HostScan, now: Micros): void => {
	if (host.isDone || host.probesQueued > 0) {
		return;
	}

	if (host.results.undecided === 0 || (host.timing.inFlight === 0 && !host.hasProbe)) {
		finish(scan, host, now);
	}
};

/** Reports what is known of a host. */
export const finish = (scan: ScanState, host: HostScan, now: Micros): void => {
	settleSilentPorts(scan, host, now);
	forgetProbes(scan, host);
	host.isDone = true;
	scan.expectedMissed += host.expectedMissed;
	scan.portsScanned += host.results.length;
	scan.portsAnswered += host.results.count('open') + host.results.count('closed');
	scan.events.add({type: 'host', report: scan.report.finished(host, now)});
	scan.hosts.finish(host, micros(now + LINGER));
};

const NO_RESPONSE: Verdict = {state: 'filtered', reason: 'no-response'};

/** What had its tries and stayed silent is filtered. */
const settleSilentPorts = (scan: ScanState, host: HostScan, now: Micros): void => {
	const missed = host.bench.isEmpty ? 0 : host.timing.expectedMissed(host.bench.doubt);
	let silent = 0;
	for (const {portIndex, history} of host.bench.take(() => true)) {
		if (!host.results.isDecided(portIndex)) {
			const evidence = {
				port: scan.options.ports[portIndex],
				attempt: history.length - 1,
				receivedAt: now,
				ttl: 0,
			};
			scan.decisions.onProbe(host, evidence, {what: 'tries-exhausted'});
			recordVerdict(scan, host, portIndex, NO_RESPONSE, evidence);
			silent++;
		}
	}

	host.expectedMissed = Math.min(missed, silent);
};

/** What is still on its way, or waits to be sent again, is not waited for. */
const forgetProbes = (scan: ScanState, host: HostScan): void => {
	const {window} = scan;
	for (let slot = host.inFlight.head; slot !== -1; slot = host.inFlight.head) {
		host.timing.onForget(window.note(slot));
		window.remove(host.inFlight, slot);
		window.close(slot);
	}

	for (const waiting of [host.retransmissions, host.clearWay.slots]) {
		for (let slot = waiting.head; slot !== -1; slot = waiting.head) {
			window.remove(waiting, slot);
			window.close(slot);
		}
	}
};
