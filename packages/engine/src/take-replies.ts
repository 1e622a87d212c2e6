import {classifyReply} from '@halfopen/classify';
import {type Micros, micros, REPLY_KIND, type Reply, type ReplyKind, type Verdict} from '@halfopen/model';
import {finishIfDone} from './finish-host.ts';
import type {HostScan} from './host-scan.ts';
import {PROBE_STATUS} from './probe-window.ts';
import {recordVerdict} from './record-verdict.ts';
import {askBenchedAgain} from './retransmission.ts';
import type {ScanState} from './scan-state.ts';

/** Replies looked at in one step, so that one step is short. */
const REPLIES_PER_STEP = 4096;

/** Looks at the replies that wait; false when some are left for the next step. */
export const takeReplies = (scan: ScanState, now: Micros): boolean => {
	const {replies} = scan.transport;
	for (let left = REPLIES_PER_STEP; left > 0; left--) {
		if (!replies.next()) {
			return true;
		}

		onReply(scan, replies, now);
	}

	return replies.waiting === 0;
};

const onReply = (scan: ScanState, reply: Reply, now: Micros): void => {
	const host = scan.hosts.find(reply.target);
	const portIndex = scan.portIndex(reply.port);
	if (host === undefined || portIndex === -1) {
		scan.repliesRedundant++;
		return;
	}

	const slot = scan.window.find(host, portIndex);
	const verdict = classifyReply(reply);
	if (verdict === undefined) {
		ignore(scan, host, reply, 'it says nothing about the port');
	} else if (slot === NO_SLOT && isUnproven(reply)) {
		ignore(scan, host, reply, 'no answer is waited for');
	} else {
		onVerdict(scan, host, slot, reply, verdict, now);
	}
};

const NO_SLOT = -1;

const ACK = 0x10;

/** A lone SYN or bare RST acknowledges nothing, so it has no cookie: it counts only while an answer is waited for. */
const isUnproven = (reply: Reply): boolean =>
	reply.kind === REPLY_KIND.syn || (reply.kind === REPLY_KIND.reset && (reply.tcpFlags & ACK) === 0);

const ignore = (scan: ScanState, host: HostScan, reply: Reply, because: string): void => {
	scan.repliesRedundant++;
	scan.decisions.onEvidence(host, reply, {what: 'reply-ignored', because});
};

const onVerdict = (
	scan: ScanState,
	host: HostScan,
	slot: number,
	reply: Reply,
	verdict: Verdict,
	now: Micros,
): void => {
	const rtt = slot === NO_SLOT ? undefined : onAnswer(scan, host, slot, reply, now);
	scan.decisions.onEvidence(host, reply, {what: 'reply-matched', rtt, ...verdict});
	const sender = reply.sender === reply.target ? undefined : reply.sender;
	if (!recordVerdict(scan, host, scan.portIndex(reply.port), verdict, reply, sender)) {
		scan.repliesRedundant++;
	}

	if (!host.isDone) {
		askBenchedAgain(scan, host);
		scan.markReady(host);
		scan.scheduleTimeout(host);
		finishIfDone(scan, host, now);
	}
};

/** A port that waited for an answer has one. Returns the round trip, when the send time is known already. */
const onAnswer = (
	scan: ScanState,
	host: HostScan,
	slot: number,
	reply: Reply,
	now: Micros,
): Micros | undefined => {
	const {receivedAt} = reply;
	const attempt = reply.attempt === UNKNOWN_ATTEMPT ? scan.window.attempt(slot) : reply.attempt;
	const sentAt = scan.window.sentAt(slot, attempt);
	closeSlot(scan, host, slot, receivedAt);
	host.timing.onAnswer({attempt, sentAt, receivedAt, isTimely: TIMELY[reply.kind]}, now);
	return sentAt === undefined ? undefined : micros(receivedAt - sentAt);
};

/** A reply that cannot tell which try it answers: a lone SYN to a fixed source port. */
const UNKNOWN_ATTEMPT = 0xff;

/** Kinds of reply that come from the host itself at once; ICMP errors may be held back by who sends them. */
const TIMELY: {readonly [Kind in ReplyKind]: boolean} = {
	[REPLY_KIND.synAck]: true,
	[REPLY_KIND.reset]: true,
	[REPLY_KIND.syn]: true,
	[REPLY_KIND.icmpError]: false,
	[REPLY_KIND.icmpv6Error]: false,
	[REPLY_KIND.connectAccepted]: true,
	[REPLY_KIND.connectFailed]: true,
};

const closeSlot = ({window}: ScanState, host: HostScan, slot: number, answeredAt: Micros): void => {
	const status = window.status(slot);
	if (status === PROBE_STATUS.timedOut) {
		window.remove(host.retransmissions, slot);
		window.close(slot);
		return;
	}

	host.timing.onLeave();
	if (status === PROBE_STATUS.inFlight) {
		window.remove(host.inFlight, slot);
		window.close(slot);
	} else {
		window.closeWhenSent(slot, answeredAt);
	}
};
