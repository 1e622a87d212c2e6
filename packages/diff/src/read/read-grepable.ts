import type {FormatReader} from './read-result.ts';
import type {GrowingHost} from '../scan-result.ts';
import {malformed, shown} from './malformed.ts';
import {isPort} from './read-list.ts';
import {textLines} from './text-lines.ts';

/** Grepable output of halfopen and Nmap: fields between tabs, one line or two for each host. */
export const readGrepable: FormatReader = async (pieces, result, name) => {
	let isEnded = false;
	for await (const {text, number} of textLines(pieces, name)) {
		if (text.startsWith('#')) {
			isEnded ||= / done at /.test(text);
			continue;
		}

		if (text === '') {
			continue;
		}

		const [about, ...fields] = text.split('\t');
		const [, address, hostName] = /^Host: (\S+) \((.*)\)$/.exec(about) ?? [];
		const host = address === undefined ? undefined : result.host(address);
		if (host === undefined) {
			throw malformed(name, number, `expected \`Host: ADDRESS (NAME)\`, got ${shown(about)}`);
		}

		if (hostName !== '') {
			host.name = hostName;
		}

		for (const field of fields) {
			if (!readField(field, host)) {
				throw malformed(name, number, `expected ports as in \`22/open/tcp//ssh///\`, got ${shown(field)}`);
			}
		}
	}

	if (!isEnded) {
		result.problem('its end is missing');
	}

	return {hasAllHosts: true};
};

/** False when the field is malformed; one that is not known says nothing. */
const readField = (field: string, host: GrowingHost): boolean => {
	const [, name, value] = /^([\w ]+): (.*)$/.exec(field) ?? [];
	switch (name) {
		case 'Status': {
			host.status = value === 'Down' ? 'down' : 'up';
			return true;
		}

		case 'Ports': {
			return value === '' || value.split(', ').every(entry => readPort(entry, host));
		}

		case 'Ignored State': {
			const [, state] = /^(\S+) \(\d+\)$/.exec(value) ?? [];
			host.hide(state ?? 'unknown', 'tcp', undefined);
			return state !== undefined;
		}

		default: {
			return true;
		}
	}
};

const readPort = (entry: string, host: GrowingHost): boolean => {
	const [port, state, protocol] = entry.trim().split('/');
	if (!isPort(port) || protocol === undefined) {
		return false;
	}

	host.list(Number(port), protocol, state);
	return true;
};
