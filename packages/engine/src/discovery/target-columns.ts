import type {Address, Path} from '@halfopen/model';
import type {TryHistory} from '@halfopen/timing';
import {RecentSendTimes} from './recent-send-times.ts';

/** Bytes of a target in typed arrays; and about what its address, references and its place in the map take. */
const FIXED_BYTES = 44;
const OBJECT_BYTES = 104;

/** Bytes for each probe of a try: when it was sent, this time and the last, and its note. */
const BYTES_PER_PROBE = 10;

/** Bytes of a target of so many probes a try. */
export const bytesPerTarget = (probes: number): number =>
	FIXED_BYTES + OBJECT_BYTES + BYTES_PER_PROBE * probes;

type Numbers = Uint8Array | Uint32Array | Float64Array;

/** What a window knows of its targets: each has a slot, the same in every column. */
export class TargetColumns {
	readonly status: Uint8Array;
	readonly isByLink: Uint8Array;
	readonly ownsPath: Uint8Array;
	readonly attempt: Uint8Array;
	readonly nextProbe: Uint32Array;
	readonly queued: Uint32Array;
	readonly inFlight: Uint32Array;
	readonly probesSent: Uint32Array;
	readonly lastSentAt: Float64Array;
	readonly startedAt: Float64Array;
	readonly place: Float64Array;
	readonly address: (Address | undefined)[];
	readonly path: (Path | undefined)[];
	readonly history: (TryHistory | undefined)[];
	/** Of each probe of the try. */
	readonly notes: Uint16Array;
	readonly sentAt: RecentSendTimes;
	readonly #probes: number;
	/** The columns above that hold numbers. */
	readonly #numbers: readonly Numbers[];

	/** Room for so many targets, of so many probes a try. */
	constructor(capacity: number, probes: number) {
		this.#probes = probes;
		this.status = new Uint8Array(capacity);
		this.isByLink = new Uint8Array(capacity);
		this.ownsPath = new Uint8Array(capacity);
		this.attempt = new Uint8Array(capacity);
		this.nextProbe = new Uint32Array(capacity);
		this.queued = new Uint32Array(capacity);
		this.inFlight = new Uint32Array(capacity);
		this.probesSent = new Uint32Array(capacity);
		this.lastSentAt = new Float64Array(capacity);
		this.startedAt = new Float64Array(capacity);
		this.place = new Float64Array(capacity);
		this.address = Array.from<Address | undefined>({length: capacity});
		this.path = Array.from<Path | undefined>({length: capacity});
		this.history = Array.from<TryHistory | undefined>({length: capacity});
		this.notes = new Uint16Array(capacity * probes);
		this.sentAt = new RecentSendTimes(capacity, probes);
		this.#numbers = [
			this.status,
			this.isByLink,
			this.ownsPath,
			this.attempt,
			this.nextProbe,
			this.queued,
			this.inFlight,
			this.probesSent,
			this.lastSentAt,
			this.startedAt,
			this.place,
		];
	}

	get capacity(): number {
		return this.status.length;
	}

	get bytes(): number {
		return this.capacity * bytesPerTarget(this.#probes);
	}

	/** A target begins at a slot: all numbers are 0. */
	clear(slot: number): void {
		for (const column of this.#numbers) {
			column[slot] = 0;
		}
	}

	/** Takes over what others of the same number of probes know of a target. */
	copy(other: TargetColumns, from: number, to: number): void {
		for (const [index, column] of other.#numbers.entries()) {
			this.#numbers[index][to] = column[from];
		}

		this.address[to] = other.address[from];
		this.path[to] = other.path[from];
		this.history[to] = other.history[from];
		const notes = other.notes.subarray(from * this.#probes, (from + 1) * this.#probes);
		this.notes.set(notes, to * this.#probes);
		this.sentAt.copy(other.sentAt, from, to);
	}
}
