import {CONNECT_FAILURE, REPLY_KIND, type Reply, type ReplyKind, type Verdict} from '@halfopen/model';
import {icmpVerdict, icmpv6Verdict} from './icmp-verdicts.ts';

/**
 * What a reply says about the port that was asked; `undefined` when it says nothing: ICMP codes outside the
 * tables, a connect() that the kernel gave up on, and what tells of hosts only. Total: a new kind of reply fails to compile here.
 */
export const classifyReply = (reply: Reply): Verdict | undefined => CLASSIFIERS[reply.kind](reply);

const OPEN: Verdict = {state: 'open', reason: 'syn-ack'};
const OPEN_BY_SPLIT_HANDSHAKE: Verdict = {state: 'open', reason: 'split-handshake-syn'};
const CLOSED: Verdict = {state: 'closed', reason: 'reset'};

const CONNECT_VERDICTS: {readonly [code: number]: Verdict | undefined} = {
	[CONNECT_FAILURE.refused]: {state: 'closed', reason: 'conn-refused'},
	[CONNECT_FAILURE.hostUnreachable]: {state: 'filtered', reason: 'host-unreach'},
	[CONNECT_FAILURE.netUnreachable]: {state: 'filtered', reason: 'net-unreach'},
	[CONNECT_FAILURE.prohibited]: {state: 'filtered', reason: 'admin-prohibited'},
	[CONNECT_FAILURE.timedOut]: undefined, // Silence is for the engine to judge
} satisfies Record<(typeof CONNECT_FAILURE)[keyof typeof CONNECT_FAILURE], Verdict | undefined>;

const CLASSIFIERS: {readonly [Kind in ReplyKind]: (reply: Reply) => Verdict | undefined} = {
	[REPLY_KIND.synAck]: () => OPEN,
	[REPLY_KIND.reset]: () => CLOSED,
	[REPLY_KIND.syn]: () => OPEN_BY_SPLIT_HANDSHAKE,
	[REPLY_KIND.icmpError]: ({icmpType, icmpCode}) => icmpVerdict(icmpType, icmpCode),
	[REPLY_KIND.icmpv6Error]: ({icmpType, icmpCode}) => icmpv6Verdict(icmpType, icmpCode),
	[REPLY_KIND.connectAccepted]: () => OPEN,
	[REPLY_KIND.connectFailed]: ({icmpCode}) => CONNECT_VERDICTS[icmpCode],
	[REPLY_KIND.echoReply]: () => undefined, // These tell that a host is up
	[REPLY_KIND.timestampReply]: () => undefined,
	[REPLY_KIND.addressMaskReply]: () => undefined,
	[REPLY_KIND.udp]: () => undefined,
	[REPLY_KIND.protocol]: () => undefined,
	[REPLY_KIND.neighbour]: () => undefined,
	[REPLY_KIND.listenerReport]: () => undefined,
};
