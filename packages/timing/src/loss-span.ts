import type {Outcome} from './rate-trial.ts';

/** Weight of the prior, in tries. */
export const PRIOR_TRIES = 20;

/** Never more, so that silence always means something. */
const MOST_LOSS = 0.9;

/** Tries to ports that do answer, sent in a span of time at about one rate, and how many of them were lost. */
export class LossSpan {
	readonly #prior: () => number;
	readonly #priorTries: () => number;
	#tries = 0;
	#lost = 0;
	#young = 0;

	/** `prior` weighs as much as so many tries. */
	constructor(prior: () => number, priorTries: () => number = () => PRIOR_TRIES) {
		this.#prior = prior;
		this.#priorTries = priorTries;
	}

	get tries(): number {
		return this.#tries;
	}

	get lost(): number {
		return this.#lost;
	}

	/** Tries, and those that were not lost. */
	get outcome(): Outcome {
		return {probes: this.#tries, answers: this.#tries - this.#lost};
	}

	/** The chance that a try goes unanswered, though the port would answer: between 0 and 1, never 0. */
	get value(): number {
		const priorTries = this.#priorTries();
		const old = this.#tries - this.#young;
		const estimate = (this.#lost + priorTries * this.#prior()) / (old + priorTries);
		return Math.min(estimate, MOST_LOSS);
	}

	/** What was seen alone, without the prior; `undefined` when nothing was. */
	get measured(): number | undefined {
		return this.#tries === 0 ? undefined : this.#lost / this.#tries;
	}

	add(isLost: boolean): void {
		this.#tries++;
		this.#lost += isLost ? 1 : 0;
	}

	/** So many of the tries that were not lost are young: the loss of tries that were sent with them is not known yet. */
	addYoung(count: number): void {
		this.#young += count;
	}

	/** One try that counted as lost was not. */
	takeBack(): void {
		this.#lost--;
	}
}
