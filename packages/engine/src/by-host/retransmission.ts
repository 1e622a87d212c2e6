import type {Micros} from '@halfopen/model';
import type {HostScan} from './host-scan.ts';
import {isLastTry} from './last-tries.ts';
import {PROBE_STATUS, type SlotList} from './probe-window.ts';
import type {ScanState} from './scan-state.ts';
import {mayShareOutage} from './shared-outage.ts';
import {tellOfSlot} from './tell-of-slot.ts';

/** Where a slot waits to be sent again. */
export const queueOf = ({window}: ScanState, {retransmissions, clearWay}: HostScan, slot: number): SlotList =>
	window.status(slot) === PROBE_STATUS.held ? clearWay.slots : retransmissions;

/**
 * A probe that was sent then had its time: its port is asked again, or benched when it had the tries allowed so far. If
 * these may have been lost to an outage, it has one more, once the way is clear.
 */
export const retryOrBench = (
	scan: ScanState,
	host: HostScan,
	slot: number,
	sentAt: Micros,
	now: Micros,
): void => {
	const {window, options} = scan;
	const history = window.history(slot)!;
	const isProven = host.timing.isSilenceProven(history, now);
	const isInDoubt =
		isProven &&
		history.length <= options.timing.maxRetries &&
		mayShareOutage(host, window.sentAt(slot, window.attempt(slot) - 1), sentAt);
	window.onTimedOut(slot);
	if (isProven && !isInDoubt) {
		host.bench.add(window.portIndex(slot), history);
		window.close(slot);
	} else {
		tellOfSlot(scan, slot, now, {what: 'retransmission-queued'});
		queue(scan, host, slot, isInDoubt);
	}
};

/** A port is to be asked again: at once, or when the way is clear, as for its last tries. */
const queue = (scan: ScanState, host: HostScan, slot: number, isInDoubt = false): void => {
	const {window, options} = scan;
	if (isInDoubt || isLastTry(window.attempt(slot), options.timing.maxRetries)) {
		window.onHeld(slot);
	}

	window.append(queueOf(scan, host, slot), slot);
};

/** A probe was on its way when the scan stood still: it is sent once more, as the same try. */
export const resend = (scan: ScanState, host: HostScan, slot: number, now: Micros): void => {
	scan.window.onInterrupted(slot);
	tellOfSlot(scan, slot, now, {what: 'retransmission-queued'});
	scan.window.append(host.retransmissions, slot);
};

/** When more tries are needed than a benched port had, it is asked again. */
export const askBenchedAgain = (scan: ScanState, host: HostScan, now: Micros): void => {
	if (host.bench.isEmpty) {
		return; // As after most answers
	}

	const unproven = host.bench.take(history => !host.timing.isSilenceProven(history, now));
	for (const {portIndex, history} of unproven) {
		if (!host.results.isDecided(portIndex)) {
			queue(scan, host, scan.window.open(host, portIndex, history));
		}
	}
};
