import {portError} from './spec-error.ts';

/** Numbers of IP protocols by name (IANA), of those that hosts and routers answer to. */
const PROTOCOLS: Readonly<Record<string, number>> = {
	icmp: 1,
	igmp: 2,
	ipv4: 4,
	tcp: 6,
	udp: 17,
	ipv6: 41,
	gre: 47,
	esp: 50,
	ah: 51,
	'ipv6-icmp': 58,
	ospfigp: 89,
	pim: 103,
	sctp: 132,
};

const HIGHEST = 255;

/**
 * Reads numbers of IP protocols, ranges of them with open ends, and names, with commas between: `1,2,4`, `icmp,40-`.
 * @throws ScanError `ERR_HALFOPEN_PORT`
 */
export const parseProtocols = (protocols: string | readonly number[]): readonly number[] => {
	const text = typeof protocols === 'string' ? protocols : protocols.join(',');
	return text
		.replace(/(?<=[^,]),$/, '')
		.split(',')
		.flatMap(item => readItem(item, text));
};

const readItem = (item: string, spec: string): readonly number[] => {
	const name = item.toLowerCase();
	if (Object.hasOwn(PROTOCOLS, name)) {
		return [PROTOCOLS[name]];
	}

	const [range, low, dash, high] = /^(\d*)(?:(-)(\d*))?$/.exec(item.trim()) ?? [];
	const first = Number(low);
	const last = dash === undefined ? first : high === '' ? HIGHEST : Number(high);
	if (range === undefined || range === '' || first > last || last > HIGHEST) {
		throw portError(
			`an IP protocol by number up to ${HIGHEST}, a range such as \`1-6\`, or one of ${Object.keys(PROTOCOLS).join(', ')}`,
			item,
			spec,
		);
	}

	return Array.from({length: last - first + 1}, (_, index) => first + index);
};
