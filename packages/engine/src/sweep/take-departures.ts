import {getSystemErrorName} from 'node:util';
import {formatAddressKey, type Micros} from '@halfopen/model';
import {POSITION_STATUS} from './position-window.ts';
import {CANARY_TAG} from './send-positions.ts';
import type {SweepState} from './sweep-state.ts';
import {tellOfPosition} from './tell-of-probe.ts';

/** Learns when probes left, in whatever order: from then on they are waited for. */
export const takeDepartures = (sweep: SweepState, now: Micros): void => {
	sweep.transport.probes.takeSent((tag, sentAt, errno) => {
		sweep.countTaken(errno);
		sweep.lastSentAt = Math.max(sweep.lastSentAt, sentAt);
		if (tag >= CANARY_TAG) {
			onCanarySent(sweep, tag - CANARY_TAG, sentAt);
			return;
		}

		const position = sweep.window.positionOf(tag);
		if (errno !== 0) {
			tellSendError(sweep, position, sentAt, errno);
		}

		onSent(sweep, position, sentAt, now);
	});
	sweep.departed.tell();
};

const onSent = (sweep: SweepState, position: number, sentAt: Micros, now: Micros): void => {
	const {window, notes, departed, timing, inFlight} = sweep;
	const note = notes.at(window.note(position));
	departed.add(timing, note, sentAt);
	if (window.status(position) === POSITION_STATUS.queued) {
		window.onSent(position, sentAt);
		inFlight.push(position);
		return;
	}

	// The answer came before the send time was known
	const receivedAt = window.answeredAt(position, now);
	if (receivedAt !== undefined) {
		const answer = {attempt: window.attempt(position), sentAt, receivedAt, isTelling: true};
		sweep.learn(answer, note);
	}

	window.settle(position);
};

const onCanarySent = (sweep: SweepState, index: number, sentAt: Micros): void => {
	const {canaries, timing, firstCanary} = sweep;
	const note = canaries.noteOf(index);
	timing.onSent(note, sentAt);
	const receivedAt = canaries.onSent(index, sentAt);
	if (receivedAt !== undefined) {
		const attempt = firstCanary + canaries.attemptOf(index);
		sweep.learn({attempt, sentAt, receivedAt, isTelling: true}, note);
	}
};

/** The try is spent: the port is asked again after the timeout, like one that did not answer. */
const tellSendError = (sweep: SweepState, position: number, at: Micros, errno: number): void => {
	const attempt = sweep.window.attempt(position);
	tellOfPosition(sweep, position, {attempt, receivedAt: at}, {what: 'probe-failed', errno});
	if (!sweep.errnosTold.has(errno)) {
		sweep.errnosTold.add(errno);
		const address = formatAddressKey(sweep.space.keyAt(sweep.order.numberAt(position)));
		const message = `Cannot send to ${address}: ${getSystemErrorName(-errno)}`;
		sweep.events.add({type: 'warning', message});
	}
};
