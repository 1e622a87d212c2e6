import type {AddressFamily, AddressKey} from './address.ts';
import {readAddress, writeAddress} from './record-address.ts';
import {readMac, writeMac} from './record-mac.ts';
import type {Reply, ReplyKind} from './reply.ts';
import {distance, type Ring} from './ring.ts';
import type {Micros} from './time.ts';

/** Bytes of a reply record: one cache line. native/src/ring/reply_record.h declares the same layout. */
export const REPLY_RECORD_BYTES = 64;

/** Byte offsets inside a reply record; numbers are little-endian, addresses in network order. */
export const REPLY_FIELD = {
	receivedAt: 0, // f64, µs
	target: 8, // 16 bytes
	sender: 24, // 16 bytes
	port: 40, // u16
	attempt: 42, // u8
	family: 43, // u8
	kind: 44, // u8: see REPLY_KIND
	ttl: 45, // u8
	icmpType: 46, // u8
	icmpCode: 47, // u8
	window: 48, // u16
	tcpFlags: 50, // u8
	mac: 51, // 6 bytes, all 0 unless known
} as const;

// Where fields are that are read for each reply. They are not exported: what is, V8 looks up each time.
const RECEIVED_AT = REPLY_FIELD.receivedAt >>> 3; // In doubles
const {target: TARGET, sender: SENDER, port: PORT, attempt: ATTEMPT, family: FAMILY} = REPLY_FIELD;
const {kind: KIND, ttl: TTL, tcpFlags: TCP_FLAGS} = REPLY_FIELD;

/**
 * The engine's end of the reply ring. It is also the reply it stands on: `next` steps to a record, the getters
 * read that record in place, and nothing is allocated per reply. What must outlive the step is copied by `copyReply`.
 */
export class ReplyConsumer implements Reply {
	readonly ring: Ring;
	#read: number;
	/** Up to here replies are known to have been written. */
	#head: number;
	#at = 0;

	constructor(ring: Ring) {
		this.ring = ring;
		this.#read = ring.tail;
		this.#head = this.#read;
	}

	/** Replies that wait. */
	get waiting(): number {
		return distance(this.#read, this.ring.head);
	}

	/**
	 * Steps to the next reply; false when there is none. Records that were read are given back to the producer a block
	 * at a time, and all of them when there is none left: the cursors lie in memory that the producer writes as well.
	 */
	next(): boolean {
		if (this.#read === this.#head || this.#read % BLOCK === 0) {
			this.ring.tail = this.#read;
			this.#head = this.ring.head;
			if (this.#read === this.#head) {
				return false;
			}
		}

		this.#at = this.ring.offsetOf(this.#read);
		this.#read = (this.#read + 1) >>> 0;
		return true;
	}

	get receivedAt(): Micros {
		return this.ring.doubles[(this.#at >>> 3) + RECEIVED_AT] as Micros;
	}

	get family(): AddressFamily {
		return this.ring.bytes[this.#at + FAMILY] as AddressFamily;
	}

	get target(): AddressKey {
		return readAddress(this.ring.view, this.#at + TARGET, this.family);
	}

	get sender(): AddressKey {
		return readAddress(this.ring.view, this.#at + SENDER, this.family);
	}

	get port(): number {
		return this.ring.view.getUint16(this.#at + PORT, true);
	}

	get attempt(): number {
		return this.ring.bytes[this.#at + ATTEMPT];
	}

	get kind(): ReplyKind {
		return this.ring.bytes[this.#at + KIND] as ReplyKind;
	}

	get ttl(): number {
		return this.ring.bytes[this.#at + TTL];
	}

	get icmpType(): number {
		return this.ring.bytes[this.#at + REPLY_FIELD.icmpType];
	}

	get icmpCode(): number {
		return this.ring.bytes[this.#at + REPLY_FIELD.icmpCode];
	}

	get window(): number {
		return this.ring.view.getUint16(this.#at + REPLY_FIELD.window, true);
	}

	get tcpFlags(): number {
		return this.ring.bytes[this.#at + TCP_FLAGS];
	}

	get mac(): string | undefined {
		return readMac(this.ring.bytes, this.#at + REPLY_FIELD.mac);
	}
}

/** Records that are given back together. */
const BLOCK = 64;

/** The other end, for transports written in TypeScript: the simulator and connect(). */
export class ReplyProducer {
	readonly ring: Ring;
	#written: number;

	constructor(ring: Ring) {
		this.ring = ring;
		this.#written = ring.head;
	}

	/** Writes one reply; false when the ring is full and the reply is lost. */
	write(reply: Reply): boolean {
		const {ring} = this;
		if (distance(ring.tail, this.#written) >= ring.capacity) {
			return false;
		}

		const {view, bytes} = ring;
		const at = ring.offsetOf(this.#written);
		view.setFloat64(at + REPLY_FIELD.receivedAt, reply.receivedAt, true);
		writeAddress(view, at + REPLY_FIELD.target, reply.target);
		writeAddress(view, at + REPLY_FIELD.sender, reply.sender);
		view.setUint16(at + REPLY_FIELD.port, reply.port, true);
		bytes[at + REPLY_FIELD.attempt] = reply.attempt;
		bytes[at + REPLY_FIELD.family] = reply.family;
		bytes[at + REPLY_FIELD.kind] = reply.kind;
		bytes[at + REPLY_FIELD.ttl] = reply.ttl;
		bytes[at + REPLY_FIELD.icmpType] = reply.icmpType;
		bytes[at + REPLY_FIELD.icmpCode] = reply.icmpCode;
		view.setUint16(at + REPLY_FIELD.window, reply.window, true);
		bytes[at + REPLY_FIELD.tcpFlags] = reply.tcpFlags;
		writeMac(bytes, at + REPLY_FIELD.mac, reply.mac);
		this.#written = (this.#written + 1) >>> 0;
		ring.head = this.#written;
		return true;
	}
}
