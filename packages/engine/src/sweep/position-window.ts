import type {Micros} from '@halfopen/model';

/** Where a position stands. */
export const POSITION_STATUS = {
	/** Not asked yet. */
	unasked: 0,
	/** To be sent, for the first time or again, when its turn, its host or its path allows. */
	waiting: 1,
	/** On its way when the sweep stood still: to be sent once more, as the same try. */
	interrupted: 2,
	/** Written to the ring; its send time is not known yet. */
	queued: 3,
	/** Sent and waited for. */
	inFlight: 4,
	/** Answered before its send time was known; it is settled when that comes. */
	answeredEarly: 5,
	/** Had its tries and stayed silent. */
	silent: 6,
	/** Answered, or not to be asked. */
	settled: 7,
} as const;

export type PositionStatus = (typeof POSITION_STATUS)[keyof typeof POSITION_STATUS];

/** Bytes for each position that has room. */
export const BYTES_PER_POSITION = 12;

/** Positions that have room at first. */
const FIRST_CAPACITY = 4096;

/** Positions left behind in one step, so that one step is short: all may wait for one that is stubborn. */
export const MOST_LEFT_BEHIND = 65_536;

/** A send time that is not known. */
const UNKNOWN = 0;

/**
 * The positions of an order that are being worked on, from the oldest unfinished one up to the newest that was asked: a
 * ring in typed arrays, so that a reply finds its probe by arithmetic and nothing is allocated for it. What is before
 * `base` is finished, what is from `next` on was not asked.
 *
 * Times are kept as microseconds modulo 2^32: a probe is waited for much less than that.
 */
export class PositionWindow {
	readonly #mostSpan: number;
	#base = 0;
	#next = 0;
	#mask = FIRST_CAPACITY - 1;
	#status = new Uint8Array(FIRST_CAPACITY);
	#attempt = new Uint8Array(FIRST_CAPACITY);
	#note = new Uint16Array(FIRST_CAPACITY);
	#sentAt = new Uint32Array(FIRST_CAPACITY);
	#previousSentAt = new Uint32Array(FIRST_CAPACITY);
	#widest = 0;

	/** `mostSpan` is the most positions from the oldest to the newest, a power of two. */
	constructor(mostSpan: number) {
		this.#mostSpan = mostSpan;
	}

	/** The oldest position that is not finished. */
	get base(): number {
		return this.#base;
	}

	/** The position to be opened next. */
	get next(): number {
		return this.#next;
	}

	get isEmpty(): boolean {
		return this.#base === this.#next;
	}

	/** No position can be opened before the oldest is finished. */
	get isFull(): boolean {
		return this.#next - this.#base >= this.#mostSpan;
	}

	/** Positions that have room. */
	get capacity(): number {
		return this.#mask + 1;
	}

	get bytes(): number {
		return this.capacity * BYTES_PER_POSITION;
	}

	/** Positions from the oldest unfinished to the newest asked, at the most so far. */
	get widest(): number {
		return this.#widest;
	}

	/** Goes on from another position. The caller has seen that the window is empty. */
	moveTo(position: number): void {
		this.#base = position;
		this.#next = position;
	}

	/** Opens the next position, whose next try is `attempt`; it is waiting. */
	open(attempt: number): number {
		const position = this.#next;
		const span = position - this.#base + 1;
		if (span > this.capacity) {
			this.#grow();
		}

		this.#next = position + 1;
		this.#widest = Math.max(this.#widest, span);
		const slot = position & this.#mask;
		this.#status[slot] = POSITION_STATUS.waiting;
		this.#attempt[slot] = attempt;
		this.#sentAt[slot] = UNKNOWN;
		this.#previousSentAt[slot] = UNKNOWN;
		return position;
	}

	/** Whether the position is being worked on, or finished behind an older one that is not. */
	has(position: number): boolean {
		return position >= this.#base && position < this.#next;
	}

	/** Whether the position had its tries, and stayed silent unless something else is known of it. */
	isSilent(position: number): boolean {
		return (
			position < this.#base || (position < this.#next && this.status(position) === POSITION_STATUS.silent)
		);
	}

	/** The position in the window that is this modulo 2^31, or -1. */
	positionOf(residue: number): number {
		const position = this.#base + ((residue - this.#base) & 0x7f_ff_ff_ff);
		return position < this.#next ? position : -1;
	}

	status(position: number): PositionStatus {
		return this.#status[position & this.#mask] as PositionStatus;
	}

	/** Whether it is to be sent as soon as may be. */
	isToBeSent(position: number): boolean {
		const status = this.#status[position & this.#mask];
		return status === POSITION_STATUS.waiting || status === POSITION_STATUS.interrupted;
	}

	/** The try that was sent last, or that is sent next when it is to be sent. */
	attempt(position: number): number {
		return this.#attempt[position & this.#mask];
	}

	/** The number under which the timing's note of the last try is kept. */
	note(position: number): number {
		return this.#note[position & this.#mask];
	}

	/** The try that was sent last, and is not to be sent once more; -1 before the first. */
	lastSent(position: number): number {
		const slot = position & this.#mask;
		const isNext = this.isToBeSent(position) || this.#status[slot] === POSITION_STATUS.silent;
		return this.#attempt[slot] - (isNext ? 1 : 0);
	}

	/** When this try was sent, seen from `now`; `undefined` when that is not known, or no more. */
	sentAt(position: number, attempt: number, now: Micros): Micros | undefined {
		const slot = position & this.#mask;
		const age = this.lastSent(position) - attempt;
		const isInRing = this.#status[slot] === POSITION_STATUS.queued;
		const word =
			age === 0 && !isInRing ? this.#sentAt[slot] : age === 1 ? this.#previousSentAt[slot] : UNKNOWN;
		return word === UNKNOWN ? undefined : timeBefore(now, word);
	}

	/** When the answer came that was earlier than the send time; `undefined` when it teaches nothing. */
	answeredAt(position: number, now: Micros): Micros | undefined {
		const at = this.#sentAt[position & this.#mask];
		return at === UNKNOWN ? undefined : timeBefore(now, at);
	}

	/** The probe of the next try is in the ring. */
	onQueued(position: number, note: number): void {
		const slot = position & this.#mask;
		this.#status[slot] = POSITION_STATUS.queued;
		this.#note[slot] = note;
		this.#previousSentAt[slot] = this.#sentAt[slot];
	}

	onSent(position: number, sentAt: Micros): void {
		const slot = position & this.#mask;
		this.#status[slot] = POSITION_STATUS.inFlight;
		this.#sentAt[slot] = wordOf(sentAt);
	}

	/** The probe had its time; the position now stands for the next try. */
	onTimedOut(position: number): void {
		const slot = position & this.#mask;
		this.#status[slot] = POSITION_STATUS.waiting;
		this.#attempt[slot]++;
	}

	/** The probe was on its way when the sweep stood still; the position now stands for the same try once more. */
	onInterrupted(position: number): void {
		const slot = position & this.#mask;
		this.#status[slot] = POSITION_STATUS.interrupted;
		this.#sentAt[slot] = this.#previousSentAt[slot];
		this.#previousSentAt[slot] = UNKNOWN;
	}

	/** The probe had its time, and was the last. */
	onSilent(position: number): void {
		const slot = position & this.#mask;
		this.#status[slot] = POSITION_STATUS.silent;
		this.#attempt[slot]++;
	}

	/** Answered before the send time was known. `answeredAt` is given when the timing can learn from it. */
	onAnsweredEarly(position: number, answeredAt: Micros | undefined): void {
		const slot = position & this.#mask;
		this.#status[slot] = POSITION_STATUS.answeredEarly;
		this.#sentAt[slot] = answeredAt === undefined ? UNKNOWN : wordOf(answeredAt);
	}

	settle(position: number): void {
		this.#status[position & this.#mask] = POSITION_STATUS.settled;
	}

	/**
	 * Leaves finished positions behind, as far as none before them is unfinished; `onSilent` is told of each that stayed
	 * silent, and after how many tries. False when there are more than can be left behind in one step.
	 */
	advance(onSilent: (position: number, tries: number) => void): boolean {
		const mask = this.#mask;
		const status = this.#status;
		const end = Math.min(this.#next, this.#base + MOST_LEFT_BEHIND);
		let base = this.#base;
		for (; base < end; base++) {
			const slot = base & mask;
			if (status[slot] < POSITION_STATUS.silent) {
				break;
			}

			if (status[slot] === POSITION_STATUS.silent) {
				onSilent(base, this.#attempt[slot]);
			}
		}

		this.#base = base;
		return base < end || base === this.#next;
	}

	#grow(): void {
		const oldMask = this.#mask;
		const old = [this.#status, this.#attempt, this.#note, this.#sentAt, this.#previousSentAt] as const;
		const capacity = 2 * (oldMask + 1);
		this.#mask = capacity - 1;
		this.#status = new Uint8Array(capacity);
		this.#attempt = new Uint8Array(capacity);
		this.#note = new Uint16Array(capacity);
		this.#sentAt = new Uint32Array(capacity);
		this.#previousSentAt = new Uint32Array(capacity);
		const fresh = [this.#status, this.#attempt, this.#note, this.#sentAt, this.#previousSentAt] as const;
		for (const [column, values] of old.entries()) {
			moveRing(values, fresh[column], this.#base & oldMask, this.#base & this.#mask);
		}
	}
}

type Column = Uint8Array | Uint16Array | Uint32Array;

/** Copies a full ring whose oldest value is at `from` into one of twice the size, where it belongs at `to`. */
const moveRing = (old: Column, fresh: Column, from: number, to: number): void => {
	const ordered = [old.subarray(from), old.subarray(0, from)];
	let at = to;
	for (const part of ordered) {
		const room = fresh.length - at;
		fresh.set(part.subarray(0, room), at);
		fresh.set(part.subarray(room), 0);
		at = (at + part.length) % fresh.length;
	}
};

/** A time modulo 2^32 that is never mistaken for `UNKNOWN`. */
const wordOf = (time: Micros): number => time >>> 0 || 1;

/** The time with this word that is nearest to `now`. */
const timeBefore = (now: Micros, word: number): Micros =>
	(Math.floor(now) - (((now >>> 0) - word) | 0)) as Micros;
