import type {Micros} from '@halfopen/model';
import type {HostTiming, ProbeKind} from '@halfopen/timing';
import type {NoteBook} from '../note-book.ts';

/** Why a position is asked. */
export type AskingKind = Extract<ProbeKind, 'fresh' | 'repeated' | 'resent'>;

const ASKING_KINDS: readonly AskingKind[] = ['fresh', 'repeated', 'resent'];

/**
 * Probes that are written one after the other, put together for the timing by kind: what it does for a probe is then
 * done once for all of them.
 */
export class LeavingProbes {
	readonly #timing: HostTiming;
	readonly #notes: NoteBook;
	readonly #kinds: Readonly<Record<AskingKind, {count: number; note: number}>> = {
		fresh: {count: 0, note: 0},
		repeated: {count: 0, note: 0},
		resent: {count: 0, note: 0},
	};

	constructor(timing: HostTiming, notes: NoteBook) {
		this.#timing = timing;
		this.#notes = notes;
	}

	/** One more that is written at `now`, as are all until `tell`. Returns the number of its note. */
	add(kind: AskingKind, now: Micros): number {
		const same = this.#kinds[kind];
		if (same.count++ === 0) {
			same.note = this.#notes.keep(this.#timing.noteFor(kind, now));
		}

		return same.note;
	}

	/** The timing is told of all of them. */
	tell(now: Micros): void {
		for (const kind of ASKING_KINDS) {
			const same = this.#kinds[kind];
			if (same.count > 0) {
				this.#timing.onSend(kind, now, same.count);
				same.count = 0;
			}
		}
	}
}
