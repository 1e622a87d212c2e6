import {type Micros, micros} from '@halfopen/model';
import type {ProbeNote} from '@halfopen/timing';
import {CANARY_ATTEMPTS} from './canary-ports.ts';
import {PositionQueue} from './position-queue.ts';

/** Ports that are asked again in turn. */
const MOST_CANARIES = 1024;

/** A port is not asked again before this, however few there are. */
const REST = 50_000; // µs

const STATUS = {idle: 0, queued: 1, inFlight: 2, answeredEarly: 3} as const;

/** A canary that was sent and not answered. */
interface CanaryFlight {
	readonly sentAt: Micros;
	readonly note: ProbeNote;
}

/**
 * Ports all over a sweep, or hosts all over a scan, that answered, to be asked again when it must be known whether the way
 * is open. Each has a number.
 */
export class SpreadCanaries {
	readonly #numbers: number[] = [];
	readonly #indices = new Map<number, number>();
	readonly #notes: (ProbeNote | undefined)[] = [];
	readonly #status = new Uint8Array(MOST_CANARIES);
	readonly #attempt = new Uint8Array(MOST_CANARIES);
	readonly #sentAt = new Float64Array(MOST_CANARIES).fill(-Infinity);
	readonly #answeredAt = new Float64Array(MOST_CANARIES);
	readonly #inFlight = new PositionQueue();
	#turn = 0;

	/** More ports are wanted. */
	get hasRoom(): boolean {
		return this.#numbers.length < MOST_CANARIES;
	}

	/** A port answered: it may be asked again. */
	add(number: number): void {
		if (this.hasRoom && !this.#indices.has(number)) {
			this.#indices.set(number, this.#numbers.length);
			this.#numbers.push(number);
		}
	}

	/** The canary whose turn it is; -1 when it is on its way still, or was asked just now. */
	next(now: Micros): number {
		if (this.#numbers.length === 0) {
			return -1;
		}

		const index = this.#turn++ % this.#numbers.length;
		const isRested = this.#status[index] === STATUS.idle && this.#sentAt[index] + REST <= now;
		return isRested ? index : -1;
	}

	numberOf(index: number): number {
		return this.#numbers[index];
	}

	/** Which of `CANARY_ATTEMPTS` is, or was last, on its way. */
	attemptOf(index: number): number {
		return this.#attempt[index];
	}

	/** It is in the ring. */
	onQueued(index: number, note: ProbeNote, now: Micros): void {
		this.#status[index] = STATUS.queued;
		this.#notes[index] = note;
		this.#sentAt[index] = now;
	}

	/** The one that is sent next is told from the one that was sent last. */
	prepare(index: number): number {
		this.#attempt[index] = (this.#attempt[index] + 1) % CANARY_ATTEMPTS;
		return this.#attempt[index];
	}

	noteOf(index: number): ProbeNote {
		return this.#notes[index]!;
	}

	/** It left. Returns when its answer came, if that was earlier. */
	onSent(index: number, sentAt: Micros): Micros | undefined {
		this.#sentAt[index] = sentAt;
		if (this.#status[index] === STATUS.answeredEarly) {
			this.#status[index] = STATUS.idle;
			return this.#answeredAt[index] as Micros;
		}

		this.#status[index] = STATUS.inFlight;
		this.#inFlight.push(this.#flightOf(index));
		return undefined;
	}

	/**
	 * An answer came to this try of a canary. Returns what was known of the probe when it was waited for and the send
	 * time is known; `early` when the send time is not known yet.
	 */
	onAnswer(number: number, attempt: number, receivedAt: Micros): CanaryFlight | 'early' | undefined {
		const index = this.#indices.get(number);
		if (index === undefined || this.#attempt[index] !== attempt) {
			return undefined;
		}

		if (this.#status[index] === STATUS.queued) {
			this.#status[index] = STATUS.answeredEarly;
			this.#answeredAt[index] = receivedAt;
			return 'early';
		}

		if (this.#status[index] !== STATUS.inFlight) {
			return undefined;
		}

		this.#status[index] = STATUS.idle;
		return {sentAt: this.#sentAt[index] as Micros, note: this.#notes[index]!};
	}

	/** When the oldest was sent that is on its way; `Infinity` when none is. */
	get oldestSentAt(): Micros {
		while (this.#inFlight.length > 0) {
			const index = this.#inFlight.first % MOST_CANARIES;
			if (this.#status[index] === STATUS.inFlight && this.#flightOf(index) === this.#inFlight.first) {
				return this.#sentAt[index] as Micros;
			}

			this.#inFlight.shift();
		}

		return micros(Infinity);
	}

	/** The oldest had its time. Returns its note. */
	expireOldest(): ProbeNote {
		const index = this.#inFlight.shift() % MOST_CANARIES;
		this.#status[index] = STATUS.idle;
		return this.noteOf(index);
	}

	/** Tells a canary that is on its way from an earlier one to the same port. */
	#flightOf(index: number): number {
		return this.#attempt[index] * MOST_CANARIES + index;
	}
}
