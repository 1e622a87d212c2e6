import type {Micros} from '@halfopen/model';
import type {ProbeNote, TryHistory} from '@halfopen/timing';
import type {HostScan} from './host-scan.ts';
import {SlotTable} from '../slot-table.ts';

/** Where a probe stands. */
export const PROBE_STATUS = {
	/** Written to the ring; its send time is not known yet. */
	queued: 0,
	/** Sent and waited for. */
	inFlight: 1,
	/** Not answered in time; it waits to be sent again. */
	timedOut: 2,
	/** Answered before its send time was known; the slot ends when that comes. */
	answered: 3,
	/** On its way when the scan stood still; it waits to be sent once more, as the same try. */
	interrupted: 4,
	/** Not answered in time; it waits for a clear way to be sent again. */
	held: 5,
} as const;

type ProbeStatus = (typeof PROBE_STATUS)[keyof typeof PROBE_STATUS];

const NONE = -1;

/** Slots in the order in which they were appended; any of them can leave at any time. */
export interface SlotList {
	head: number;
	tail: number;
}

export const emptySlotList = (): SlotList => ({head: NONE, tail: NONE});

/**
 * The probes that have no answer yet, each in a slot; nothing else of the scan space is held. A slot belongs to one
 * port of one host from its first try until it is answered or has had its tries. Slots are numbered densely, so that
 * a number can travel through the probe ring as the tag.
 */
export class ProbeWindow {
	readonly #table = new SlotTable();
	readonly #hosts: (HostScan | undefined)[] = [];
	readonly #notes: (ProbeNote | undefined)[] = [];
	readonly #histories: (TryHistory | undefined)[] = [];
	readonly #free: number[] = [];
	#key = new Float64Array(0);
	#portIndex = new Int32Array(0);
	#attempt = new Uint8Array(0);
	#status = new Uint8Array(0);
	#sentAt = new Float64Array(0);
	#previousSentAt = new Float64Array(0);
	#answeredAt = new Float64Array(0);
	#next = new Int32Array(0);
	#previous = new Int32Array(0);

	/** Slots taken. */
	get size(): number {
		return this.#hosts.length - this.#free.length;
	}

	/** Takes a slot for a port that had these tries. Its status is `timedOut`: it waits to be sent. */
	open(host: HostScan, portIndex: number, history: TryHistory | undefined): number {
		const slot = this.#open(host, portIndex, history?.length ?? 0, keyOf(host, portIndex));
		this.#histories[slot] = history;
		return slot;
	}

	/** Takes a slot for a canary. `attempt` tells it apart from other canaries to the same port. */
	openCanary(host: HostScan, portIndex: number, attempt: number): number {
		const slot = this.#open(host, portIndex, attempt, canaryKeyOf(host, portIndex, attempt));
		this.#histories[slot] = undefined;
		return slot;
	}

	/** The slot of a port, or -1 when no answer is waited for. */
	find(host: HostScan, portIndex: number): number {
		return this.#find(host, keyOf(host, portIndex));
	}

	/** The slot of a canary, or -1. */
	findCanary(host: HostScan, portIndex: number, attempt: number): number {
		return this.#find(host, canaryKeyOf(host, portIndex, attempt));
	}

	/** Ends a slot whose probe is not in the ring. The caller has taken it out of its list. */
	close(slot: number): void {
		this.#table.delete(this.#key[slot], slot);
		this.#hosts[slot] = undefined;
		this.#free.push(slot);
	}

	/**
	 * Ends a slot whose probe is still in the ring: its number stays taken until the send time comes. `answeredAt` is
	 * kept for that moment.
	 */
	closeWhenSent(slot: number, answeredAt: Micros | undefined): void {
		this.#table.delete(this.#key[slot], slot);
		this.#status[slot] = PROBE_STATUS.answered;
		this.#answeredAt[slot] = answeredAt ?? Number.NaN;
	}

	onQueued(slot: number, note: ProbeNote): void {
		this.#notes[slot] = note;
		this.#histories[slot] = note.history;
		this.#status[slot] = PROBE_STATUS.queued;
		this.#previousSentAt[slot] = this.#sentAt[slot];
		this.#sentAt[slot] = Number.NaN;
	}

	onSent(slot: number, sentAt: Micros): void {
		this.#status[slot] = PROBE_STATUS.inFlight;
		this.#sentAt[slot] = sentAt;
	}

	/** The probe had its time; the slot now stands for the next try. */
	onTimedOut(slot: number): void {
		this.#status[slot] = PROBE_STATUS.timedOut;
		this.#attempt[slot]++;
	}

	/** The slot is sent again once the way is clear. */
	onHeld(slot: number): void {
		this.#status[slot] = PROBE_STATUS.held;
	}

	/** The probe was on its way when the scan stood still; the slot now stands for the same try once more. */
	onInterrupted(slot: number): void {
		this.#status[slot] = PROBE_STATUS.interrupted;
		this.#histories[slot] = this.#histories[slot]?.previous;
		this.#sentAt[slot] = this.#previousSentAt[slot];
		this.#previousSentAt[slot] = Number.NaN;
	}

	host(slot: number): HostScan {
		return this.#hosts[slot]!;
	}

	portIndex(slot: number): number {
		return this.#portIndex[slot];
	}

	/** The try that was sent last, or that is sent next when it waits for that. */
	attempt(slot: number): number {
		return this.#attempt[slot];
	}

	status(slot: number): ProbeStatus {
		return this.#status[slot] as ProbeStatus;
	}

	/** What the timing noted of the try that was sent last. */
	note(slot: number): ProbeNote {
		return this.#notes[slot]!;
	}

	/** The tries that the port had. */
	history(slot: number): TryHistory | undefined {
		return this.#histories[slot];
	}

	/** When the answer came to a probe whose send time was not known then; see `closeWhenSent`. */
	answeredAt(slot: number): Micros | undefined {
		const at = this.#answeredAt[slot];
		return Number.isNaN(at) ? undefined : (at as Micros);
	}

	/** Whether it waits to be sent again. */
	isToBeSent(slot: number): boolean {
		const status = this.#status[slot];
		return (
			status === PROBE_STATUS.timedOut || status === PROBE_STATUS.interrupted || status === PROBE_STATUS.held
		);
	}

	/** The try that was sent last, and is not to be sent once more. */
	lastSent(slot: number): number {
		return this.#attempt[slot] - (this.isToBeSent(slot) ? 1 : 0);
	}

	/** When this try was sent; `undefined` when that is not known yet, or no more. */
	sentAt(slot: number, attempt: number): Micros | undefined {
		const age = this.lastSent(slot) - attempt;
		const at = age === 0 ? this.#sentAt[slot] : age === 1 ? this.#previousSentAt[slot] : Number.NaN;
		return Number.isNaN(at) ? undefined : (at as Micros);
	}

	append(list: SlotList, slot: number): void {
		this.#next[slot] = NONE;
		this.#previous[slot] = list.tail;
		if (list.tail === NONE) {
			list.head = slot;
		} else {
			this.#next[list.tail] = slot;
		}

		list.tail = slot;
	}

	remove(list: SlotList, slot: number): void {
		const next = this.#next[slot];
		const previous = this.#previous[slot];
		if (next === NONE) {
			list.tail = previous;
		} else {
			this.#previous[next] = previous;
		}

		if (previous === NONE) {
			list.head = next;
		} else {
			this.#next[previous] = next;
		}
	}

	/** A host that has the number of an earlier one, which is still asked for here, may have taken the key over. */
	#find(host: HostScan, key: number): number {
		const slot = this.#table.get(key);
		return slot !== -1 && this.#hosts[slot] === host ? slot : -1;
	}

	#open(host: HostScan, portIndex: number, attempt: number, key: number): number {
		const slot = this.#free.pop() ?? this.#addSlot();
		this.#hosts[slot] = host;
		this.#key[slot] = key;
		this.#portIndex[slot] = portIndex;
		this.#attempt[slot] = attempt;
		this.#status[slot] = PROBE_STATUS.timedOut;
		this.#sentAt[slot] = Number.NaN;
		this.#previousSentAt[slot] = Number.NaN;
		this.#table.set(key, slot);
		return slot;
	}

	#addSlot(): number {
		const slot = this.#hosts.length;
		if (slot === this.#status.length) {
			this.#grow(Math.max(256, slot * 2));
		}

		this.#hosts.push(undefined);
		return slot;
	}

	#grow(capacity: number): void {
		this.#key = grown(this.#key, new Float64Array(capacity));
		this.#portIndex = grown(this.#portIndex, new Int32Array(capacity));
		this.#attempt = grown(this.#attempt, new Uint8Array(capacity));
		this.#status = grown(this.#status, new Uint8Array(capacity));
		this.#sentAt = grown(this.#sentAt, new Float64Array(capacity));
		this.#previousSentAt = grown(this.#previousSentAt, new Float64Array(capacity));
		this.#answeredAt = grown(this.#answeredAt, new Float64Array(capacity));
		this.#next = grown(this.#next, new Int32Array(capacity));
		this.#previous = grown(this.#previous, new Int32Array(capacity));
	}
}

const keyOf = (host: HostScan, portIndex: number): number => host.number * 65_536 + portIndex;

const canaryKeyOf = (host: HostScan, portIndex: number, attempt: number): number =>
	attempt * 2 ** 32 + keyOf(host, portIndex);

const grown = <Column extends Int32Array | Uint8Array | Float64Array>(old: Column, fresh: Column): Column => {
	fresh.set(old);
	return fresh;
};
