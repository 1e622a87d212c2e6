/** Share of the answers given up for lost that, coming late, undoes the cut (as the Eifel response of RFC 4015 does). */
const MISTAKEN_SHARE = 0.5;

/** How the path was used before a cut. */
export interface BeforeCut {
	readonly rate: number;
	readonly isStartUp: boolean;
}

/** Remembers what answers were given up for lost, and notices when they come after all. */
export class MistakenCut {
	#before: BeforeCut | undefined;
	#firstRound = 0;
	#missing = 0;
	#late = 0;

	/** So many answers of a round are given up for lost. */
	onLoss(round: number, missing: number, before: BeforeCut): void {
		if (this.#before === undefined) {
			this.#before = before;
			this.#firstRound = round;
		}

		this.#missing += missing;
	}

	/** An answer to a probe of a round that was judged already. Returns what to go back to, if the cut was a mistake. */
	onLateAnswer(round: number): BeforeCut | undefined {
		const before = this.#before;
		if (before === undefined || round < this.#firstRound) {
			return undefined;
		}

		this.#late++;
		if (this.#late < this.#missing * MISTAKEN_SHARE) {
			return undefined;
		}

		this.forget();
		return before;
	}

	/** The cut was right, or is undone. */
	forget(): void {
		this.#before = undefined;
		this.#missing = 0;
		this.#late = 0;
	}
}
