import {classifyReply} from '@halfopen/classify';
import {type Micros, micros, type Reply, UNKNOWN_ATTEMPT, type Verdict} from '@halfopen/model';
import {takeEvidence} from '../discovery/take-evidence.ts';
import {isTelling, isUnproven, REPLIES_PER_STEP} from '../reply-kinds.ts';
import {finishIfDone} from './finish-host.ts';
import type {HostScan} from './host-scan.ts';
import {PROBE_STATUS} from './probe-window.ts';
import {recordVerdict} from './record-verdict.ts';
import {askBenchedAgain, queueOf} from './retransmission.ts';
import type {ScanState} from './scan-state.ts';

/** Looks at the replies that wait; false when some are left for the next step. */
export const takeReplies = (scan: ScanState, now: Micros): boolean => {
	const {replies} = scan.transport;
	for (let left = REPLIES_PER_STEP; left > 0 && replies.next(); left--) {
		scan.group.onReply(replies.receivedAt, now);
		if (!takeEvidence(scan, replies, now)) {
			onReply(scan, replies);
		}
	}

	for (const host of scan.answering.take()) {
		onAnswers(scan, host, now);
	}

	return replies.waiting === 0;
};

/** What follows from the answers of a host is looked at once for all of them. */
const onAnswers = (scan: ScanState, host: HostScan, now: Micros): void => {
	host.timing.update(now);
	if (!host.isDone) {
		askBenchedAgain(scan, host, now);
		scan.markReady(host);
		scan.scheduleTimeout(host);
		finishIfDone(scan, host, now);
	}
};

const onReply = (scan: ScanState, reply: Reply): void => {
	const host = scan.hosts.find(reply.target);
	const portIndex = scan.portIndex(reply.port);
	if (host === undefined || portIndex === -1) {
		scan.repliesRedundant++;
		return;
	}

	const slot = slotOf(scan, host, portIndex, reply.attempt);
	const verdict = classifyReply(reply);
	if (verdict === undefined) {
		ignore(scan, host, reply, 'it says nothing about the port');
	} else if (slot === NO_SLOT && isUnproven(reply)) {
		ignore(scan, host, reply, 'no answer is waited for');
	} else {
		onVerdict(scan, host, slot, portIndex, reply, verdict);
		scan.answering.add(host);
	}
};

const isCanary = (scan: ScanState, attempt: number): boolean =>
	attempt >= scan.firstCanary && attempt !== UNKNOWN_ATTEMPT;

const slotOf = (scan: ScanState, host: HostScan, portIndex: number, attempt: number): number =>
	isCanary(scan, attempt)
		? scan.window.findCanary(host, portIndex, attempt)
		: scan.window.find(host, portIndex);

const NO_SLOT = -1;

const ignore = (scan: ScanState, host: HostScan, reply: Reply, because: string): void => {
	scan.repliesRedundant++;
	scan.decisions.onProbe(host, reply, {what: 'reply-ignored', because});
};

const onVerdict = (
	scan: ScanState,
	host: HostScan,
	slot: number,
	portIndex: number,
	reply: Reply,
	verdict: Verdict,
): void => {
	const rtt = slot === NO_SLOT ? undefined : onAnswer(scan, host, slot, reply);
	if (scan.decisions.isOn) {
		scan.decisions.onProbe(host, reply, {what: 'reply-matched', rtt, ...verdict});
	}

	const sender = reply.sender === reply.target ? undefined : reply.sender;
	if (!recordVerdict(scan, host, portIndex, verdict, reply, sender)) {
		scan.repliesRedundant += isCanary(scan, reply.attempt) ? 0 : 1;
	} else if (isTelling(reply, scan.options.timing)) {
		host.canaries.add(portIndex, verdict.state);
	}
};

/** A probe that was waited for is answered. Returns the round trip, when the send time is known already. */
const onAnswer = (scan: ScanState, host: HostScan, slot: number, reply: Reply): Micros | undefined => {
	const {window} = scan;
	const {receivedAt} = reply;
	const lastSent = window.lastSent(slot);
	const attempt = reply.attempt === UNKNOWN_ATTEMPT ? lastSent : reply.attempt;
	const sentAt = window.sentAt(slot, attempt);
	const telling = isTelling(reply, scan.options.timing);
	if (sentAt !== undefined) {
		const note = attempt === lastSent ? window.note(slot) : undefined;
		const history = window.history(slot)?.without(lastSent - attempt);
		host.timing.learn({attempt, history, sentAt, receivedAt, isTelling: telling}, note);
	}

	const isLearntLater = attempt === lastSent && telling;
	if (isCanary(scan, reply.attempt)) {
		host.canariesInFlight--;
		host.clearWay.onCanaryAnswered();
	}

	closeSlot(scan, host, slot, isLearntLater ? receivedAt : undefined);
	return sentAt === undefined ? undefined : micros(receivedAt - sentAt);
};

/** `answeredAt` is given when the timing can learn from the answer once the send time is known. */
const closeSlot = (scan: ScanState, host: HostScan, slot: number, answeredAt: Micros | undefined): void => {
	const {window} = scan;
	if (window.isToBeSent(slot)) {
		window.remove(queueOf(scan, host, slot), slot);
		window.close(slot);
		return;
	}

	host.timing.onLeave();
	if (window.status(slot) === PROBE_STATUS.inFlight) {
		window.remove(host.inFlight, slot);
		window.close(slot);
	} else {
		window.closeWhenSent(slot, answeredAt);
	}
};
