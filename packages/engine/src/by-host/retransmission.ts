import type {Micros} from '@halfopen/model';
import type {HostScan} from './host-scan.ts';
import type {ScanState} from './scan-state.ts';
import {tellOfSlot} from './tell-of-slot.ts';

/** A probe had its time: its port is asked again, or benched when it had the tries allowed so far. */
export const retryOrBench = (scan: ScanState, host: HostScan, slot: number, now: Micros): void => {
	const {window} = scan;
	const attempt = window.attempt(slot);
	window.onTimedOut(slot);
	if (attempt < host.timing.lastAttempt) {
		tellOfSlot(scan, slot, now, {what: 'retransmission-queued'});
		window.append(host.retransmissions, slot);
		return;
	}

	host.bench.push({portIndex: window.portIndex(slot), attempt: attempt + 1});
	window.close(slot);
};

/** When more tries are allowed than a benched port had, it is asked again. */
export const askBenchedAgain = (scan: ScanState, host: HostScan): void => {
	if (host.bench.length === 0) {
		return;
	}

	const {lastAttempt} = host.timing;
	if (lastAttempt === host.benchedUpTo) {
		return;
	}

	host.benchedUpTo = lastAttempt;
	for (const port of host.bench.splice(0)) {
		if (host.results.isDecided(port.portIndex)) {
			continue;
		}

		if (port.attempt > lastAttempt) {
			host.bench.push(port);
		} else {
			const slot = scan.window.open(host, port.portIndex, port.attempt);
			scan.window.append(host.retransmissions, slot);
		}
	}
};
