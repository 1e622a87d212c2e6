import type {TracedPacket} from '@halfopen/model';
import {parseIpHeader, type IpHeader} from './ip-header.ts';
import {parseIcmpMessage, parseIcmpv6Message} from './icmp-message.ts';
import {parseTcpSegment, type TcpSegment} from './tcp-segment.ts';

/** A packet of a scan, and the port that it is about. */
export type ProbeSubject = {
	/** The address that was asked, as text, and its port. */
	readonly address: string;
	readonly port: number;
	/** Who sent the packet, and who got it. */
	readonly source: string;
	readonly target: string;
} &
	/** And how much data there is behind the TCP header. */
	(
		| {readonly tcp: TcpSegment; readonly dataBytes: number}
		/** The sequence number is that of the probe that an ICMP error quotes. */
		| {readonly icmp: string; readonly quotedSequence: number | undefined}
	);

const TCP = 6;
const ICMP = 1;
const ICMPV6 = 58;
const ICMP_HEADER_BYTES = 8;

/** Which port a packet is about; `undefined` for what is neither TCP nor an ICMP error that quotes TCP. */
export const probeSubject = ({
	direction,
	bytes,
	length,
}: Omit<TracedPacket, 'at'>): ProbeSubject | undefined => {
	const ip = parseIpHeader(bytes);
	if (ip === undefined || ip.fragmentOffset > 0) {
		return undefined;
	}

	const {source, target} = ip;
	if (ip.protocol === TCP) {
		const tcp = parseTcpSegment(ip.payload);
		const isSent = direction === 'sent';
		return (
			tcp && {
				address: isSent ? target : source,
				port: isSent ? tcp.targetPort : tcp.sourcePort,
				source,
				target,
				tcp,
				dataBytes: length - (bytes.length - ip.payload.length) - tcp.dataOffset * 4,
			}
		);
	}

	return ip.protocol === ICMP || ip.protocol === ICMPV6 ? icmpSubject(ip) : undefined;
};

const icmpSubject = (ip: IpHeader): ProbeSubject | undefined => {
	const message = (ip.protocol === ICMP ? parseIcmpMessage : parseIcmpv6Message)(ip.payload);
	const quoted = parseIpHeader(ip.payload.subarray(ICMP_HEADER_BYTES));
	if (message === undefined || quoted?.protocol !== TCP || quoted.payload.length < 4) {
		return undefined;
	}

	const {payload} = quoted;
	const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
	return {
		address: quoted.target,
		port: view.getUint16(2),
		source: ip.source,
		target: ip.target,
		icmp: `${message.text} (type ${message.type}, code ${message.code})`,
		quotedSequence: payload.length < 8 ? undefined : view.getUint32(4),
	};
};
