import {REPLY_KIND, type AddressFamily, type AddressKey, type Reply, type ReplyKind} from '@halfopen/model';
import type {PortRejection} from './simulated-network.ts';

/** A reply that is still on its way. */
export type Answer = Omit<Reply, 'receivedAt'>;

/** What becomes of a probe: an answer, none, or none because of a limit. */
export type Outcome = Answer | 'silence' | 'limited';

/** What a reply says of the packet that came, whichever probe it answers. */
export type PacketFields = Pick<Reply, 'kind' | 'sender' | 'icmpType' | 'icmpCode' | 'window' | 'tcpFlags'>;

export const NO_TCP = {window: 0, tcpFlags: 0} as const;

/** An ICMP error of the version that belongs to the family. */
export const icmpErrorOf = (
	family: AddressFamily,
	{type, code}: PortRejection,
	sender: AddressKey,
): PacketFields => ({
	kind: family === 4 ? REPLY_KIND.icmpError : REPLY_KIND.icmpv6Error,
	sender,
	icmpType: type,
	icmpCode: code,
	...NO_TCP,
});

export const TCP_ANSWERS: Record<
	'open' | 'closed' | 'split-handshake',
	{kind: ReplyKind; window: number; tcpFlags: number}
> = {
	open: {kind: REPLY_KIND.synAck, window: 64_240, tcpFlags: 0x12}, // SYN and ACK
	closed: {kind: REPLY_KIND.reset, window: 0, tcpFlags: 0x14}, // RST and ACK
	'split-handshake': {kind: REPLY_KIND.syn, window: 64_240, tcpFlags: 0x02}, // SYN
};
