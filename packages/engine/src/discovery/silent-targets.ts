import {type Micros, micros, SECOND} from '@halfopen/model';
import type {TryHistory} from '@halfopen/timing';

/** What a silent target had. */
export interface Silence {
	readonly history: TryHistory;
	/** The last try, 0 for the first: those that tell nothing are not in the history. */
	readonly attempt: number;
	readonly probesSent: number;
	/** When it was begun with. */
	readonly startedAt: Micros;
}

/** Targets in a row, in the order in which targets are asked, that had the same; they were begun within a second. */
export interface SilentRun extends Silence {
	readonly from: number;
	/** Exclusive. */
	to: number;
}

/** Runs that are kept, at the most: about 6 MiB. */
const MOST_RUNS = 2 ** 16;

/**
 * Targets that had their tries and stayed silent, while it is not known whether these were sent faster than the path takes
 * them. Of those in a row only the first and the last are kept, so that a sparse network is a few runs.
 */
export class SilentTargets {
	readonly #runs = new Map<TryHistory, SilentRun[]>();
	#runCount = 0;
	#targets = 0;
	/** When to look again what is known of them. */
	lookAt: Micros = micros(0);

	/** Targets that are kept. */
	get targets(): number {
		return this.#targets;
	}

	/** There is no room for more. */
	get isFull(): boolean {
		return this.#runCount >= MOST_RUNS;
	}

	/** The tries that some of them had. */
	get histories(): TryHistory[] {
		return [...this.#runs.keys()];
	}

	/** A target stayed silent; `place` is that in the order. */
	add(place: number, silence: Silence): void {
		this.#targets++;
		const runs = this.#runs.get(silence.history) ?? [];
		const last = runs.at(-1);
		if (last?.to === place && isAlike(last, silence)) {
			last.to++;
			return;
		}

		this.#runCount++;
		runs.push({...silence, from: place, to: place + 1});
		this.#runs.set(silence.history, runs);
	}

	/** Takes out those that had these tries. */
	take(history: TryHistory): readonly SilentRun[] {
		const runs = this.#runs.get(history) ?? [];
		this.#runs.delete(history);
		this.#runCount -= runs.length;
		this.#targets -= runs.reduce((sum, {from, to}) => sum + to - from, 0);
		return runs;
	}
}

const isAlike = (run: SilentRun, {attempt, probesSent, startedAt}: Silence): boolean =>
	run.attempt === attempt && run.probesSent === probesSent && startedAt - run.startedAt < SECOND;
