import {formatAddressKey} from '@halfopen/model';
import {parseIpHeader, type IpHeader} from './ip-header.ts';

/** What an ICMP message says: its meaning in words, and the fields that its type has. */
export interface IcmpMessage {
	readonly type: number;
	readonly code: number;
	readonly text: string;
	/** As in `id=25680 seq=0`; empty when the type has none. */
	readonly fields: string;
}

const ICMP_HEADER_BYTES = 8;

/** The message behind the type, as far as captured. `quoted` is the header of the packet it is about. */
interface Content {
	readonly code: number;
	readonly view: DataView;
	readonly quoted: IpHeader | undefined;
}

/** One line of the tables: what a type means, the names of its codes, and its fields. */
interface Layout {
	readonly text: (content: Content) => string;
	readonly fields?: (content: Content) => string;
}

/** Reads an ICMPv4 message (RFC 792); `undefined` when less than its header is there. */
export const parseIcmpMessage = (bytes: Uint8Array): IcmpMessage | undefined => parse(bytes, ICMPV4);

/** Reads an ICMPv6 message (RFC 4443); `undefined` when less than its header is there. */
export const parseIcmpv6Message = (bytes: Uint8Array): IcmpMessage | undefined => parse(bytes, ICMPV6);

const parse = (bytes: Uint8Array, layouts: Readonly<Record<number, Layout>>): IcmpMessage | undefined => {
	if (bytes.length < ICMP_HEADER_BYTES) {
		return undefined;
	}

	const [type, code] = bytes;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const content = {code, view, quoted: parseIpHeader(bytes.subarray(ICMP_HEADER_BYTES))};
	const layout = layouts[type];
	return {
		type,
		code,
		text: layout?.text(content) ?? 'Unknown type',
		fields: layout?.fields?.(content) ?? '',
	};
};

/** Name or number of what was asked for, or `?` when the quote does not reach that far. */
const quotedTarget = ({quoted}: Content): string => quoted?.target ?? '?';

const quotedProtocol = ({quoted}: Content): string => String(quoted?.protocol ?? '?');

const quotedPort = ({quoted}: Content): string => {
	if (quoted === undefined || quoted.payload.length < 4) {
		return '?';
	}

	const [, , high, low] = quoted.payload;
	return String(high * 256 + low);
};

const UNREACHABLE: readonly ((content: Content) => string)[] = [
	content => `Network ${quotedTarget(content)} unreachable`,
	content => `Host ${quotedTarget(content)} unreachable`,
	content => `Protocol ${quotedProtocol(content)} unreachable`,
	content => `Port ${quotedPort(content)} unreachable`,
	() => 'Fragmentation required',
	() => 'Source route failed',
	content => `Destination network ${quotedTarget(content)} unknown`,
	content => `Destination host ${quotedTarget(content)} unknown`,
	() => 'Source host isolated',
	content => `Destination network ${quotedTarget(content)} administratively prohibited`,
	content => `Destination host ${quotedTarget(content)} administratively prohibited`,
	content => `Network ${quotedTarget(content)} unreachable for TOS`,
	content => `Host ${quotedTarget(content)} unreachable for TOS`,
	() => 'Communication administratively prohibited by filtering',
	() => 'Host precedence violation',
	() => 'Precedence cutoff in effect',
];

const UNREACHABLE6: readonly ((content: Content) => string)[] = [
	content => `No route to ${quotedTarget(content)}`,
	() => 'Communication administratively prohibited',
	content => `Beyond the scope of ${quotedTarget(content)}`,
	content => `Address ${quotedTarget(content)} unreachable`,
	content => `Port ${quotedPort(content)} unreachable`,
	() => 'Source address failed policy',
	content => `Route to ${quotedTarget(content)} rejected`,
];

const REDIRECT = ['network', 'host', 'type of service and network', 'type of service and host'] as const;
const TIME_EXCEEDED = ['TTL=0 during transit', 'TTL=0 during reassembly'] as const;
const TIME_EXCEEDED6 = ['Hop limit exceeded in transit', 'Fragment reassembly time exceeded'] as const;
const PARAMETER_PROBLEM6 = ['Erroneous header field', 'Unknown next header', 'Unknown IPv6 option'] as const;

const named = (text: string): Layout => ({text: () => text});

const query = (text: string): Layout => ({
	text: () => text,
	fields: ({view}) => `id=${view.getUint16(4)} seq=${view.getUint16(6)}`,
});

const withWords = (layout: Layout, names: readonly string[]): Layout => ({
	text: layout.text,
	fields: content =>
		[
			layout.fields?.(content) ?? '',
			...names.flatMap((name, index) => {
				const at = ICMP_HEADER_BYTES + 4 * index;
				return content.view.byteLength < at + 4 ? [] : [`${name}=${content.view.getUint32(at)}`];
			}),
		].join(' '),
});

const withMask = (layout: Layout): Layout => ({
	text: layout.text,
	fields: content =>
		[
			layout.fields?.(content) ?? '',
			...(content.view.byteLength < ICMP_HEADER_BYTES + 4
				? []
				: [`mask=${formatAddressKey(content.view.getUint32(ICMP_HEADER_BYTES))}`]),
		].join(' '),
});

const byCode = (texts: readonly string[], otherwise: string): Layout => ({
	text: ({code}) => texts[code] ?? otherwise,
});

const TIMES = ['orig', 'recv', 'trans'] as const;

const ICMPV4: Readonly<Record<number, Layout>> = {
	0: query('Echo reply'),
	3: {text: content => UNREACHABLE[content.code]?.(content) ?? 'Unknown unreachable code'},
	4: named('Source quench'),
	5: {text: ({code}) => `Redirect for ${REDIRECT[code] ?? 'unknown code'}`},
	8: query('Echo request'),
	9: named('Router advertisement'),
	10: named('Router solicitation'),
	11: byCode(TIME_EXCEEDED, 'Time exceeded, unknown code'),
	12: {text: () => 'Parameter problem', fields: ({view}) => `pointer=${view.getUint8(4)}`},
	13: withWords(query('Timestamp request'), TIMES),
	14: withWords(query('Timestamp reply'), TIMES),
	15: query('Information request'),
	16: query('Information reply'),
	17: withMask(query('Address mask request')),
	18: withMask(query('Address mask reply')),
};

const ICMPV6: Readonly<Record<number, Layout>> = {
	1: {text: content => UNREACHABLE6[content.code]?.(content) ?? 'Unknown unreachable code'},
	2: {text: () => 'Packet too big', fields: ({view}) => `mtu=${view.getUint32(4)}`},
	3: byCode(TIME_EXCEEDED6, 'Time exceeded, unknown code'),
	4: {
		text: ({code}) => PARAMETER_PROBLEM6[code] ?? 'Parameter problem, unknown code',
		fields: ({view}) => `pointer=${view.getUint32(4)}`,
	},
	128: query('Echo request'),
	129: query('Echo reply'),
	130: named('Multicast listener query'),
	131: named('Multicast listener report'),
	132: named('Multicast listener done'),
	133: named('Router solicitation'),
	134: named('Router advertisement'),
	135: named('Neighbor solicitation'),
	136: named('Neighbor advertisement'),
	137: named('Redirect'),
	143: named('Multicast listener report'),
};
