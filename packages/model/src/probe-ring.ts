import type {AddressFamily, AddressKey} from './address.ts';
import {readAddress, writeAddress} from './record-address.ts';
import {distance, type Ring} from './ring.ts';
import type {Micros} from './time.ts';

/** Bytes of a probe record. native/src/ring/probe_record.h declares the same layout. */
export const PROBE_RECORD_BYTES = 40;

/** Byte offsets inside a probe record; numbers are little-endian, addresses in network order. */
export const PROBE_FIELD = {
	sentAt: 0, // f64, µs: when the packet was handed to the kernel. The consumer writes it
	target: 8, // 16 bytes
	tag: 24, // u32: the producer's own mark, given back with the send time
	path: 28, // u32: which way out, see `Transport.pathTo`
	port: 32, // u16
	attempt: 34, // u8: the try, 0 for the first
	family: 35, // u8: 4 or 6
	kind: 36, // u8: see PROBE_KIND
	error: 38, // u16: errno of the send, 0 when it was sent. The consumer writes it
} as const;

// Where fields are that are written or read for each probe, the target in bytes and the others in words. They are not
// exported: what is, V8 looks up each time.
const TARGET = PROBE_FIELD.target;
const TAG = PROBE_FIELD.tag >>> 2;
const PATH = PROBE_FIELD.path >>> 2;
const PORT = PROBE_FIELD.port >>> 2;
const KIND = PROBE_FIELD.kind >>> 2;

/** What a probe is. `port` is that of TCP or UDP, the number of an IP protocol, and 0 for the others. */
export const PROBE_KIND = {
	/** TCP SYN: for port scans, and to find hosts. */
	syn: 0,
	/** TCP ACK, which a host that is up answers with a RST. */
	ack: 1,
	/** ICMP or ICMPv6 echo request. */
	echo: 2,
	/** ICMP timestamp request; IPv4 only. */
	timestamp: 3,
	/** ICMP address mask request; IPv4 only. */
	addressMask: 4,
	/** UDP. */
	udp: 5,
	/** A packet of an IP protocol, numbered by `port`. */
	protocol: 6,
	/** ARP request or neighbour solicitation, along the path of a link. */
	neighbour: 7,
	/** Multicast listener query to all nodes, along the path of a link; IPv6 only. */
	listenerQuery: 8,
} as const;

export type ProbeKind = (typeof PROBE_KIND)[keyof typeof PROBE_KIND];

/** A probe that left, or failed to. */
export type SentProbe = {
	/** The producer's mark on the probe. */
	readonly tag: number;
	/** When it was handed to the kernel, or refused. */
	readonly sentAt: Micros;
	/** `errno` of the send; 0 when it was sent. */
	readonly error: number;
};

/**
 * The engine's end of the probe ring. A record stays in the ring until its send time was taken back, so
 * memory holds no more than `capacity` probes between the two threads.
 *
 * With several rings, one for each sender thread, a block of probes goes into the first whose thread keeps up: where
 * probes are few, one thread sends them all, and the others sleep. Where none keeps up they share.
 */
export class ProbeProducer {
	readonly capacity: number;
	readonly #lanes: readonly Lane[];
	#lane: Lane;
	/** Probes that go into this lane before another has its turn. */
	#left = 0;
	#pending = 0;

	constructor(...rings: readonly Ring[]) {
		this.capacity = rings.reduce((sum, {capacity}) => sum + capacity, 0);
		this.#lanes = rings.map(ring => ({ring, written: ring.head, taken: ring.tail}));
		this.#lane = this.#lanes[0];
	}

	/** Probes that may be written before the next `takeSent`. */
	get free(): number {
		return this.capacity - this.#pending;
	}

	/** Probes written whose send time has not been taken back yet. */
	get pending(): number {
		return this.#pending;
	}

	/** Probes shown to the sender that it is not done with. */
	get unsent(): number {
		let sum = 0;
		for (const {ring} of this.#lanes) {
			sum += distance(ring.tail, ring.head);
		}

		return sum;
	}

	/** Writes one probe. The caller has seen that `free` is above 0. */
	write(
		target: AddressKey,
		port: number,
		attempt: number,
		path: number,
		tag: number,
		kind: ProbeKind = PROBE_KIND.syn,
	): void {
		if (this.#left === 0) {
			this.#turn();
		}

		this.#left--;
		this.#pending++;
		const lane = this.#lane;
		const {view, words} = lane.ring;
		const at = lane.ring.offsetOf(lane.written);
		const family = typeof target === 'number' ? 4 : 6;
		writeAddress(view, at + TARGET, target);
		const word = at >>> 2;
		words[word + TAG] = tag;
		words[word + PATH] = path;
		words[word + PORT] = port | (attempt << 16) | (family << 24); // Three fields in a row
		words[word + KIND] = kind; // And no error
		lane.written = (lane.written + 1) >>> 0;
	}

	/**
	 * Shows the consumers what was written. True when one sleeps and must be woken; `wake` is called with the index of
	 * each such ring.
	 */
	publish(wake?: (ring: number) => void): boolean {
		let hasWoken = false;
		for (let index = 0; index < this.#lanes.length; index++) {
			const {ring, written} = this.#lanes[index];
			if (ring.head !== written) {
				ring.head = written;
				if (ring.takeWaiter()) {
					hasWoken = true;
					wake?.(index);
				}
			}
		}

		return hasWoken;
	}

	/** Gives back the probes that the consumers are done with, of each ring oldest first, and frees their records. */
	takeSent(visit: (tag: number, sentAt: Micros, error: number) => void): number {
		let sum = 0;
		for (const lane of this.#lanes) {
			const {ring} = lane;
			const {words, doubles, tail} = ring;
			const count = distance(lane.taken, tail);
			for (let {taken} = lane; taken !== tail; taken = (taken + 1) >>> 0) {
				const at = ring.offsetOf(taken);
				const word = at >>> 2;
				visit(
					words[word + TAG],
					doubles[at >>> 3] as Micros,
					words[word + KIND] >>> 16, // `error` is the high half
				);
			}

			lane.taken = tail;
			this.#pending -= count;
			sum += count;
		}

		return sum;
	}

	/** What was written until now, for `isDoneWith`. */
	mark(): ProbeMark {
		return this.#lanes.map(({written}) => written);
	}

	/** Whether the consumers are done with all that was written before the mark. */
	isDoneWith(mark: ProbeMark): boolean {
		return this.#lanes.every(({ring, written}, index) => {
			const {tail} = ring;
			return tail === written || distance(mark[index], tail) < HALF;
		});
	}

	/** To the first thread that keeps up, otherwise to the one that has the least before it. */
	#turn(): void {
		let least = Infinity;
		for (const lane of this.#lanes) {
			const {ring, written, taken} = lane;
			const room = ring.capacity - distance(taken, written);
			const unsent = distance(ring.tail, written);
			if (room > 0 && unsent < least) {
				this.#lane = lane;
				this.#left = Math.min(room, BLOCK);
				least = unsent < BUSY ? 0 : unsent;
			}
		}
	}
}

/** Counts of probes written, one for each ring. */
export type ProbeMark = readonly number[];

/** A ring, and how far this end of it got. */
type Lane = {readonly ring: Ring; written: number; taken: number};

/** Probes for one thread before another may have its turn: as many as a batch usually has. */
const BLOCK = 64;

/** A thread that has so many before it, as many as the largest batch, does not keep up. */
const BUSY = 256;

/** Counts are modulo 2^32: what is less than half of that ahead has been passed. */
const HALF = 2 ** 31;

/** A probe as its consumer reads it. */
export type ProbeRecord = {
	readonly target: AddressKey;
	readonly port: number;
	readonly attempt: number;
	readonly path: number;
	readonly kind: ProbeKind;
};

/** The other end, for transports written in TypeScript: the simulator and connect(). */
export class ProbeConsumer {
	readonly ring: Ring;
	#read: number;

	constructor(ring: Ring) {
		this.ring = ring;
		this.#read = ring.tail;
	}

	/** Whether a probe waits to be read. */
	get hasNext(): boolean {
		return this.ring.head !== this.#read;
	}

	/** Reads the next probe and leaves it where it is. The caller has seen that `hasNext`. */
	peek(): ProbeRecord {
		const {view, bytes} = this.ring;
		const at = this.ring.offsetOf(this.#read);
		return {
			target: readAddress(view, at + PROBE_FIELD.target, bytes[at + PROBE_FIELD.family] as AddressFamily),
			port: view.getUint16(at + PROBE_FIELD.port, true),
			attempt: bytes[at + PROBE_FIELD.attempt],
			path: view.getUint32(at + PROBE_FIELD.path, true),
			kind: bytes[at + PROBE_FIELD.kind] as ProbeKind,
		};
	}

	/** Takes the next probe and stamps it as sent at `sentAt`, or as refused with `error`. */
	take(sentAt: Micros, error = 0): ProbeRecord {
		const {view, doubles} = this.ring;
		const at = this.ring.offsetOf(this.#read);
		const probe = this.peek();
		doubles[at / 8] = sentAt;
		view.setUint16(at + PROBE_FIELD.error, error, true);
		this.#read = (this.#read + 1) >>> 0;
		this.ring.tail = this.#read;
		return probe;
	}
}
