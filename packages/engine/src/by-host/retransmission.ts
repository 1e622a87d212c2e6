import type {Micros} from '@halfopen/model';
import type {HostScan} from './host-scan.ts';
import {PROBE_STATUS, type SlotList} from './probe-window.ts';
import type {ScanState} from './scan-state.ts';
import {tellOfSlot} from './tell-of-slot.ts';

/** Where a slot waits to be sent again. */
export const queueOf = (
	{window}: ScanState,
	{retransmissions, lastTries}: HostScan,
	slot: number,
): SlotList =>
	window.status(slot) === PROBE_STATUS.timedOut && lastTries.includes(window.attempt(slot))
		? lastTries.slots
		: retransmissions;

/** A probe had its time: its port is asked again, or benched when it had the tries allowed so far. */
export const retryOrBench = (scan: ScanState, host: HostScan, slot: number, now: Micros): void => {
	const {window} = scan;
	const history = window.history(slot)!;
	window.onTimedOut(slot);
	if (!host.timing.isSilenceProven(history)) {
		tellOfSlot(scan, slot, now, {what: 'retransmission-queued'});
		window.append(queueOf(scan, host, slot), slot);
		return;
	}

	host.bench.add(window.portIndex(slot), history);
	window.close(slot);
};

/** A probe was on its way when the scan stood still: it is sent once more, as the same try. */
export const resend = (scan: ScanState, host: HostScan, slot: number, now: Micros): void => {
	scan.window.onInterrupted(slot);
	tellOfSlot(scan, slot, now, {what: 'retransmission-queued'});
	scan.window.append(host.retransmissions, slot);
};

/** When more tries are needed than a benched port had, it is asked again. */
export const askBenchedAgain = (scan: ScanState, host: HostScan): void => {
	if (host.bench.isEmpty) {
		return; // As after most answers
	}

	const unproven = host.bench.take(history => !host.timing.isSilenceProven(history));
	for (const {portIndex, history} of unproven) {
		if (!host.results.isDecided(portIndex)) {
			const slot = scan.window.open(host, portIndex, history);
			scan.window.append(queueOf(scan, host, slot), slot);
		}
	}
};
