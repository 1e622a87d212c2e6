import {
	PORT_STATES,
	type PortResult,
	type PortState,
	type PortTable,
	REASONS,
	type Address,
} from '@halfopen/model';

/** The tables of all reports of a batch, one after the other, as they are sent to another thread: five bytes a port. */
export interface TableColumns {
	readonly ports: Uint16Array<ArrayBuffer>;
	/** State, reason and TTL of each port. */
	readonly columns: Uint8Array<ArrayBuffer>;
}

/** What else is sent of a table. */
export interface EncodedTable {
	readonly length: number;
	/** Who sent the ICMP errors, by index; absent when nobody did. */
	readonly senders?: ReadonlyMap<number, Address>;
}

/** Room for tables of so many ports in all. */
export const tableColumns = (ports: number): TableColumns => ({
	ports: new Uint16Array(ports),
	columns: new Uint8Array(3 * ports),
});

/** Writes a table at the place of its first port. */
export const encodeTable = (table: PortTable, {ports, columns}: TableColumns, from: number): EncodedTable => {
	const senders = new Map<number, Address>();
	const own = columns.subarray(3 * from);
	for (let index = 0; index < table.length; index++) {
		const result = table.at(index);
		ports[from + index] = result.port;
		write(own, senders, index, result);
	}

	return {length: table.length, ...(senders.size > 0 && {senders})};
};

const write = (
	columns: Uint8Array,
	senders: Map<number, Address>,
	index: number,
	{state, reason, ttl, sender}: PortResult,
): void => {
	columns[3 * index] = PORT_STATES.indexOf(state);
	columns[3 * index + 1] = REASONS.indexOf(reason);
	columns[3 * index + 2] = ttl;
	if (sender === undefined) {
		senders.delete(index);
	} else {
		senders.set(index, sender);
	}
};

/** The table of a report that came from another thread. */
export class CopiedTable implements PortTable {
	readonly #ports: Uint16Array;
	readonly #columns: Uint8Array;
	readonly #senders: Map<number, Address>;

	/** `from` is the place of its first port. */
	constructor({length, senders}: EncodedTable, {ports, columns}: TableColumns, from: number) {
		this.#ports = ports.subarray(from, from + length);
		this.#columns = columns.subarray(3 * from, 3 * (from + length));
		this.#senders = new Map(senders);
	}

	get length(): number {
		return this.#ports.length;
	}

	count(state: PortState): number {
		const code = PORT_STATES.indexOf(state);
		let count = 0;
		for (let index = 0; index < this.length; index++) {
			count += this.#columns[3 * index] === code ? 1 : 0;
		}

		return count;
	}

	at(index: number): PortResult {
		const sender = this.#senders.get(index);
		return {
			port: this.#ports[index],
			state: PORT_STATES[this.#columns[3 * index]],
			reason: REASONS[this.#columns[3 * index + 1]],
			ttl: this.#columns[3 * index + 2],
			...(sender !== undefined && {sender}),
		};
	}

	endOfRun(index: number): number {
		const columns = this.#columns;
		const from = 3 * index;
		let at = from + 3;
		while (at < columns.length && columns[at] === columns[from] && columns[at + 1] === columns[from + 1]) {
			at += 3;
		}

		return at / 3;
	}

	/** A late answer changed a port. */
	update(result: PortResult): void {
		const index = this.#ports.indexOf(result.port);
		if (index !== -1) {
			write(this.#columns, this.#senders, index, result);
		}
	}

	*[Symbol.iterator](): Generator<PortResult, void, undefined> {
		for (let index = 0; index < this.length; index++) {
			yield this.at(index);
		}
	}
}
