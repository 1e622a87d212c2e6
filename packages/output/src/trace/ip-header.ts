// The IP header of a traced packet. The bytes may come from anyone and may be cut anywhere: what is read
// is there, or the result is `undefined`.

import {formatAddressKey} from '@halfopen/model';

/** Flag bits of the IPv4 header, in their place in the byte. */
export const IPV4_FLAG = {reserved: 4, dontFragment: 2, moreFragments: 1} as const;

export interface Ipv4Header {
	readonly version: 4;
	readonly source: string;
	readonly target: string;
	readonly headerLength: number;
	readonly typeOfService: number;
	readonly totalLength: number;
	readonly id: number;
	readonly flags: number;
	/** In bytes. */
	readonly fragmentOffset: number;
	readonly ttl: number;
	readonly protocol: number;
	readonly checksum: number;
	readonly options: Uint8Array;
	/** What follows the header, as far as captured. */
	readonly payload: Uint8Array;
}

export interface Ipv6Header {
	readonly version: 6;
	readonly source: string;
	readonly target: string;
	readonly trafficClass: number;
	readonly flowLabel: number;
	readonly payloadLength: number;
	readonly nextHeader: number;
	readonly hopLimit: number;
	/** The protocol behind the extension headers. */
	readonly protocol: number;
	/** In bytes; not 0 only behind a fragment header. */
	readonly fragmentOffset: number;
	/** What follows the extension headers, as far as captured. */
	readonly payload: Uint8Array;
}

export type IpHeader = Ipv4Header | Ipv6Header;

const IPV4_MIN_BYTES = 20;
const IPV6_BYTES = 40;
const FRAGMENT_HEADER = 44;
/** Extension headers are a multiple of this long (RFC 8200 §4). */
const EXTENSION_UNIT = 8;
/** Extension headers that say their own length (RFC 8200 §4): hop-by-hop, routing, fragment, destination. */
const EXTENSION_HEADERS: ReadonlySet<number> = new Set([0, 43, FRAGMENT_HEADER, 60]);

/** Reads the header of a packet; `undefined` when it is cut short or no IP packet. */
export const parseIpHeader = (bytes: Uint8Array): IpHeader | undefined => {
	const version = bytes.length === 0 ? 0 : bytes[0] >> 4;
	return version === 4 ? parseIpv4Header(bytes) : version === 6 ? parseIpv6Header(bytes) : undefined;
};

const parseIpv4Header = (bytes: Uint8Array): Ipv4Header | undefined => {
	const headerLength = (bytes[0] & 15) * 4;
	if (headerLength < IPV4_MIN_BYTES || bytes.length < headerLength) {
		return undefined;
	}

	const view = viewOf(bytes);
	return {
		version: 4,
		source: formatAddressKey(view.getUint32(12)),
		target: formatAddressKey(view.getUint32(16)),
		headerLength,
		typeOfService: bytes[1],
		totalLength: view.getUint16(2),
		id: view.getUint16(4),
		flags: bytes[6] >> 5,
		fragmentOffset: (view.getUint16(6) & 0x1f_ff) * 8,
		ttl: bytes[8],
		protocol: bytes[9],
		checksum: view.getUint16(10),
		options: bytes.subarray(IPV4_MIN_BYTES, headerLength),
		payload: bytes.subarray(headerLength),
	};
};

const parseIpv6Header = (bytes: Uint8Array): Ipv6Header | undefined => {
	if (bytes.length < IPV6_BYTES) {
		return undefined;
	}

	const view = viewOf(bytes);
	const firstWord = view.getUint32(0);
	return {
		version: 6,
		source: formatAddressKey(readIpv6(view, 8)),
		target: formatAddressKey(readIpv6(view, 24)),
		trafficClass: (firstWord >>> 20) & 255,
		flowLabel: firstWord & 0x0f_ff_ff,
		payloadLength: view.getUint16(4),
		nextHeader: bytes[6],
		hopLimit: bytes[7],
		...skipExtensions(bytes[6], bytes.subarray(IPV6_BYTES)),
	};
};

type Ipv6Content = Pick<Ipv6Header, 'protocol' | 'fragmentOffset' | 'payload'>;

/** Follows the chain of extension headers as far as it was captured. */
const skipExtensions = (nextHeader: number, bytes: Uint8Array): Ipv6Content => {
	let content: Ipv6Content = {protocol: nextHeader, fragmentOffset: 0, payload: bytes};
	while (hasExtension(content)) {
		content = skipExtension(content);
	}

	return content;
};

const hasExtension = ({protocol, fragmentOffset, payload}: Ipv6Content): boolean =>
	EXTENSION_HEADERS.has(protocol) && fragmentOffset === 0 && payload.length >= EXTENSION_UNIT;

const skipExtension = ({protocol, payload}: Ipv6Content): Ipv6Content => {
	const isFragment = protocol === FRAGMENT_HEADER;
	return {
		protocol: payload[0],
		fragmentOffset: isFragment ? viewOf(payload).getUint16(2) & 0xff_f8 : 0,
		payload: payload.subarray(EXTENSION_UNIT * (isFragment ? 1 : payload[1] + 1)),
	};
};

const readIpv6 = (view: DataView, at: number): bigint =>
	(view.getBigUint64(at) << 64n) | view.getBigUint64(at + 8);

const viewOf = (bytes: Uint8Array): DataView =>
	new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
