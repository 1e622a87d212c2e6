import type {Micros} from '@halfopen/model';
import {DISCOVERY_TAG} from '../discovery/send-discovery.ts';
import {onDiscoverySent} from '../discovery/take-discovery-sent.ts';
import {finishIfDone} from './finish-host.ts';
import {PROBE_STATUS} from './probe-window.ts';
import type {ScanState} from './scan-state.ts';
import {tellOfSlot} from './tell-of-slot.ts';
import {tellSendError} from './tell-send-error.ts';

/** Learns when probes left: from then on they are waited for. */
export const takeSendTimes = (scan: ScanState, now: Micros): void => {
	scan.transport.probes.takeSent((slot, sentAt, errno) => {
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
};

const onSent = (scan: ScanState, slot: number, sentAt: Micros, now: Micros): void => {
	const {window} = scan;
	const host = window.host(slot);
	host.timing.onSent(window.note(slot), sentAt);
	if (window.status(slot) === PROBE_STATUS.answered) {
		learnFrom(scan, slot, sentAt);
		window.close(slot);
		finishIfDone(scan, host, now);
	} else if (host.isDone) {
		host.timing.onForget(window.note(slot)); // A canary that the host did not wait for
		window.close(slot);
	} else {
		window.onSent(slot, sentAt);
		window.append(host.inFlight, slot);
		if (host.inFlight.head === slot) {
			scan.scheduleTimeout(host); // Those behind it are overdue later
		}
	}
};

/** The answer came before the send time was known. */
const learnFrom = ({window}: ScanState, slot: number, sentAt: Micros): void => {
	const receivedAt = window.answeredAt(slot);
	if (receivedAt !== undefined) {
		const attempt = window.lastSent(slot);
		const answer = {attempt, history: window.history(slot), sentAt, receivedAt, isTelling: true};
		const host = window.host(slot);
		host.earlyAnswers--;
		host.timing.onAnswer(answer, window.note(slot), receivedAt);
	}
};
