import type {Verdict} from '@halfopen/model';
import type {SweepResults} from './sweep-results.ts';
import {codeOf, verdictOf} from './verdict-codes.ts';

/** Positions whose answers are remembered, so that a second one is told from a first: a power of two. */
const REMEMBERED_POSITIONS = 2 ** 24;

/** Memory for them, as far as the sweep gets. */
export const REMEMBERED_BYTES: number = REMEMBERED_POSITIONS;

/**
 * Remembers what came of the positions that were asked last, a byte for each, and nothing else: for sweeps whose results
 * are told once and not kept. An answer that repeats one of theirs is known as such; to an older one it counts as new.
 *
 * A ring by position, since answers come about in the order of positions: what is looked at lies close together.
 */
export class RecentResults implements SweepResults {
	readonly #codes: Uint8Array;
	readonly #mask: number;
	#next = 0;

	/** `capacity` is a power of two. */
	constructor(capacity: number = REMEMBERED_POSITIONS) {
		this.#codes = new Uint8Array(capacity);
		this.#mask = capacity - 1;
	}

	onOpened(position: number): void {
		this.#next = position + 1;
		this.#codes[position & this.#mask] = 0;
	}

	verdictAt(_number: number, position: number): Verdict | undefined {
		const code = this.#remembers(position) ? this.#codes[position & this.#mask] : 0;
		return code === 0 ? undefined : verdictOf(code); // Mostly nothing
	}

	set(_number: number, position: number, verdict: Verdict): boolean {
		if (this.#remembers(position)) {
			this.#codes[position & this.#mask] = codeOf(verdict);
		}

		return true;
	}

	setUnreachable(): void {
		// Told in the totals
	}

	#remembers(position: number): boolean {
		return position >= this.#next - this.#codes.length;
	}
}
