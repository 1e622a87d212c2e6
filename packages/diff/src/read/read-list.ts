import type {FormatReader} from './read-result.ts';
import {malformed, shown} from './malformed.ts';
import {textLines} from './text-lines.ts';

/** The list of halfopen and of masscan: `open tcp 80 192.0.2.7 1795351961`, or `open icmp 0 …` for a host that was found. */
export const readList: FormatReader = async (pieces, result, name) => {
	let hasHosts = false;
	for await (const {text, number} of textLines(pieces, name)) {
		if (text === '' || text.startsWith('#')) {
			continue;
		}

		const [state, protocol, port, address] = text.split(' ');
		if (state === 'banner') {
			continue;
		}

		const host = address === undefined ? undefined : result.host(address);
		if (host === undefined || !isPort(port)) {
			throw malformed(
				name,
				number,
				`expected a state, a protocol, a port and an address, got ${shown(text)}`,
			);
		}

		if (FOUND_BY.has(protocol)) {
			hasHosts = true;
		} else {
			host.list(Number(port), protocol, state);
		}
	}

	return {hasAllHosts: hasHosts};
};

/** What hosts are found by, which has no ports. */
const FOUND_BY: ReadonlySet<string> = new Set(['icmp', 'arp']);

/** A decimal number up to 65,535. */
export const isPort = (text: string | undefined): text is string =>
	text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
