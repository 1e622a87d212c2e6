// The packet trace in the layouts of Nmap 7.93: words in a row at detail 0, TCP and IP in brackets above.

import {micros, type Micros, type TracedPacket} from '@halfopen/model';
import {formatSeconds} from '../text/duration-text.ts';
import {parseIcmpMessage, parseIcmpv6Message, type IcmpMessage} from './icmp-message.ts';
import {IPV4_FLAG, parseIpHeader, type IpHeader, type Ipv4Header, type Ipv6Header} from './ip-header.ts';
import {formatArp, neighbourWords} from './neighbour-line.ts';
import {parseTcpSegment, type TcpSegment} from './tcp-segment.ts';

/** 0: what matters; 1: checksums and protocol too; 2: every field of the headers. */
export type TraceDetail = 0 | 1 | 2;

export interface PacketLineOptions {
	/** When the scan began, by the clock of the packets. */
	readonly startedAt: Micros;
	readonly detail: TraceDetail;
}

/** A packet as a line without its end. Never fails, whatever the bytes are. */
export const formatPacket = (packet: TracedPacket, {startedAt, detail}: PacketLineOptions): string => {
	const direction = packet.direction === 'sent' ? 'SENT' : 'RCVD';
	const time = formatSeconds(micros(packet.at - startedAt), 4);
	return `${direction} (${time}s) ${formatContent(packet, detail)}`;
};

const formatContent = ({bytes, length}: TracedPacket, detail: TraceDetail): string => {
	const ip = parseIpHeader(bytes);
	if (ip === undefined) {
		return formatArp(bytes) ?? `No complete IP header in ${bytes.length} of ${length} bytes: ${hex(bytes)}`;
	}

	const format = ip.fragmentOffset === 0 ? PROTOCOLS[ip.protocol]?.format : undefined;
	return format?.(ip, detail) ?? formatOther(ip, detail);
};

type Protocol = {
	readonly name: string;
	/** `undefined` when the payload is too short to be read. */
	readonly format?: (ip: IpHeader, detail: TraceDetail) => string | undefined;
};

const formatTcp = (ip: IpHeader, detail: TraceDetail): string | undefined => {
	const tcp = parseTcpSegment(ip.payload);
	if (tcp === undefined) {
		return undefined;
	}

	const flow = `${endpoint(ip, ip.source, tcp.sourcePort, detail)} > ${endpoint(ip, ip.target, tcp.targetPort, detail)} ${tcp.flags}`;
	return detail === 0
		? `TCP ${flow} ${formatIp(ip, detail)} ${formatTcpFields(tcp, detail)}`
		: `TCP [${flow} ${formatTcpFields(tcp, detail)}] ${bracketedIp(ip, detail)}`;
};

const formatTcpFields = (tcp: TcpSegment, detail: TraceDetail): string => {
	const options = tcp.options === '' ? '' : `<${tcp.options}>`;
	if (detail === 0) {
		return `seq=${tcp.sequence} win=${tcp.window} ${options}`;
	}

	const checksum = `csum=0x${hexDigits(tcp.checksum, 4).toUpperCase()}`;
	const acknowledgement = tcp.flags.includes('A') || detail === 2 ? [`ack=${tcp.acknowledgement}`] : [];
	const fields =
		detail === 1
			? [`seq=${tcp.sequence}`, ...acknowledgement, `win=${tcp.window}`, checksum]
			: [
					`seq=${tcp.sequence}`,
					...acknowledgement,
					`off=${tcp.dataOffset}`,
					`res=${tcp.reserved}`,
					`win=${tcp.window}`,
					checksum,
					`urp=${tcp.urgentPointer}`,
				];
	return [...fields, ...(options === '' ? [] : [options])].join(' ');
};

const UDP_HEADER_BYTES = 8;

const formatUdp = (ip: IpHeader, detail: TraceDetail): string | undefined => {
	if (ip.payload.length < UDP_HEADER_BYTES) {
		return undefined;
	}

	const view = new DataView(ip.payload.buffer, ip.payload.byteOffset, UDP_HEADER_BYTES);
	const flow = `${endpoint(ip, ip.source, view.getUint16(0), detail)} > ${endpoint(ip, ip.target, view.getUint16(2), detail)}`;
	return detail === 0
		? `UDP ${flow} ${formatIp(ip, detail)}`
		: `UDP [${flow} len=${view.getUint16(4)} csum=0x${hexDigits(view.getUint16(6), 4).toUpperCase()}] ${bracketedIp(ip, detail)}`;
};

const formatIcmp = (ip: IpHeader, detail: TraceDetail): string | undefined => {
	const message = parseIcmpMessage(ip.payload);
	return message === undefined ? undefined : `ICMP ${bracketedIcmp(ip, message)} ${bracketedIp(ip, detail)}`;
};

const formatIcmpv6 = (ip: IpHeader, detail: TraceDetail): string | undefined => {
	const message = parseIcmpv6Message(ip.payload);
	if (message === undefined) {
		return undefined;
	}

	const words = neighbourWords(ip.payload);
	if (words !== undefined && detail === 0) {
		return `${message.text.toLowerCase()} ${ip.source} > ${ip.target} ${words}`;
	}

	return detail === 0
		? `ICMPv6 (58) ${ip.source} > ${ip.target} (type=${message.type}/code=${message.code}) ${formatIp(ip, detail)}`
		: `ICMPv6 ${bracketedIcmp(ip, message)} ${bracketedIp(ip, detail)}`;
};

const bracketedIcmp = (ip: IpHeader, {type, code, text, fields}: IcmpMessage): string =>
	`[${ip.source} > ${ip.target} ${text} (type=${type}/code=${code}) ${fields}]`;

/** A protocol that is not taken apart, a later fragment, or a packet cut within its headers. */
const formatOther = (ip: IpHeader, detail: TraceDetail): string => {
	const name = PROTOCOLS[ip.protocol]?.name ?? 'unknown';
	const fragment = ip.fragmentOffset === 0 ? '' : ` fragment at ${ip.fragmentOffset}`;
	return `${name} (${ip.protocol}) ${ip.source} > ${ip.target}${fragment}: ${formatIp(ip, detail).trimEnd()}`;
};

const PROTOCOLS: Readonly<Record<number, Protocol>> = {
	1: {name: 'ICMP', format: formatIcmp},
	2: {name: 'igmp'},
	4: {name: 'ipv4'},
	6: {name: 'TCP', format: formatTcp},
	17: {name: 'UDP', format: formatUdp},
	41: {name: 'ipv6'},
	47: {name: 'gre'},
	50: {name: 'esp'},
	51: {name: 'ah'},
	58: {name: 'ICMPv6', format: formatIcmpv6},
	89: {name: 'ospfigp'},
	103: {name: 'pim'},
	132: {name: 'SCTP'},
};

const endpoint = (ip: IpHeader, address: string, port: number, detail: TraceDetail): string =>
	ip.version === 6 && detail > 0 ? `[${address}]:${port}` : `${address}:${port}`;

const bracketedIp = (ip: IpHeader, detail: TraceDetail): string =>
	`${ip.version === 4 ? 'IP' : 'IPv6'} [${formatIp(ip, detail)}]`;

const formatIp = (ip: IpHeader, detail: TraceDetail): string =>
	ip.version === 4 ? IPV4_FIELDS[detail](ip) : IPV6_FIELDS[detail](ip);

/** By detail. The blank that ends the shorter two is part of the layout. */
const IPV4_FIELDS: readonly ((ip: Ipv4Header) => string)[] = [
	ip => `ttl=${ip.ttl} id=${ip.id} iplen=${ip.totalLength} `,
	ip =>
		`ttl=${ip.ttl} id=${ip.id} proto=${ip.protocol} csum=0x${hexDigits(ip.checksum, 4)} iplen=${ip.totalLength} `,
	ip =>
		[
			`ver=4 ihl=${ip.headerLength / 4} tos=0x${hexDigits(ip.typeOfService, 2)} iplen=${ip.totalLength} id=${ip.id}`,
			...(ip.flags === 0 ? [] : [`flg=${formatFlags(ip.flags)}`]),
			`foff=${ip.fragmentOffset} ttl=${ip.ttl} proto=${ip.protocol} csum=0x${hexDigits(ip.checksum, 4)}`,
			...(ip.options.length === 0 ? [] : [`ipopts={ ${hex(ip.options)} }`]),
		].join(' '),
];

const IPV6_FIELDS: readonly ((ip: Ipv6Header) => string)[] = [
	ip => `hopl=${ip.hopLimit} flow=${ip.flowLabel.toString(16)} payloadlen=${ip.payloadLength}`,
	ip =>
		`hopl=${ip.hopLimit} flow=${ip.flowLabel.toString(16)} nh=${ip.nextHeader} payloadlen=${ip.payloadLength}`,
	ip =>
		`ver=6 tclass=0x${hexDigits(ip.trafficClass, 2)} flow=${ip.flowLabel.toString(16)} payloadlen=${ip.payloadLength} nh=${ip.nextHeader} hopl=${ip.hopLimit}`,
];

const FLAG_LETTERS = [
	['R', IPV4_FLAG.reserved],
	['D', IPV4_FLAG.dontFragment],
	['M', IPV4_FLAG.moreFragments],
] as const;

const formatFlags = (flags: number): string =>
	FLAG_LETTERS.filter(([, bit]) => (flags & bit) !== 0)
		.map(([letter]) => letter)
		.join('');

const hexDigits = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

const hex = (bytes: Uint8Array): string => Array.from(bytes, byte => hexDigits(byte, 2)).join(' ');
