import {type Micros, micros} from '@halfopen/model';

/** A send time that is not known. */
const UNKNOWN = 0;

/** Tries of which the times are kept: the present one and that before it. */
const TRIES = 2;

/** When the probes of the last two tries of targets left, in 32 bits each: enough to tell it from a time soon after. */
export class RecentSendTimes {
	readonly #probes: number;
	readonly #words: Uint32Array;

	/** So many targets, of so many probes a try. */
	constructor(targets: number, probes: number) {
		this.#probes = probes;
		this.#words = new Uint32Array(targets * TRIES * probes);
	}

	/** Nothing is known of a target yet. */
	clear(target: number): void {
		const from = this.#placeOf(target, 0);
		this.#words.fill(UNKNOWN, from, from + TRIES * this.#probes);
	}

	/** A try begins: that before the last is forgotten. */
	beginTry(target: number, attempt: number): void {
		const from = this.#placeOf(target, attempt);
		this.#words.fill(UNKNOWN, from, from + this.#probes);
	}

	/** A probe of one of the last two tries left. */
	set(target: number, attempt: number, probe: number, at: Micros): void {
		this.#words[this.#placeOf(target, attempt) + probe] = wordOf(at);
	}

	/** When a probe of one of the last two tries left, seen from `now`; `undefined` when that is not known. */
	get(target: number, attempt: number, probe: number, now: Micros): Micros | undefined {
		const word = this.#words[this.#placeOf(target, attempt) + probe];
		return word === UNKNOWN ? undefined : timeBefore(now, word);
	}

	/** Takes over what another one, of the same number of probes, knows of a target. */
	copy(other: RecentSendTimes, from: number, to: number): void {
		const start = this.#placeOf(from, 0);
		const words = other.#words.subarray(start, start + TRIES * this.#probes);
		this.#words.set(words, this.#placeOf(to, 0));
	}

	#placeOf(target: number, attempt: number): number {
		return (target * TRIES + (attempt % TRIES)) * this.#probes;
	}
}

/** A time modulo 2^32 that is never mistaken for `UNKNOWN`. */
const wordOf = (time: Micros): number => time >>> 0 || 1;

/** The time with this word that is nearest to `now`. */
const timeBefore = (now: Micros, word: number): Micros => micros(now - (((now >>> 0) - word) | 0));
