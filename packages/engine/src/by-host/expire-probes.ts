import type {Micros} from '@halfopen/model';
import {finish, finishIfDone} from './finish-host.ts';
import type {HostScan} from './host-scan.ts';
import {askBenchedAgain, resend, retryOrBench} from './retransmission.ts';
import type {ScanState} from './scan-state.ts';
import {tellOfSlot} from './tell-of-slot.ts';

/** Lets what is overdue time out, at the hosts whose time has come. */
export const expireProbes = (scan: ScanState, now: Micros): void => {
	for (let host = scan.wakes.takeDue(now); host !== undefined; host = scan.wakes.takeDue(now)) {
		if (host.isDone) {
			continue;
		}

		if (now < host.endsAt) {
			expire(scan, host, now);
			askBenchedAgain(scan, host, now);
			scan.markReady(host);
			scan.scheduleTimeout(host);
			finishIfDone(scan, host, now);
		} else if (host.probesQueued === 0) {
			finish(scan, host, now);
		}
	}
};

/** Probes of one host share its timeout, so they are overdue in the order in which they were sent. */
const expire = (scan: ScanState, host: HostScan, now: Micros): void => {
	const {window} = scan;
	for (let slot = host.inFlight.head; slot !== -1; slot = host.inFlight.head) {
		const sentAt = window.sentAt(slot, window.attempt(slot)) ?? now;
		if (host.timing.overdueAt(sentAt) > now) {
			return;
		}

		window.remove(host.inFlight, slot);
		host.timing.onLeave();
		tellOfSlot(scan, slot, now, {what: 'probe-timed-out', timeout: host.timing.timeout});
		if (window.note(slot).kind === 'canary') {
			host.canariesInFlight--;
			if (!host.timing.wasInterrupted(sentAt)) {
				host.timing.onCanaryLost(window.note(slot));
			}

			window.close(slot);
		} else if (host.timing.wasInterrupted(sentAt)) {
			resend(scan, host, slot, now);
		} else {
			retryOrBench(scan, host, slot, sentAt, now);
		}
	}
};
