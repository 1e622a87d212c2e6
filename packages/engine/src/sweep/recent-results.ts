import {PORT_STATES, REASONS, type Verdict} from '@halfopen/model';
import {SlotTable} from '../slot-table.ts';
import type {SweepResults} from './sweep-results.ts';

/** Answers that are remembered, so that a second one is told from a first. */
export const REMEMBERED_ANSWERS: number = 2 ** 19;

/** Memory for them at the most. */
export const REMEMBERED_BYTES: number = REMEMBERED_ANSWERS * (2 * 12 + 8);

/**
 * Remembers the answers that came last, and nothing else: for sweeps whose results are told once and not kept. An
 * answer that repeats one of them is known as such; after half a million others it counts as new.
 */
export class RecentResults implements SweepResults {
	readonly #codes = new SlotTable();
	readonly #order: Float64Array;
	#count = 0;

	constructor(capacity: number = REMEMBERED_ANSWERS) {
		this.#order = new Float64Array(capacity);
	}

	verdictAt(number: number): Verdict | undefined {
		const code = this.#codes.get(number);
		return code === -1 ? undefined : verdictOf(code);
	}

	set(number: number, verdict: Verdict): boolean {
		if (this.#codes.get(number) === -1) {
			const at = this.#count++ % this.#order.length;
			if (this.#count > this.#order.length) {
				this.#codes.delete(this.#order[at]);
			}

			this.#order[at] = number;
		}

		this.#codes.set(number, codeOf(verdict));
		return true;
	}

	setUnreachable(): void {
		// Told in the totals
	}
}

const codeOf = ({state, reason}: Verdict): number =>
	PORT_STATES.indexOf(state) * REASONS.length + REASONS.indexOf(reason);

const verdictOf = (code: number): Verdict => ({
	state: PORT_STATES[Math.floor(code / REASONS.length)],
	reason: REASONS[code % REASONS.length],
});
