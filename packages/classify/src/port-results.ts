import {
	PORT_STATES,
	REASONS,
	addressOf,
	type AddressKey,
	type PortResult,
	type PortState,
	type PortTable,
	type Reason,
	type Verdict,
} from '@halfopen/model';
import {replaces} from './replaces.ts';

/**
 * What is known of the ports of one host: three bytes a port, and an entry for each ICMP error that someone
 * else sent. A reason is kept with the state that it explains.
 */
export class PortResults implements PortTable {
	readonly #ports: Uint16Array;
	/** For each port its state, an index in PORT_STATES, its reason, one in REASONS, and the TTL. */
	readonly #records: Uint8Array;
	readonly #senders = new Map<number, AddressKey>();
	readonly #counts: Uint32Array;

	/** All ports are `unknown` at first. `ports` is ascending; it is shared, not copied. */
	constructor(ports: Uint16Array) {
		this.#ports = ports;
		this.#records = new Uint8Array(ports.length * RECORD_BYTES);
		this.#counts = new Uint32Array(PORT_STATES.length);
		this.#counts[STATE_CODES.unknown] = ports.length;
	}

	get length(): number {
		return this.#ports.length;
	}

	/** Ports that are still `unknown`. */
	get undecided(): number {
		return this.#counts[STATE_CODES.unknown];
	}

	count(state: PortState): number {
		return this.#counts[STATE_CODES[state]];
	}

	stateAt(index: number): PortState {
		return PORT_STATES[this.#records[index * RECORD_BYTES]];
	}

	isDecided(index: number): boolean {
		return this.#records[index * RECORD_BYTES] !== STATE_CODES.unknown;
	}

	/**
	 * Records a verdict under the rules of `replaces`; true when it was taken. `ttl` is that of the packet, 0 for
	 * none; `sender` is given only when it is not the target.
	 */
	apply(index: number, verdict: Verdict, ttl: number, sender?: AddressKey): boolean {
		const at = index * RECORD_BYTES;
		const code = this.#records[at];
		if (code !== STATE_CODES.unknown && !replaces(this.#verdictAt(index), verdict)) {
			return false;
		}

		const stateCode = STATE_CODES[verdict.state];
		this.#counts[code]--;
		this.#counts[stateCode]++;
		this.#records[at] = stateCode;
		this.#records[at + REASON] = REASON_CODES[verdict.reason];
		this.#records[at + TTL] = ttl;
		if (sender !== undefined) {
			this.#senders.set(index, sender);
		} else if (code !== STATE_CODES.unknown) {
			this.#senders.delete(index); // That of the verdict before
		}

		return true;
	}

	at(index: number): PortResult {
		const result: PortResult = {
			port: this.#ports[index],
			state: this.stateAt(index),
			reason: REASONS[this.#records[index * RECORD_BYTES + REASON]],
			ttl: this.#records[index * RECORD_BYTES + TTL],
		};
		const sender = this.#senders.get(index);
		return sender === undefined ? result : {...result, sender: addressOf(sender)};
	}

	endOfRun(index: number): number {
		const records = this.#records;
		const from = index * RECORD_BYTES;
		let at = from + RECORD_BYTES;
		while (
			at < records.length &&
			records[at] === records[from] &&
			records[at + REASON] === records[from + REASON]
		) {
			at += RECORD_BYTES;
		}

		return at / RECORD_BYTES;
	}

	#verdictAt(index: number): Verdict {
		return {state: this.stateAt(index), reason: REASONS[this.#records[index * RECORD_BYTES + REASON]]};
	}

	*[Symbol.iterator](): Generator<PortResult, void, undefined> {
		for (let index = 0; index < this.length; index++) {
			yield this.at(index);
		}
	}
}

const RECORD_BYTES = 3;
const REASON = 1;
const TTL = 2;

const codesOf = <Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> =>
	Object.fromEntries(names.map((name, code) => [name, code])) as Record<Name, number>;

const STATE_CODES: Readonly<Record<PortState, number>> = codesOf(PORT_STATES);
const REASON_CODES: Readonly<Record<Reason, number>> = codesOf(REASONS);
