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

/** A valid answer to a probe of ours. */
export interface Reply {
	readonly kind: ReplyKind;
	readonly family: AddressFamily;
	/** The address that was asked. */
	readonly target: AddressKey;
	/** The port that was asked. */
	readonly port: number;
	/** Which try it answers, 0 for the first. */
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
});
