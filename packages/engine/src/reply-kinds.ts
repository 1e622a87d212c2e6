import {REPLY_KIND, type Reply, type ReplyKind} from '@halfopen/model';

/** Replies looked at in one step, so that one step is short. */
export const REPLIES_PER_STEP = 2048;

const ACK = 0x10;

/** A lone SYN or bare RST acknowledges nothing, so it has no cookie: it counts only while an answer is waited for. */
export const isUnproven = (reply: Reply): boolean =>
	reply.kind === REPLY_KIND.syn || (reply.kind === REPLY_KIND.reset && (reply.tcpFlags & ACK) === 0);

/** Whether a reply tells of the way to the host. */
export const isTelling = ({kind}: Reply, {ignoreResets}: {readonly ignoreResets: boolean}): boolean =>
	IS_TELLING[kind] && !(ignoreResets && kind === REPLY_KIND.reset);

/** Kinds of reply that tell of the way to the host. ICMP errors do not: who sends them limits their number. */
const IS_TELLING: {readonly [Kind in ReplyKind]: boolean} = {
	[REPLY_KIND.synAck]: true,
	[REPLY_KIND.reset]: true,
	[REPLY_KIND.syn]: true,
	[REPLY_KIND.icmpError]: false,
	[REPLY_KIND.icmpv6Error]: false,
	[REPLY_KIND.connectAccepted]: true,
	[REPLY_KIND.connectFailed]: true,
	[REPLY_KIND.echoReply]: true,
	[REPLY_KIND.timestampReply]: true,
	[REPLY_KIND.addressMaskReply]: true,
	[REPLY_KIND.udp]: true,
	[REPLY_KIND.protocol]: true,
	[REPLY_KIND.neighbour]: false,
	[REPLY_KIND.listenerReport]: false,
};
