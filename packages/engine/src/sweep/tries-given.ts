/** Silent positions in a row that had about as many tries. */
export interface TriesRun {
	readonly from: number;
	/** Exclusive. */
	to: number;
	/** Tries that each of them had, at the least and at the most. */
	least: number;
	most: number;
}

/** Runs that are told apart; more are joined in pairs, and from then on none is shorter than those. */
const MOST_RUNS = 1024;

/**
 * Remembers how many tries silent positions had, as runs of positions: tries follow from the loss measured so far, so
 * they change now and then, and for all positions from there on.
 */
export class TriesGiven {
	#runs: TriesRun[] = [];
	#current: TriesRun | undefined;
	/** A shorter run takes in positions with other numbers of tries. */
	#shortest = 1;

	get runs(): readonly TriesRun[] {
		return this.#runs;
	}

	/** A position stayed silent after so many tries; positions ascend between two calls of `takeShort`. */
	note(position: number, least: number, most: number): void {
		const run = this.#current;
		if (
			run !== undefined &&
			((run.least === least && run.most === most) || position - run.from < this.#shortest)
		) {
			run.to = position + 1;
			run.least = Math.min(run.least, least);
			run.most = Math.max(run.most, most);
			return;
		}

		this.#current = {from: position, to: position + 1, least, most};
		this.#runs.push(this.#current);
		if (this.#runs.length > MOST_RUNS) {
			this.#joinPairs();
		}
	}

	/** Takes out a run of positions that had fewer tries than are needed and may have more. */
	takeShort(needed: number, mostTries: number): TriesRun | undefined {
		const index = this.#runs.findIndex(({least, most}) => least < needed && most < mostTries);
		this.#current = undefined; // Whatever comes next is somewhere else
		return index === -1 ? undefined : this.#runs.splice(index, 1)[0];
	}

	#joinPairs(): void {
		this.#runs.sort((one, other) => one.from - other.from);
		this.#runs = this.#runs.flatMap((run, index) => {
			const next = this.#runs[index + 1];
			return index % 2 === 1 ? [] : next === undefined ? [run] : [joined(run, next)];
		});
		this.#current = undefined;
		this.#shortest *= 2;
	}
}

const joined = (one: TriesRun, next: TriesRun): TriesRun => ({
	from: one.from,
	to: next.to,
	least: Math.min(one.least, next.least),
	most: Math.max(one.most, next.most),
});
