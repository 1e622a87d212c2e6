import type {Micros} from '@halfopen/model';
import {DISCOVERY_TAG} from '../discovery/send-discovery.ts';
import {onDiscoverySent} from '../discovery/take-discovery-sent.ts';
import {finishIfDone} from './finish-host.ts';
import {PROBE_STATUS} from './probe-window.ts';
import type {ScanState} from './scan-state.ts';
import {tellOfSlot} from './tell-of-slot.ts';
import {tellSendError} from './tell-send-error.ts';

/** A probe is no longer in the ring; with an `errno` other than 0 it did not leave. */
export const countTaken = (scan: ScanState, tag: number, errno: number): void => {
	scan.probesSent += errno === 0 ? 1 : 0;
	if (tag >= DISCOVERY_TAG) {
		scan.discovery.probesSent += errno === 0 ? 1 : 0;
	} else {
		scan.window.host(tag).onTaken(errno);
	}
};

/** Learns when probes left: from then on they are waited for. */
export const takeSendTimes = (scan: ScanState, now: Micros): void => {
	scan.transport.probes.takeSent((slot, sentAt, errno) => {
		countTaken(scan, slot, errno);
		if (slot >= DISCOVERY_TAG) {
			onDiscoverySent(scan, slot, sentAt, errno, now);
			return;
		}

		// The try is spent: the port is asked again after the timeout, like one that did not answer
		if (errno !== 0) {
			tellOfSlot(scan, slot, sentAt, {what: 'probe-failed', errno});
			tellSendError(scan, scan.window.host(slot).address, errno);
		}

		onSent(scan, slot, sentAt, now);
	});
	scan.departed.tell();
};

const onSent = (scan: ScanState, slot: number, sentAt: Micros, now: Micros): void => {
	const {window} = scan;
	const host = window.host(slot);
	scan.departed.add(host.timing, window.note(slot), sentAt);
	if (window.status(slot) === PROBE_STATUS.answered) {
		learnFrom(scan, slot, sentAt);
		window.close(slot);
	} else {
		window.onSent(slot, sentAt);
		window.append(host.inFlight, slot);
		if (host.inFlight.head === slot) {
			scan.scheduleTimeout(host); // Those behind it are overdue later
		}
	}

	if (now >= host.endsAt) {
		scan.wakes.schedule(host, now); // Which ends it, as soon as the replies that came in time were looked at
	} else {
		finishIfDone(scan, host, now);
	}
};

/** The answer came before the send time was known. */
const learnFrom = ({window}: ScanState, slot: number, sentAt: Micros): void => {
	const receivedAt = window.answeredAt(slot);
	if (receivedAt !== undefined) {
		const attempt = window.lastSent(slot);
		const answer = {attempt, history: window.history(slot), sentAt, receivedAt, isTelling: true};
		const host = window.host(slot);
		host.timing.learn(answer, window.note(slot)); // `update` follows before anything is sent
	}
};
