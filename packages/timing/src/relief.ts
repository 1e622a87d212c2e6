import type {RoundVerdict} from './judge-round.ts';

/** Judged rounds in a row, each sent at a lower rate and no better, that make congestion the new normal. */
const ROUNDS_WITHOUT_RELIEF = 3;

/** Relief is a fall of what is wrong by this share. */
const RELIEF = 0.25;

/** Watches whether lower rates bring relief. Where they do not, the rate was not what was wrong. */
export class Relief {
	#before: RoundVerdict | undefined;
	#rateBefore = 0;
	#roundsWithout = 0;

	/** The rate at which the trouble began; 0 when there is none. */
	get rateBefore(): number {
		return this.#rateBefore;
	}

	/** A congested round, sent since the last cut. True when enough of them are as bad as the one before all cuts. */
	isMissing(verdict: RoundVerdict, rate: number): boolean {
		if (this.#before === undefined) {
			this.#before = verdict;
			this.#rateBefore = rate;
			return false;
		}

		this.#roundsWithout = isBetter(verdict, this.#before) ? 0 : this.#roundsWithout + 1;
		return this.#roundsWithout >= ROUNDS_WITHOUT_RELIEF;
	}

	/** The trouble is over. */
	end(): void {
		this.#before = undefined;
		this.#rateBefore = 0;
		this.#roundsWithout = 0;
	}
}

const isBetter = (now: RoundVerdict, before: RoundVerdict): boolean =>
	1 - now.delivered < (1 - before.delivered) * (1 - RELIEF) || now.queueing < before.queueing * (1 - RELIEF);
