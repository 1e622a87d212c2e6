import {
	type AddressFamily,
	PROBE_KIND,
	type ProbeKind,
	REPLY_KIND,
	type Reply,
	type ReplyKind,
} from '@halfopen/model';

const IP_HEADER: Record<AddressFamily, number> = {4: 20, 6: 40};
const SYN = 24; // With one option, the maximum segment size
const TCP_HEADER = 20;
const ICMP_HEADER = 8;
const ARP = {4: 28, 6: 32}; // RFC 826; RFC 4861 §4.3 with the option for the source

/** Bytes behind the IP header. */
const PROBE_BYTES: Readonly<Record<ProbeKind, number>> = {
	[PROBE_KIND.syn]: SYN,
	[PROBE_KIND.ack]: TCP_HEADER,
	[PROBE_KIND.echo]: ICMP_HEADER,
	[PROBE_KIND.timestamp]: 20, // RFC 792
	[PROBE_KIND.addressMask]: 12, // RFC 950
	[PROBE_KIND.udp]: 8,
	[PROBE_KIND.protocol]: 0,
	[PROBE_KIND.neighbour]: ARP[6],
	[PROBE_KIND.listenerQuery]: 24, // RFC 2710 §3
};

const REPLY_BYTES: Readonly<Partial<Record<ReplyKind, number>>> = {
	[REPLY_KIND.reset]: TCP_HEADER,
	[REPLY_KIND.echoReply]: PROBE_BYTES[PROBE_KIND.echo],
	[REPLY_KIND.timestampReply]: PROBE_BYTES[PROBE_KIND.timestamp],
	[REPLY_KIND.addressMaskReply]: PROBE_BYTES[PROBE_KIND.addressMask],
	[REPLY_KIND.udp]: PROBE_BYTES[PROBE_KIND.udp],
	[REPLY_KIND.protocol]: PROBE_BYTES[PROBE_KIND.protocol],
	[REPLY_KIND.neighbour]: ARP[6],
};

/** Bytes of a probe from its IP header on; of ARP, which has none, all of it. */
export const probeBytes = (family: AddressFamily, kind: ProbeKind): number =>
	kind === PROBE_KIND.neighbour && family === 4 ? ARP[4] : IP_HEADER[family] + PROBE_BYTES[kind];

/** Bytes of a reply from its IP header on; an ICMP error quotes a probe, taken to be a SYN. */
export const replyBytes = ({family, kind}: Reply): number => {
	switch (kind) {
		case REPLY_KIND.icmpError:
		case REPLY_KIND.icmpv6Error: {
			return IP_HEADER[family] + ICMP_HEADER + probeBytes(family, PROBE_KIND.syn);
		}

		case REPLY_KIND.neighbour: {
			return probeBytes(family, PROBE_KIND.neighbour);
		}

		default: {
			return IP_HEADER[family] + (REPLY_BYTES[kind] ?? SYN);
		}
	}
};
