import type {SilentRun} from './silent-targets.ts';

/** A target of a run, by its place in the order. */
export interface PlaceInRun {
	readonly place: number;
	readonly run: SilentRun;
}

/** Runs of targets, taken out one target after the other. */
export class RunQueue {
	#runs: SilentRun[] = [];
	/** The run that comes next, and how many were taken out of it. */
	#head = 0;
	#taken = 0;

	get isEmpty(): boolean {
		return this.#head === this.#runs.length;
	}

	add(runs: readonly SilentRun[]): void {
		this.#runs = [...this.#runs.slice(this.#head), ...runs];
		this.#head = 0;
	}

	/** Takes the next target. The caller has seen that there is one. */
	take(): PlaceInRun {
		const run = this.#runs[this.#head];
		const place = run.from + this.#taken++;
		if (place + 1 === run.to) {
			this.#head++;
			this.#taken = 0;
		}

		return {place, run};
	}
}
