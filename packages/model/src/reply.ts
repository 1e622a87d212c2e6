import type {AddressFamily, AddressKey} from './address.ts';
import type {Micros} from './time.ts';

/** What kind of packet, or answer of the kernel, a reply was. The numbers are those in reply records. */
export const REPLY_KIND = {
	/** TCP with SYN and ACK set, whatever else is. */
	synAck: 1,
	/** TCP with RST set and not both SYN and ACK. */
	reset: 2,
	/** TCP with SYN set, neither ACK nor RST: simultaneous open or split handshake. */
	syn: 3,
	/** ICMPv4 error that quotes a probe; type and code as on the wire. */
	icmpError: 4,
	/** ICMPv6 error that quotes a probe; type and code as on the wire. */
	icmpv6Error: 5,
	/** connect() succeeded. */
	connectAccepted: 6,
	/** connect() failed; `icmpCode` holds a code of CONNECT_FAILURE. */
	connectFailed: 7,
	/** ICMP or ICMPv6 echo reply with the identifier and sequence number of a probe. */
	echoReply: 8,
	/** ICMP timestamp reply, likewise. */
	timestampReply: 9,
	/** ICMP address mask reply, likewise. */
	addressMaskReply: 10,
	/** UDP from the port that was asked. */
	udp: 11,
	/** A packet of the IP protocol that was asked; `port` is its number. */
	protocol: 12,
	/** ARP reply or neighbour advertisement, with the link-layer address in `mac`. */
	neighbour: 13,
	/** Report of a multicast listener; `target` is who sent it. */
	listenerReport: 14,
} as const;

export type ReplyKind = (typeof REPLY_KIND)[keyof typeof REPLY_KIND];

/** Why connect() failed, as far as the kernel tells. */
export const CONNECT_FAILURE = {
	refused: 1,
	hostUnreachable: 2,
	netUnreachable: 3,
	prohibited: 4,
	timedOut: 5,
} as const;

/**
 * The attempt of a reply that does not tell which try it answers, as an ARP reply, or a lone SYN to a source port that all
 * tries share.
 */
export const UNKNOWN_ATTEMPT = 0xff;

/** A valid answer to a probe of ours. */
export interface Reply {
	readonly kind: ReplyKind;
	readonly family: AddressFamily;
	/** The address that was asked; who answered, when all nodes of a link were. */
	readonly target: AddressKey;
	/** The port, or number of an IP protocol, that was asked. */
	readonly port: number;
	/** Which try it answers, 0 for the first; perhaps `UNKNOWN_ATTEMPT`. */
	readonly attempt: number;
	/** When the kernel received it. */
	readonly receivedAt: Micros;
	/** TTL or hop limit of the packet; 0 when unknown. */
	readonly ttl: number;
	/** Who sent it: the target, or for an ICMP error perhaps a router. */
	readonly sender: AddressKey;
	/** ICMP type and code; 0 unless the kind is an ICMP error. */
	readonly icmpType: number;
	readonly icmpCode: number;
	/** TCP window and flag byte; 0 unless TCP. */
	readonly window: number;
	readonly tcpFlags: number;
	/** Link-layer address of a neighbour: six pairs of lower-case hexadecimal digits. */
	readonly mac?: string | undefined;
}

/** The reply as it is now, for those that read it from a place that will be written again. */
export const copyReply = (reply: Reply): Reply => ({
	kind: reply.kind,
	family: reply.family,
	target: reply.target,
	port: reply.port,
	attempt: reply.attempt,
	receivedAt: reply.receivedAt,
	ttl: reply.ttl,
	sender: reply.sender,
	icmpType: reply.icmpType,
	icmpCode: reply.icmpCode,
	window: reply.window,
	tcpFlags: reply.tcpFlags,
	mac: reply.mac,
});
