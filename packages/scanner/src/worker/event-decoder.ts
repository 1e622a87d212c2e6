import {type AddressKey, ipv4, PORT_STATES, type PortResult, REASONS, type ScanEvent} from '@halfopen/model';
import {CopiedTable, type TableColumns} from './copied-table.ts';
import {
	DOWN_NUMBERS,
	type EncodedEvent,
	type EncodedEvents,
	type EncodedReport,
	RECORD_FLAG,
	RECORD_WORDS,
} from './encode-events.ts';

/** Reads batches that came from another thread. Late answers change the reports that it gave out, as they do there. */
export class EventDecoder {
	/** Tables that somebody still holds. */
	readonly #tables = new Map<AddressKey, WeakRef<CopiedTable>>();
	readonly #forget = new FinalizationRegistry<AddressKey>(key => {
		if (this.#tables.get(key)?.deref() === undefined) {
			this.#tables.delete(key);
		}
	});

	decode({length, records, downs, tables, others}: EncodedEvents): ScanEvent[] {
		const events: ScanEvent[] = [];
		let at = 0;
		let next = 0;
		let down = 0;
		let ports = 0;
		for (let place = 0; place < length; place++) {
			if (others[next]?.place === place) {
				const {event} = others[next++];
				if (event.type === 'host') {
					events.push(this.#decodeReport(event.report, tables, ports));
					ports += event.report.ports.length;
				} else {
					events.push(this.#decodeOther(event));
				}
			} else if (downs[down] === place) {
				events.push(readDown(downs, down));
				down += DOWN_NUMBERS;
			} else {
				events.push(this.#readRecord(records, at));
				at += RECORD_WORDS;
			}
		}

		return events;
	}

	#decodeOther(event: Exclude<EncodedEvent, {readonly type: 'host'}>): ScanEvent {
		if (event.type === 'port') {
			this.#applyLate(event);
		}

		return event;
	}

	#decodeReport(report: EncodedReport, tables: TableColumns, from: number): ScanEvent {
		const table = new CopiedTable(report.ports, tables, from);
		const key = report.address.value;
		this.#tables.set(key, new WeakRef(table));
		this.#forget.register(table, key);
		return {type: 'host', report: {...report, ports: table}};
	}

	#readRecord(words: Uint32Array, at: number): ScanEvent {
		const what = words[at + 2];
		const rest = words[at + 3];
		const result: PortResult = {
			port: what >>> 16,
			state: PORT_STATES[(what >>> 8) & 0xff],
			reason: REASONS[what & 0xff],
			ttl: (rest >>> 8) & 0xff,
		};
		const event: ScanEvent & {type: 'port'} = {
			type: 'port',
			address: ipv4(words[at]),
			result: (rest & RECORD_FLAG.hasSender) === 0 ? result : {...result, sender: ipv4(words[at + 1])},
			late: (rest & RECORD_FLAG.late) !== 0,
		};
		if (event.late) {
			this.#applyLate(event);
		}

		return event;
	}

	#applyLate({address, result, late}: ScanEvent & {type: 'port'}): void {
		if (late) {
			this.#tables.get(address.value)?.deref()?.update(result);
		}
	}
}

const NO_PORTS = new CopiedTable({length: 0}, {ports: new Uint16Array(0), columns: new Uint8Array(0)}, 0);

const readDown = (downs: Float64Array, at: number): ScanEvent => {
	const code = downs[at + 2];
	return {
		type: 'host',
		report: {
			address: ipv4(downs[at + 1]),
			status: 'down',
			reason: REASONS[code >>> 8],
			ttl: code & 0xff,
			startedAt: downs[at + 4],
			endedAt: downs[at + 5],
			ports: NO_PORTS,
			probesSent: downs[at + 3],
		},
	};
};
