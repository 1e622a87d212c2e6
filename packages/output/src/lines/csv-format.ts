import {formatAddress, ScanError, type Reason} from '@halfopen/model';
import type {HidingRules} from '../host/hidden-states.ts';
import {type NamedServices, serviceCells} from '../host/service-cells.ts';
import type {ReportFormat} from '../report-format.ts';
import {lastOf} from '../text/last-of.ts';
import {rounded} from '../text/rounded.ts';
import {csvText} from './csv-text.ts';
import {lastText} from './last-text.ts';
import {portLines, type PortLine} from './port-lines.ts';

/** A cell: a plain word, a number, or text that is escaped already. */
type Field = (line: PortLine) => string | number | undefined;

/** The names of all fields: zmap's with zmap's meaning, then ours. */
export const CSV_FIELDS = [
	'saddr',
	'sport',
	'classification',
	'success',
	'ttl',
	'icmp_responder',
	'timestamp_str',
	'timestamp_ts',
	'timestamp_us',
	'protocol',
	'state',
	'reason',
	'service',
	'name',
	'reverse_name',
	'mac',
	'rtt_us',
	'loss',
] as const;

export type CsvField = (typeof CSV_FIELDS)[number];

export const DEFAULT_CSV_FIELDS: readonly CsvField[] = [
	'saddr',
	'sport',
	'classification',
	'success',
	'ttl',
	'state',
	'reason',
	'service',
];

/** What each shows; a missing value is empty. The ports of a host follow one another, so what is costly is kept. */
const makeFields = (options: NamedServices): Readonly<Record<CsvField, Field>> => {
	const addressText = lastText();
	const serviceOn = serviceCells(options, csvText);
	const timeText = lastOf((at: number) => new Date(at).toISOString());
	const nameText = lastOf((name: string | undefined) => name && csvText(name));
	const reverseNameText = lastOf((name: string | undefined) => name && csvText(name));
	return {
		saddr: ({address}) => addressText(address),
		sport: ({result}) => result.port,
		classification: ({result}) => CLASSIFICATION[result.reason] ?? 'icmp',
		success: ({result}) => (result.state === 'open' ? 1 : 0),
		ttl: ({result}) => (result.ttl === 0 ? undefined : result.ttl),
		icmp_responder: ({address, result}) =>
			CLASSIFICATION[result.reason] === undefined ? formatAddress(result.sender ?? address) : undefined,
		timestamp_str: ({at}) => timeText(at),
		timestamp_ts: ({at}) => Math.floor(at / 1000),
		timestamp_us: ({at}) => Math.floor((at % 1000) * 1000),

		protocol: () => 'tcp',
		state: ({result}) => result.state,
		reason: ({result}) => result.reason,
		service: ({result}) => serviceOn(result.port),
		name: ({host}) => nameText(host?.name),
		reverse_name: ({host}) => reverseNameText(host?.reverseName),
		mac: ({host}) => host?.mac,
		rtt_us: ({host}) => host?.times && Math.round(host.times.smoothed),
		loss: ({host}) => host?.loss && rounded(host.loss),
	};
};

/** Zmap's word for the answer, where it was no ICMP error. */
const CLASSIFICATION: Readonly<Partial<Record<Reason, string>>> = {
	'syn-ack': 'synack',
	'split-handshake-syn': 'syn',
	reset: 'rst',
	'conn-refused': 'rst',
	'no-response': 'none',
};

export interface CsvFormatOptions extends HidingRules, NamedServices {
	/** The columns; by default `DEFAULT_CSV_FIELDS`. */
	readonly fields?: readonly string[];
}

/**
 * CSV (RFC 4180, with line feeds): a row of names, then a row for each port.
 * @throws ScanError `ERR_HALFOPEN_OPTION` for a field that there is not
 */
export const csvFormat = (options: CsvFormatOptions): ReportFormat => {
	const names = (options.fields ?? DEFAULT_CSV_FIELDS).map(checkedField);
	const table = makeFields(options);
	const fields: readonly Field[] = names.map(name => table[name]);
	return {
		begin: ({isContinued = false}) => (isContinued ? '' : `${names.join(',')}\n`),
		...portLines(options, line => {
			let row = '';
			for (let column = 0; column < fields.length; column++) {
				row += `${column === 0 ? '' : ','}${fields[column](line) ?? ''}`;
			}

			return `${row}\n`;
		}),
		end: () => '',
	};
};

const checkedField = (name: string): CsvField => {
	const field = CSV_FIELDS.find(each => each === name);
	if (field === undefined) {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			`Expected fields out of ${CSV_FIELDS.join(', ')}, got \`${name}\``,
		);
	}

	return field;
};
