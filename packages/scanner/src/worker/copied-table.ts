import {
	PORT_STATES,
	type PortResult,
	type PortState,
	type PortTable,
	REASONS,
	type Address,
} from '@halfopen/model';

/** A table of ports as it is sent to another thread: five bytes a port. */
export interface EncodedTable {
	readonly ports: Uint16Array<ArrayBuffer>;
	/** State, reason and TTL of each port. */
	readonly columns: Uint8Array<ArrayBuffer>;
	readonly senders: ReadonlyMap<number, Address>;
}

export const encodeTable = (table: PortTable): EncodedTable => {
	const ports = new Uint16Array(table.length);
	const columns = new Uint8Array(3 * table.length);
	const senders = new Map<number, Address>();
	for (let index = 0; index < table.length; index++) {
		const result = table.at(index);
		ports[index] = result.port;
		write(columns, senders, index, result);
	}

	return {ports, columns, senders};
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

	constructor({ports, columns, senders}: EncodedTable) {
		this.#ports = ports;
		this.#columns = columns;
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
