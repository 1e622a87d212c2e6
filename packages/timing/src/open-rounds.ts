import {type Micros, SECOND} from '@halfopen/model';
import {LEAST_ROUND, newRound, type Round} from './round.ts';

/** A round with fewer probes lasts longer, up to a limit: little can be told from few. */
const LEAST_PROBES = 8;
const LONGEST_ROUND = 2 * SECOND;

/** With so many, half of the usual time is enough, and what is wrong shows sooner. */
const MANY_PROBES = 32;

/** Round trip taken for the length of a round while none is known. */
const USUAL_RTT = 50_000; // µs

/** The rounds that are not judged yet, oldest first: probes join the last, answers belong to any. */
export class OpenRounds {
	readonly #rounds: Round[] = [];
	/** The last that was begun, whether it is judged or not. */
	#last: Round | undefined;
	/** The shortest round trip, once there is one. */
	readonly #leastRtt: () => Micros | undefined;
	#count = 0;

	constructor(leastRtt: () => Micros | undefined) {
		this.#leastRtt = leastRtt;
	}

	/** The round that probes join which leave now, if one is open. */
	openAt(now: Micros): Round | undefined {
		this.endIfDue(now);
		return this.#last?.isEnded === false ? this.#last : undefined;
	}

	/** Begins a round. */
	begin(now: Micros, rate: number): Round {
		const round = newRound(this.#count++, now, rate);
		this.#rounds.push(round);
		this.#last = round;
		return round;
	}

	/** Ends the last round when it lasted for long enough: one round trip, unless its probes are few or many. */
	endIfDue(now: Micros): void {
		const round = this.#last;
		if (round === undefined || round.isEnded) {
			return;
		}

		const age = now - round.startedAt;
		if (age >= (round.sent < LEAST_PROBES ? LONGEST_ROUND : this.#lengthOf(round))) {
			round.isEnded = true;
		}
	}

	/** Probes that leave from now on join another round. */
	end(): void {
		if (this.#last !== undefined) {
			this.#last.isEnded = true;
		}
	}

	/** The round of this number; `undefined` when it was taken, or there is no number. */
	find(number: number | undefined): Round | undefined {
		const first = this.#rounds[0];
		return first === undefined || number === undefined ? undefined : this.#rounds[number - first.number];
	}

	/** Whether the oldest waits for nothing but answers. */
	get hasLeft(): boolean {
		return this.#rounds.length > 0 && hasLeft(this.#rounds[0]);
	}

	/** Takes out the oldest if all of its probes left by this time; `undefined` otherwise. */
	takeLeftBy(time: number): Round | undefined {
		const round: Round | undefined = this.#rounds[0];
		return round !== undefined && hasLeft(round) && round.leftUntil <= time
			? this.#rounds.shift()
			: undefined;
	}

	/** First probes in all of them. */
	get fresh(): number {
		return this.#rounds.reduce((sum, {fresh}) => sum + fresh, 0);
	}

	#lengthOf({sent}: Round): number {
		const full = Math.max(LEAST_ROUND, this.#leastRtt() ?? USUAL_RTT);
		return Math.min(sent >= MANY_PROBES ? full / 2 : full, LONGEST_ROUND);
	}
}

/** All of its probes left, and no more join it. */
const hasLeft = ({isEnded, unsent}: Round): boolean => isEnded && unsent === 0;
