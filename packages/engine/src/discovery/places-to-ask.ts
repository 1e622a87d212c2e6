import {type PlaceInRun, RunQueue} from './run-queue.ts';
import type {SilentRun} from './silent-targets.ts';

/** The place of a target in the order, and the run that it was in if it is asked again. */
export type PlaceToAsk = Pick<PlaceInRun, 'place'> & Partial<PlaceInRun>;

/** The targets to be begun with, by their places in the order: each once, and then those that are asked again. */
export class PlacesToAsk {
	readonly #size: number;
	#next = 0;
	readonly #again = new RunQueue();

	/** `size` is the number of targets. */
	constructor(size: number) {
		this.#size = size;
	}

	get isEmpty(): boolean {
		return this.#next === this.#size && this.#again.isEmpty;
	}

	/** Takes the next one. The caller has seen that there is one. */
	take(): PlaceToAsk {
		return this.#next < this.#size ? {place: this.#next++} : this.#again.take();
	}

	/** These are asked again. */
	add(runs: readonly SilentRun[]): void {
		this.#again.add(runs);
	}
}
