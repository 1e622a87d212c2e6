import type {FormatReader} from './read-result.ts';
import {malformed, shown} from './malformed.ts';
import {textLines} from './text-lines.ts';

/** The list of halfopen and of masscan: `open tcp 80 192.0.2.7 1795351961`. */
export const readList: FormatReader = async (pieces, result, name) => {
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

		host.list(Number(port), protocol, state);
	}

	return {hasAllHosts: false};
};

/** A decimal number up to 65,535. */
export const isPort = (text: string | undefined): text is string =>
	text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
