import type {FormatReader} from './read-result.ts';
import {malformed, shown} from './malformed.ts';
import {isPort} from './read-list.ts';
import {textLines} from './text-lines.ts';

/**
 * CSV with the column names of halfopen or zmap; the order is free, and so are further columns. Rows without a port are of
 * hosts, of a scan for these only.
 */
export const readCsv: FormatReader = async (pieces, result, name) => {
	let columns: Columns | undefined;
	let hasHosts = false;
	for await (const {text, number} of textLines(pieces, name)) {
		if (text === '') {
			continue;
		}

		const cells = cellsOf(text);
		if (columns === undefined) {
			columns = columnsOf(cells, name, number);
			continue;
		}

		const host = result.host(cells[columns.address] ?? '');
		const port = cells[columns.port];
		if (host !== undefined && port === '') {
			host.name ??= cells[columns.name] ?? '';
			host.status = cells[columns.state] === 'down' ? 'down' : 'up';
			hasHosts = true;
			continue;
		}

		if (host === undefined || !isPort(port)) {
			throw malformed(
				name,
				number,
				`expected an address in \`saddr\` and a port in \`sport\`, got ${shown(text)}`,
			);
		}

		host.name ??= cells[columns.name] ?? '';
		host.list(Number(port), cells[columns.protocol] ?? 'tcp', stateOf(cells, columns));
	}

	return {hasAllHosts: hasHosts};
};

/** Places of columns; -1 for one that is not there. */
type Columns = Readonly<Record<keyof typeof NAMES, number>>;

const NAMES = {
	address: 'saddr',
	port: 'sport',
	protocol: 'protocol',
	state: 'state',
	classification: 'classification',
	name: 'reverse_name',
} as const;

const columnsOf = (cells: readonly string[], name: string, line: number): Columns => {
	const columns = Object.fromEntries(
		Object.entries(NAMES).map(([key, column]) => [key, cells.indexOf(column)]),
	) as Columns;
	if (columns.address === -1 || columns.port === -1) {
		throw malformed(name, line, 'expected the columns `saddr` and `sport`, which ports are compared by');
	}

	return columns;
};

/** Zmap has no states, and tells only what answered. */
const stateOf = (cells: readonly string[], {state, classification}: Columns): string =>
	cells[state] ?? STATES[cells[classification] ?? 'synack'] ?? 'filtered';

const STATES: Readonly<Record<string, string>> = {synack: 'open', syn: 'open', rst: 'closed'};

/** The cells of a row (RFC 4180); none of ours has a line break in it. */
const cellsOf = (text: string): string[] =>
	text.includes('"')
		? [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
				quoted === undefined ? plain : quoted.replaceAll('""', '"'),
			)
		: text.split(',');
