/** Weight of the prior, in tries. */
const PRIOR_TRIES = 20;

/** Loss taken for granted before anything was measured. */
const DEFAULT_LOSS = 0.01;

/** Answers that the recent loss is an average of. */
const RECENT_ANSWERS = 32;

/** Never more, so that silence always means something. */
const MOST_LOSS = 0.9;

/**
 * The chance that a try to a port that would answer goes unanswered, whichever way was lost. An answer to try k (0 for
 * the first) means k tries lost and one not: the maximum-likelihood estimate for a geometric distribution, with a
 * prior that weighs as much as a few tries. Canaries, probes to ports that are known to answer, count one by one.
 */
export class LossEstimate {
	readonly #prior: () => number;
	#tries = 0;
	#lost = 0;
	#recent = 0;

	/** `prior` is what others saw on the same way; by default next to nothing. */
	constructor(prior: () => number = () => DEFAULT_LOSS) {
		this.#prior = prior;
	}

	/** Between 0 and 1, never 0. */
	get value(): number {
		const estimate = (this.#lost + PRIOR_TRIES * this.#prior()) / (this.#tries + PRIOR_TRIES);
		return Math.min(estimate, MOST_LOSS);
	}

	/** What was seen alone, without the prior; `undefined` when nothing was. */
	get measured(): number | undefined {
		return this.#tries === 0 ? undefined : this.#lost / this.#tries;
	}

	/** Share of tries lost of the ports that answered last. */
	get recent(): number {
		return this.#recent;
	}

	/** A port answered this try, 0 for the first, and none before. */
	onAnswer(attempt: number): void {
		this.#tries += attempt + 1;
		this.#lost += attempt;
		this.#recent += (attempt / (attempt + 1) - this.#recent) / RECENT_ANSWERS;
	}

	onCanary(isAnswered: boolean): void {
		this.#tries++;
		this.#lost += isAnswered ? 0 : 1;
	}
}
