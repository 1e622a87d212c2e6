import type {Micros} from '@halfopen/model';
import type {ScanState} from '../by-host/scan-state.ts';
import {tellSendError} from '../by-host/tell-send-error.ts';
import {conclude} from './decide-target.ts';
import {learnEarly} from './take-evidence.ts';
import {DISCOVERY_CANARY_TAG, DISCOVERY_TAG} from './send-discovery.ts';
import {TARGET_STATUS} from './target-window.ts';
import {tellOfProbe, tellOfTarget} from './tell-of-target.ts';

/** Learns when a probe that looks for a host left: from then on it is waited for. */
export const onDiscoverySent = (
	scan: ScanState,
	tag: number,
	sentAt: Micros,
	errno: number,
	now: Micros,
): void => {
	if (tag >= DISCOVERY_CANARY_TAG) {
		onCanarySent(scan, tag - DISCOVERY_CANARY_TAG, sentAt);
	} else {
		const {position, probe} = scan.discovery.window.ofTag(tag - DISCOVERY_TAG);
		onSent(scan, position, probe, sentAt, errno, now);
	}
};

const onSent = (
	scan: ScanState,
	position: number,
	probe: number,
	sentAt: Micros,
	errno: number,
	now: Micros,
): void => {
	const {window, timing, notes, waits} = scan.discovery;
	const way = window.way(position);
	const status = window.status(position);
	window.onSent(position, probe, sentAt, errno);
	tellOfProbe(scan, position, probe, sentAt);
	timing.onSent(notes.at(window.note(position, probe)), sentAt);
	if (errno !== 0) {
		const {port} = scan.discovery.probesOf(way)[probe];
		tellOfTarget(
			scan,
			position,
			{port, attempt: window.attempt(position), at: sentAt},
			{what: 'probe-failed', errno},
		);
		tellSendError(scan, window.address(position), errno);
	}

	if (status === TARGET_STATUS.decided) {
		learnEarly(scan, position, probe, sentAt);
		if (window.queued(position) === 0) {
			conclude(scan, position, now);
		}

		return;
	}

	waits[way].flight.push(position, sentAt);
	if (status === TARGET_STATUS.asked && window.queued(position) === 0) {
		waitFor(scan, position);
	}
};

/** Every probe of the try left: answers are waited for. */
const waitFor = (scan: ScanState, position: number): void => {
	const {window, waits, hints, graces, timing} = scan.discovery;
	const lastSentAt = window.lastSentAt(position);
	waits[window.way(position)].retry.push(position, lastSentAt);
	const hint = hints.get(position);
	if (hint !== undefined) {
		graces.push(position, timing.patience.graceEnd(lastSentAt, hint.took));
	}
};

const onCanarySent = (scan: ScanState, index: number, sentAt: Micros): void => {
	const {canaries, timing} = scan.discovery;
	const note = canaries.noteOf(index);
	timing.onSent(note, sentAt);
	const receivedAt = canaries.onSent(index, sentAt);
	if (receivedAt !== undefined) {
		timing.onCanaryAnswer({way: 'path', sentAt, receivedAt, isTelling: true}, note);
	}
};
