import {ScanError} from '@halfopen/model';
import {isListed, listedPorts} from './service-names.ts';
import {lazy, readTable} from './table.ts';

/** The ports asked first within a host: the first two tiers of data/popularity.tsv, in its order. */
export const POPULAR_FIRST: readonly number[] = [
	22, 23, 25, 53, 80, 135, 139, 443, 445, 3389, 21, 110, 111, 143, 587, 993, 995, 1433, 1723, 3306, 5432,
	5900, 8000, 8080, 8443,
];

/**
 * The `count` most popular TCP ports, of all or of those in `within`; ascending, fewer when `within` has fewer.
 *
 * The ranking is halfopen's own: the ports of data/popularity.tsv in its order, then all others with a
 * known service from 1 up, then the rest from 1 up, port 0 last.
 * @throws ScanError `ERR_HALFOPEN_OPTION`
 */
export const topPorts = (count: number, within?: Iterable<number>): Uint16Array => {
	if (!Number.isInteger(count) || count < 1 || count > PORTS) {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			`Expected a number of ports between 1 and ${PORTS}, got \`${count}\``,
		);
	}

	const wanted = within === undefined ? undefined : new Set(within);
	const ports: number[] = [];
	for (const port of ranking()) {
		if (ports.length === count) {
			break;
		}

		if (wanted?.has(port) ?? true) {
			ports.push(port);
		}
	}

	return Uint16Array.from(ports).sort();
};

const PORTS = 65_536;

/** All ports, most popular first. */
function* ranking(): Iterable<number> {
	const popular = popularPorts();
	yield* popular;
	for (const port of listedPorts()) {
		if (!popular.has(port)) {
			yield port;
		}
	}

	for (let port = 1; port < PORTS; port++) {
		if (!popular.has(port) && !isListed(port)) {
			yield port;
		}
	}

	yield 0;
}

const popularPorts = lazy(() => new Set(readTable('popularity.tsv').keys()));
