import {CONNECT_FAILURE, REPLY_KIND, type Reason, type Reply, type ReplyKind} from '@halfopen/model';

/** What one reply says about whether a host is up. */
export interface HostEvidence {
	/** `unreachable` is the word of a router, which may be wrong: a reason to wait less, not to stop. */
	readonly says: 'up' | 'down' | 'unreachable';
	readonly reason: Reason;
}

/**
 * What a reply to a probe of discovery says about the host that was asked; `undefined` when it says nothing, as do
 * errors that speak of one kind of probe only. With `ignoreResets` a RST says nothing: firewalls send them in the name of
 * hosts that do not exist. Total: a new kind of reply fails to compile here.
 */
export const hostEvidence = (
	reply: Reply,
	{ignoreResets}: {readonly ignoreResets: boolean},
): HostEvidence | undefined => (ignoreResets && isReset(reply) ? undefined : EVIDENCE[reply.kind](reply));

const isReset = ({kind, icmpCode}: Reply): boolean =>
	kind === REPLY_KIND.reset || (kind === REPLY_KIND.connectFailed && icmpCode === CONNECT_FAILURE.refused);

type EvidenceByCode = {readonly [code: number]: HostEvidence | undefined};

const up = (reason: Reason): HostEvidence => ({says: 'up', reason});
const unreachable = (reason: Reason): HostEvidence => ({says: 'unreachable', reason});

const TIME_EXCEEDED: HostEvidence = {says: 'down', reason: 'time-exceeded'};

/** By the code of a destination unreachable that the target itself sent: who does not want it is there to say so. */
const FROM_TARGET: Readonly<Record<4 | 6, EvidenceByCode>> = {
	4: {2: up('proto-unreach'), 3: up('port-unreach')}, // RFC 1122 §3.2.2.1
	6: {4: up('port-unreach')}, // RFC 4443 §3.1
};

/** By the code of a destination unreachable that somebody else sent, where it is about the host. */
const FROM_ROUTER: Readonly<Record<4 | 6, EvidenceByCode>> = {
	// RFC 792, RFC 1812 §5.2.7.1
	4: {
		0: unreachable('net-unreach'),
		1: unreachable('host-unreach'),
		5: unreachable('net-unreach'), // Source route failed
		6: unreachable('net-unreach'), // Network unknown
		7: unreachable('host-unreach'), // Host unknown
		11: unreachable('net-unreach'), // For this type of service
		12: unreachable('host-unreach'),
	},
	// RFC 4443 §3.1
	6: {
		0: unreachable('no-route'),
		2: unreachable('beyond-scope'),
		3: unreachable('host-unreach'),
		6: unreachable('reject-route'),
	},
};

const DESTINATION_UNREACHABLE = {4: 3, 6: 1} as const; // RFC 792, RFC 4443 §3.1
const TIME_EXCEEDED_TYPE = {4: 11, 6: 3} as const; // RFC 792, RFC 4443 §3.3

const errorEvidence =
	(version: 4 | 6) =>
	({icmpType, icmpCode, sender, target}: Reply): HostEvidence | undefined => {
		if (icmpType === TIME_EXCEEDED_TYPE[version]) {
			return TIME_EXCEEDED;
		}

		const byCode = sender === target ? FROM_TARGET : FROM_ROUTER;
		return icmpType === DESTINATION_UNREACHABLE[version] ? byCode[version][icmpCode] : undefined;
	};

const CONNECT_EVIDENCE: {readonly [code: number]: HostEvidence | undefined} = {
	[CONNECT_FAILURE.refused]: up('conn-refused'),
	[CONNECT_FAILURE.hostUnreachable]: unreachable('host-unreach'),
	[CONNECT_FAILURE.netUnreachable]: unreachable('net-unreach'),
	[CONNECT_FAILURE.prohibited]: undefined,
	[CONNECT_FAILURE.timedOut]: undefined,
} satisfies Record<(typeof CONNECT_FAILURE)[keyof typeof CONNECT_FAILURE], HostEvidence | undefined>;

const SYN_ACK = up('syn-ack');
const RESET = up('reset');
const SPLIT_HANDSHAKE = up('split-handshake-syn');
const ECHO = up('echo-reply');
const TIMESTAMP = up('timestamp-reply');
const ADDRESS_MASK = up('addressmask-reply');
const UDP = up('udp-response');
const PROTOCOL = up('proto-response');
const ARP = up('arp-response');
const NEIGHBOUR_ADVERTISEMENT = up('nd-response');

const EVIDENCE: {readonly [Kind in ReplyKind]: (reply: Reply) => HostEvidence | undefined} = {
	[REPLY_KIND.synAck]: () => SYN_ACK,
	[REPLY_KIND.reset]: () => RESET,
	[REPLY_KIND.syn]: () => SPLIT_HANDSHAKE,
	[REPLY_KIND.icmpError]: errorEvidence(4),
	[REPLY_KIND.icmpv6Error]: errorEvidence(6),
	[REPLY_KIND.connectAccepted]: () => SYN_ACK,
	[REPLY_KIND.connectFailed]: ({icmpCode}) => CONNECT_EVIDENCE[icmpCode],
	[REPLY_KIND.echoReply]: () => ECHO,
	[REPLY_KIND.timestampReply]: () => TIMESTAMP,
	[REPLY_KIND.addressMaskReply]: () => ADDRESS_MASK,
	[REPLY_KIND.udp]: () => UDP,
	[REPLY_KIND.protocol]: () => PROTOCOL,
	[REPLY_KIND.neighbour]: ({family}) => (family === 4 ? ARP : NEIGHBOUR_ADVERTISEMENT),
	[REPLY_KIND.listenerReport]: () => undefined, // Who sent it was not asked by itself
};
