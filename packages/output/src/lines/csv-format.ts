import {formatAddress, ScanError, type Reason} from '@halfopen/model';
import {figuresOf} from '../host/host-figures.ts';
import {type HidingRules, isTold} from '../host/hidden-states.ts';
import {macVendor, type NamedVendors} from '../host/mac-vendor.ts';
import {type NamedServices, serviceCells} from '../host/service-cells.ts';
import type {ReportFormat} from '../report-format.ts';
import {isoTime} from '../text/iso-time.ts';
import {csvHostRow, csvRows, type Column} from './csv-rows.ts';
import {csvText} from './csv-text.ts';
import {portLines} from './port-lines.ts';

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
	'vendor',
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

const makeColumns = (options: NamedServices & NamedVendors): Readonly<Record<CsvField, Column>> => {
	const serviceOn = serviceCells(options, csvText);
	return {
		saddr: {of: 'host', cell: ({address}) => formatAddress(address)},
		sport: {of: 'port', cell: ({port}) => port},
		classification: {
			of: 'port',
			cell: ({reason}) => CLASSIFICATION[reason] ?? 'icmp',
			hostCell: ({reason}) => CLASSIFICATION[reason] ?? reason,
		},
		success: {
			of: 'port',
			cell: ({state}) => (state === 'open' ? 1 : 0),
			hostCell: ({status}) => (status === 'up' ? 1 : 0),
		},
		ttl: {of: 'port', cell: shownTtl, hostCell: shownTtl},
		icmp_responder: {
			of: 'both',
			cell: ({reason, sender}, {address}) =>
				CLASSIFICATION[reason] === undefined ? formatAddress(sender ?? address) : undefined,
		},
		timestamp_str: {of: 'host', cell: ({at}) => isoTime(at)},
		timestamp_ts: {of: 'host', cell: ({at}) => Math.floor(at / 1000)},
		timestamp_us: {of: 'host', cell: ({at}) => Math.floor((at % 1000) * 1000)},

		protocol: {of: 'port', cell: () => 'tcp'},
		state: {of: 'port', cell: ({state}) => state, hostCell: ({status}) => status},
		reason: {of: 'port', cell: ({reason}) => reason, hostCell: ({reason}) => reason},
		service: {of: 'port', cell: ({port}) => serviceOn(port)},
		name: {of: 'host', cell: ({host}) => host?.name && csvText(host.name)},
		reverse_name: {of: 'host', cell: ({host}) => host?.reverseName && csvText(host.reverseName)},
		mac: {of: 'host', cell: ({host}) => host?.mac},
		vendor: {
			of: 'host',
			cell: ({host}) => {
				const vendor = macVendor(options, host?.mac);
				return vendor && csvText(vendor);
			},
		},
		rtt_us: {of: 'host', cell: ({host}) => host?.times && Math.round(host.times.smoothed)},
		loss: {of: 'host', cell: ({host}) => host && figuresOf(host).loss},
	};
};

const shownTtl = ({ttl}: {readonly ttl: number}): number | undefined => (ttl === 0 ? undefined : ttl);

/** Zmap's word for the answer, where it was no ICMP error. */
const CLASSIFICATION: Readonly<Partial<Record<Reason, string>>> = {
	'syn-ack': 'synack',
	'split-handshake-syn': 'syn',
	reset: 'rst',
	'conn-refused': 'rst',
	'no-response': 'none',
	'echo-reply': 'echoreply',
};

export interface CsvFormatOptions extends HidingRules, NamedServices, NamedVendors {
	/** The columns; by default `DEFAULT_CSV_FIELDS`. */
	readonly fields?: readonly string[];
}

/**
 * CSV (RFC 4180, with line feeds): a row of names, then a row for each port; for each host, where no ports are scanned.
 * @throws ScanError `ERR_HALFOPEN_OPTION` for a field that there is not
 */
export const csvFormat = (options: CsvFormatOptions): ReportFormat => {
	const names = (options.fields ?? DEFAULT_CSV_FIELDS).map(checkedField);
	const all = makeColumns(options);
	const columns = names.map(name => all[name]);
	const lines = portLines(options, csvRows(columns));
	let isAboutHosts = false;
	return {
		hasLooseLines: true,
		begin: ({isContinued = false, discovery}) => {
			isAboutHosts = discovery.only;
			return isContinued ? '' : `${names.join(',')}\n`;
		},
		port: lines.port,
		host: report =>
			!isAboutHosts ? lines.host(report) : isTold(report, options) ? csvHostRow(columns, report) : '',
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
