import {type AddressKey, ipv4, PORT_STATES, type PortResult, REASONS, type ScanEvent} from '@halfopen/model';
import {CopiedTable} from './copied-table.ts';
import {type EncodedEvent, type EncodedEvents, RECORD_FLAG, RECORD_WORDS} from './encode-events.ts';

/** Reads batches that came from another thread. Late answers change the reports that it gave out, as they do there. */
export class EventDecoder {
	/** Tables that somebody still holds. */
	readonly #tables = new Map<AddressKey, WeakRef<CopiedTable>>();
	readonly #forget = new FinalizationRegistry<AddressKey>(key => {
		if (this.#tables.get(key)?.deref() === undefined) {
			this.#tables.delete(key);
		}
	});

	decode({length, records, others}: EncodedEvents): ScanEvent[] {
		const events: ScanEvent[] = [];
		let at = 0;
		let next = 0;
		for (let place = 0; place < length; place++) {
			if (others[next]?.place === place) {
				events.push(this.#decodeOther(others[next++].event));
			} else {
				events.push(this.#readRecord(records, at));
				at += RECORD_WORDS;
			}
		}

		return events;
	}

	#decodeOther(event: EncodedEvent): ScanEvent {
		if (event.type === 'port') {
			this.#applyLate(event);
		}

		if (event.type !== 'host') {
			return event;
		}

		const table = new CopiedTable(event.report.ports);
		const key = event.report.address.value;
		this.#tables.set(key, new WeakRef(table));
		this.#forget.register(table, key);
		return {type: 'host', report: {...event.report, ports: table}};
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
