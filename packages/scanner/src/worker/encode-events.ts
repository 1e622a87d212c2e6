// Events on their way between threads. A structured clone of a `port` event costs some microseconds on either side, and
// there may be a million of them a second: they are put in records of four words. A report's table of ports is a class,
// which a clone would lose: its columns are sent. Most hosts of a large network are down, and there is little to say of
// each: six numbers. All else is cloned.
import {type HostReport, PORT_STATES, type PortResult, REASONS, type ScanEvent} from '@halfopen/model';
import {type EncodedTable, encodeTable, type TableColumns, tableColumns} from './copied-table.ts';

/** A batch of events as it is sent. */
export interface EncodedEvents {
	readonly length: number;
	/** `port` events, in order: RECORD_WORDS for each. */
	readonly records: Uint32Array<ArrayBuffer>;
	/** Hosts that are down, in order: DOWN_NUMBERS for each. */
	readonly downs: Float64Array<ArrayBuffer>;
	/** The ports of all other reports: a buffer for each report would take longer than all else. */
	readonly tables: TableColumns;
	/** All others, with their places in the batch, ascending. */
	readonly others: readonly {readonly place: number; readonly event: EncodedEvent}[];
}

/** An event that is no record. */
export type EncodedEvent =
	| Exclude<ScanEvent, {readonly type: 'host'}>
	| {readonly type: 'host'; readonly report: EncodedReport};

export type EncodedReport = Omit<HostReport, 'ports'> & {readonly ports: EncodedTable};

/** Target, sender of an ICMP error, port with state and reason, TTL with flags. */
export const RECORD_WORDS = 4;

/** Place in the batch, address, reason and TTL, probes sent, and when it was asked first and decided. */
export const DOWN_NUMBERS = 6;

/** Flags in the lowest byte of the last word. */
export const RECORD_FLAG = {late: 1, hasSender: 2} as const;

/** The codes in records: positions in PORT_STATES and REASONS. */
const STATE_CODES = new Map(PORT_STATES.map((state, code) => [state, code]));
const REASON_CODES = new Map(REASONS.map((reason, code) => [reason, code]));

export const encodeEvents = (events: readonly ScanEvent[]): EncodedEvents => {
	const words = new Uint32Array(events.length * RECORD_WORDS);
	const tables = tableColumns(events.reduce((sum, event) => sum + portsOf(event), 0));
	const others: {place: number; event: EncodedEvent}[] = [];
	const downs: number[] = [];
	let at = 0;
	let ports = 0;
	for (const [place, event] of events.entries()) {
		if (event.type === 'port' && writeRecord(words, at, event)) {
			at += RECORD_WORDS;
		} else if (event.type === 'host' && isPlainDown(event.report)) {
			pushDown(downs, place, event.report);
		} else if (event.type === 'host') {
			others.push({place, event: encodeReport(event.report, tables, ports)});
			ports += portsOf(event);
		} else {
			others.push({place, event});
		}
	}

	return {
		length: events.length,
		records: at === words.length ? words : words.slice(0, at),
		downs: Float64Array.from(downs),
		tables,
		others,
	};
};

const portsOf = (event: ScanEvent): number => (event.type === 'host' ? event.report.ports.length : 0);

/** What is in the buffers of a batch, to be moved rather than copied. */
export const buffersOf = ({records, downs, tables}: EncodedEvents): ArrayBuffer[] => [
	records.buffer,
	downs.buffer,
	tables.ports.buffer,
	tables.columns.buffer,
];

/** A host that is down and of which nothing else is known. */
export const isPlainDown = (report: HostReport): boolean =>
	report.status === 'down' &&
	report.address.family === 4 &&
	report.probesSent !== undefined &&
	report.ports.length === 0 &&
	Object.keys(report).length === PLAIN_KEYS;

/** Those below, `status`, and `ports`, which are none. */
const PLAIN_KEYS = 8;

const pushDown = (
	downs: number[],
	place: number,
	{address, reason, ttl, probesSent = 0, startedAt, endedAt}: HostReport,
): void => {
	const code = ((REASON_CODES.get(reason) ?? 0) << 8) | ttl;
	downs.push(place, Number(address.value), code, probesSent, startedAt, endedAt);
};

const encodeReport = ({ports, ...report}: HostReport, tables: TableColumns, from: number): EncodedEvent => ({
	type: 'host',
	report: {...report, ports: encodeTable(ports, tables, from)},
});

/** Every field of a result has its place in a record: one more fails to compile here. */
type Recorded<Fields extends 'port' | 'state' | 'reason' | 'ttl' | 'sender'> = Fields;

/** False when the event does not fit: IPv6. */
const writeRecord = (words: Uint32Array, at: number, event: ScanEvent & {type: 'port'}): boolean => {
	const {port, state, reason, ttl, sender}: Pick<PortResult, Recorded<keyof PortResult>> = event.result;
	if (event.address.family === 6 || sender?.family === 6) {
		return false;
	}

	words[at] = event.address.value;
	words[at + 1] = sender?.value ?? 0;
	words[at + 2] = (port << 16) | ((STATE_CODES.get(state) ?? 0) << 8) | (REASON_CODES.get(reason) ?? 0);
	words[at + 3] =
		(ttl << 8) | (event.late ? RECORD_FLAG.late : 0) | (sender === undefined ? 0 : RECORD_FLAG.hasSender);
	return true;
};
