import {formatPortRanges, portRangesOf, type PortRange} from '@halfopen/model';
import {PORT_PROTOCOLS, splitPorts, type PortProtocol} from './port-items.ts';
import {PortSet} from './port-set.ts';
import {portError} from './spec-error.ts';

/** What a port specification needs to know about services. */
export interface ServiceLookup {
	/** Ports whose service name matches a pattern with `*` and `?`, whatever the case. */
	portsNamed(pattern: string): readonly number[];
	/** Whether a service is listed for the port. */
	isListed(port: number): boolean;
}

/**
 * Reads a port specification in Nmap's grammar: ports, ranges with open ends (`-5`, `60000-`, `-`), names
 * with wildcards (`http*`), and `[…]` around a list of which only listed ports count, with commas between.
 * An open left end is 1: port 0 is scanned only when it is written.
 *
 * `T:`, `U:`, `S:` and `P:` hold until the next of them or the closing bracket. What is not TCP is ignored
 * with a warning, and so is a port named again. Warnings are returned, one line each.
 *
 * Unlike Nmap's, a bracket that is opened must be closed.
 * @throws ScanError `ERR_HALFOPEN_PORT`
 */
export const parsePorts = (
	text: string,
	services: ServiceLookup,
): {ports: Uint16Array; warnings: readonly string[]} => {
	const ports = new PortSet();
	const repeated = new PortSet();
	const ignored = new Set<PortProtocol>();
	for (const item of splitPorts(text)) {
		const wanted = parseItem(item.text, text);
		if (item.protocol !== 'T') {
			ignored.add(item.protocol);
			continue;
		}

		for (const port of portsOf(wanted, services, text)) {
			if (!item.listedOnly || services.isListed(port)) {
				(ports.has(port) ? repeated : ports).add(port);
			}
		}
	}

	if (ports.size === 0) {
		throw portError('at least one TCP port', text, text);
	}

	return {ports: ports.toArray(), warnings: warningsAbout(ignored, repeated)};
};

const HIGHEST = 65_535;

/** Where a range with an open left end begins. */
const OPEN_LEFT = 1;

/** Ports by number, or a pattern for the names of their services. */
type Wanted = PortRange | string;

const parseItem = (item: string, spec: string): Wanted => {
	if (/^[a-z*?]\S*$/.test(item)) {
		return item;
	}

	const [range, first, dash, last] = /^(\d*)\s*(?:(-)\s*(\d*))?$/.exec(item) ?? [];
	if (range === undefined || range === '') {
		throw portError('a port, a range such as `20-25` or a service name in lower case', item, spec);
	}

	const low = parsePort(first, OPEN_LEFT, spec);
	return dash === undefined
		? {first: low, last: low}
		: orderedRange(low, parsePort(last, HIGHEST, spec), item, spec);
};

/** `open` is what an end stands for that is left out. */
const parsePort = (text: string, open: number, spec: string): number => {
	const port = text === '' ? open : Number(text);
	if (port > HIGHEST) {
		throw portError(`a port between 0 and ${HIGHEST}`, text, spec);
	}

	return port;
};

const orderedRange = (first: number, last: number, item: string, spec: string): PortRange => {
	if (first > last) {
		throw portError(`a range from low to high such as \`${last}-${first}\``, item, spec);
	}

	return {first, last};
};

const portsOf = (wanted: Wanted, services: ServiceLookup, spec: string): readonly number[] => {
	if (typeof wanted !== 'string') {
		return Array.from({length: wanted.last - wanted.first + 1}, (_, index) => wanted.first + index);
	}

	const ports = services.portsNamed(wanted);
	if (ports.length === 0) {
		throw portError('the name of a TCP service, or a pattern that matches one', wanted, spec);
	}

	return ports;
};

const warningsAbout = (ignored: ReadonlySet<PortProtocol>, repeated: PortSet): readonly string[] => {
	const warnings = [...ignored].map(
		prefix =>
			`Ignored the ports behind \`${prefix}:\`: a TCP scan has no use for ${PORT_PROTOCOLS[prefix]} ports`,
	);
	return repeated.size === 0
		? warnings
		: [...warnings, `Ignored the repetition of port ${formatPortRanges(portRangesOf(repeated.toArray()))}`];
};
