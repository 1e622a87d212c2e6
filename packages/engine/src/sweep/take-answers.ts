import {classifyReply} from '@halfopen/classify';
import {type Micros, micros, type Reply, UNKNOWN_ATTEMPT} from '@halfopen/model';
import {isTelling, isUnproven, REPLIES_PER_STEP} from '../reply-kinds.ts';
import {POSITION_STATUS} from './position-window.ts';
import {recordVerdict} from './settle.ts';
import type {SweepState} from './sweep-state.ts';
import {tellOfProbe} from './tell-of-probe.ts';

/** Looks at the replies that wait; false when some are left for the next step. */
export const takeAnswers = (sweep: SweepState, now: Micros): boolean => {
	const {replies} = sweep.transport;
	for (let left = REPLIES_PER_STEP; left > 0; left--) {
		if (!replies.next()) {
			return true;
		}

		sweep.group.onReply(replies.receivedAt, now);
		onReply(sweep, replies, now);
	}

	return replies.waiting === 0;
};

const onReply = (sweep: SweepState, reply: Reply, now: Micros): void => {
	const number = sweep.space.numberOf(reply.target, reply.port);
	const position = number === -1 ? -1 : sweep.order.positionOf(number);
	if (position === -1 || !wasAsked(sweep, position)) {
		sweep.repliesRedundant++;
		return;
	}

	const verdict = classifyReply(reply);
	const isAwaited = isWaitedFor(sweep, position);
	const isCanary = reply.attempt >= sweep.firstCanary && reply.attempt !== UNKNOWN_ATTEMPT;
	if (verdict === undefined) {
		ignore(sweep, reply, 'it says nothing about the port');
	} else if (!isAwaited && !isCanary && isUnproven(reply)) {
		ignore(sweep, reply, 'no answer is waited for');
	} else {
		const rtt = isCanary
			? onCanaryAnswer(sweep, number, reply)
			: isAwaited
				? onAnswer(sweep, position, reply, now)
				: onLateAnswer(sweep, position, reply, now);
		if (sweep.decisions.isOn) {
			tellOfProbe(sweep, reply.target, reply, {what: 'reply-matched', rtt, ...verdict});
		}

		const isCounted = !isAwaited || sweep.again !== undefined;
		if (recordVerdict(sweep, position, number, verdict, reply, isCounted)) {
			sweep.hasLateAnswers ||= !isAwaited;
			offerCanary(sweep, number, reply);
		} else {
			sweep.repliesRedundant += isCanary ? 0 : 1;
		}
	}
};

const wasAsked = ({again, window}: SweepState, position: number): boolean =>
	again !== undefined || position < window.next;

const isWaitedFor = ({window}: SweepState, position: number): boolean => {
	if (!window.has(position)) {
		return false;
	}

	const status = window.status(position);
	return (
		status === POSITION_STATUS.inFlight || status === POSITION_STATUS.queued || window.isToBeSent(position)
	);
};

const ignore = (sweep: SweepState, reply: Reply, because: string): void => {
	sweep.repliesRedundant++;
	tellOfProbe(sweep, reply.target, reply, {what: 'reply-ignored', because});
};

/** A port that answered may be asked again. */
const offerCanary = ({canaries, options}: SweepState, number: number, reply: Reply): void => {
	if (canaries.hasRoom && isTelling(reply, options.timing)) {
		canaries.add(number);
	}
};

/** A probe that was waited for is answered. Returns the round trip, when the send time is known already. */
const onAnswer = (sweep: SweepState, position: number, reply: Reply, now: Micros): Micros | undefined => {
	const {window, timing, notes} = sweep;
	const {receivedAt} = reply;
	const lastSent = window.lastSent(position);
	const attempt = reply.attempt === UNKNOWN_ATTEMPT ? lastSent : reply.attempt;
	const sentAt = window.sentAt(position, attempt, now);
	const isLast = attempt === lastSent;
	const telling = isTelling(reply, sweep.options.timing);
	if (sentAt !== undefined) {
		const note = isLast ? notes.at(window.note(position)) : undefined;
		sweep.learn({attempt, sentAt, receivedAt, isTelling: telling}, note);
	}

	if (!window.isToBeSent(position)) {
		timing.onLeave();
	}

	if (window.status(position) === POSITION_STATUS.queued) {
		window.onAnsweredEarly(position, isLast && telling ? receivedAt : undefined);
	} else {
		window.settle(position);
	}

	return sentAt === undefined ? undefined : micros(receivedAt - sentAt);
};

/** Nobody waits for the answer any more, but how long it took is worth knowing while that can be told. */
const onLateAnswer = (sweep: SweepState, position: number, reply: Reply, now: Micros): Micros | undefined => {
	const {window, options} = sweep;
	const {attempt, receivedAt} = reply;
	const isKnown = window.has(position) && window.status(position) === POSITION_STATUS.silent;
	const sentAt = isKnown ? window.sentAt(position, attempt, now) : undefined;
	if (sentAt === undefined) {
		return undefined;
	}

	sweep.learn({attempt, sentAt, receivedAt, isTelling: isTelling(reply, options.timing)}, undefined);
	return micros(receivedAt - sentAt);
};

const onCanaryAnswer = (sweep: SweepState, number: number, reply: Reply): Micros | undefined => {
	const {canaries, firstCanary, timing} = sweep;
	const {attempt, receivedAt} = reply;
	const flight = canaries.onAnswer(number, attempt - firstCanary, receivedAt);
	if (flight === undefined) {
		return undefined;
	}

	timing.onLeave();
	if (flight === 'early') {
		return undefined;
	}

	const {sentAt, note} = flight;
	sweep.learn({attempt, sentAt, receivedAt, isTelling: true}, note);
	return micros(receivedAt - sentAt);
};
