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
	#count = 0;

	/** The round that probes join which leave now; it is `length` long, one round trip, unless probes are few or many. */
	at(now: Micros, rate: number, length: Micros | undefined): Round {
		this.endIfDue(now, length);
		const last = this.#rounds.at(-1);
		if (last?.isEnded === false) {
			return last;
		}

		const round = newRound(this.#count++, now, rate);
		this.#rounds.push(round);
		return round;
	}

	/** Ends the last round when it lasted for long enough. */
	endIfDue(now: Micros, length: number = USUAL_RTT): void {
		const round = this.#rounds.at(-1);
		if (round === undefined || round.isEnded) {
			return;
		}

		const age = now - round.startedAt;
		const full = Math.max(LEAST_ROUND, length);
		const isLong = age >= full && round.sent >= LEAST_PROBES;
		if (isLong || age >= LONGEST_ROUND || (age >= full / 2 && round.sent >= MANY_PROBES)) {
			round.isEnded = true;
		}
	}

	/** Probes that leave from now on join another round. */
	end(): void {
		const round = this.#rounds.at(-1);
		if (round !== undefined) {
			round.isEnded = true;
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
		const [round] = this.#rounds;
		return round !== undefined && hasLeft(round) && round.leftUntil <= time
			? this.#rounds.shift()
			: undefined;
	}

	/** First probes in all of them. */
	get fresh(): number {
		return this.#rounds.reduce((sum, {fresh}) => sum + fresh, 0);
	}
}

/** All of its probes left, and no more join it. */
const hasLeft = ({isEnded, unsent}: Round): boolean => isEnded && unsent === 0;
