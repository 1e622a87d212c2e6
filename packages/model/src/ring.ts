// The memory that two threads share: a ring of fixed-size records with one producer and one consumer.
// native/src/ring/ declares the same layout in C++; the layout test of packages/native compares the two.
//
// Memory order: the producer writes records, then stores `head`; the consumer loads `head`, then reads
// records, then stores `tail`. `Atomics` are sequentially consistent, which is stronger than the
// release/acquire pair that this needs. Cursors are counts modulo 2^32, never indices.

/** Bytes before the first record: one cache line for each word that a different thread writes. */
export const RING_HEADER_BYTES = 256;

const HEAD = 0; // Word 0: records written. Producer's.
const TAIL = 16; // Byte 64: records finished. Consumer's.
const WAITING = 32; // Byte 128: 1 while the consumer sleeps and wants to be woken.

/** The bytes of a ring for `capacity` records. */
export const ringBytes = (capacity: number, recordBytes: number): number =>
	RING_HEADER_BYTES + capacity * recordBytes;

/** Memory and cursors of a ring. Either end wraps one of these. */
export class Ring {
	readonly memory: SharedArrayBuffer;
	readonly view: DataView;
	/** By index, for what is aligned: faster than through a `DataView`. Numbers are little-endian, as records are. */
	readonly bytes: Uint8Array;
	readonly words: Uint32Array;
	readonly doubles: Float64Array;
	readonly capacity: number;
	readonly recordBytes: number;
	readonly #cursors: Int32Array;

	/** `capacity` must be a power of two. */
	constructor(capacity: number, recordBytes: number) {
		if (!Number.isInteger(Math.log2(capacity)) || recordBytes % 8 !== 0) {
			throw new RangeError(`Expected a power of two and a multiple of 8, got ${capacity} and ${recordBytes}`);
		}

		this.capacity = capacity;
		this.recordBytes = recordBytes;
		this.memory = new SharedArrayBuffer(ringBytes(capacity, recordBytes));
		this.view = new DataView(this.memory);
		this.bytes = new Uint8Array(this.memory);
		this.doubles = new Float64Array(this.memory);
		this.words = new Uint32Array(this.memory);
		this.#cursors = new Int32Array(this.memory);
	}

	/** Byte offset of the record with this count. */
	offsetOf(count: number): number {
		return RING_HEADER_BYTES + (count & (this.capacity - 1)) * this.recordBytes;
	}

	get head(): number {
		return Atomics.load(this.#cursors, HEAD) >>> 0;
	}

	set head(count: number) {
		Atomics.store(this.#cursors, HEAD, count | 0);
	}

	get tail(): number {
		return Atomics.load(this.#cursors, TAIL) >>> 0;
	}

	set tail(count: number) {
		Atomics.store(this.#cursors, TAIL, count | 0);
	}

	/** Says that the consumer is about to sleep. It must look at `head` once more before it does. */
	announceWait(): void {
		Atomics.store(this.#cursors, WAITING, 1);
	}

	/** Whether the consumer slept and is to be woken; true for one caller only. */
	takeWaiter(): boolean {
		return Atomics.exchange(this.#cursors, WAITING, 0) === 1;
	}
}

/** How far `count` is ahead of `from`, both modulo 2^32. */
export const distance = (from: number, count: number): number => (count - from) >>> 0;
