import {
	type DiscoveryProbe,
	PROBE_KIND,
	type ProbeKind,
	REPLY_KIND,
	type Reply,
	type ReplyKind,
} from '@halfopen/model';

/** The place of the probe that a reply answers among those of a try; -1 when it answers none of them. */
export const answeredProbe = (probes: readonly DiscoveryProbe[], reply: Reply): number => {
	const kinds = ANSWERED_BY[reply.kind];
	const isAsked = ({kind, port}: DiscoveryProbe): boolean =>
		port === reply.port && (kinds === undefined || kinds.includes(kind));
	if (reply.kind === REPLY_KIND.reset && (reply.tcpFlags & ACK) === 0) {
		// It acknowledges nothing, so it rather answers an ACK
		const place = probes.findIndex(probe => probe.kind === PROBE_KIND.ack && isAsked(probe));
		return place === -1 ? probes.findIndex(isAsked) : place;
	}

	return probes.findIndex(isAsked);
};

const ACK = 0x10;

/** Kinds of probe that a reply may answer; any for errors, which do not tell. */
const ANSWERED_BY: {readonly [Kind in ReplyKind]: readonly ProbeKind[] | undefined} = {
	[REPLY_KIND.synAck]: [PROBE_KIND.syn],
	[REPLY_KIND.reset]: [PROBE_KIND.syn, PROBE_KIND.ack],
	[REPLY_KIND.syn]: [PROBE_KIND.syn],
	[REPLY_KIND.icmpError]: undefined,
	[REPLY_KIND.icmpv6Error]: undefined,
	[REPLY_KIND.connectAccepted]: [PROBE_KIND.syn],
	[REPLY_KIND.connectFailed]: [PROBE_KIND.syn],
	[REPLY_KIND.echoReply]: [PROBE_KIND.echo],
	[REPLY_KIND.timestampReply]: [PROBE_KIND.timestamp],
	[REPLY_KIND.addressMaskReply]: [PROBE_KIND.addressMask],
	[REPLY_KIND.udp]: [PROBE_KIND.udp],
	[REPLY_KIND.protocol]: [PROBE_KIND.protocol],
	[REPLY_KIND.neighbour]: [PROBE_KIND.neighbour],
	[REPLY_KIND.listenerReport]: [PROBE_KIND.listenerQuery],
};
