import type {Micros} from '@halfopen/model';
import type {HostTiming, ProbeNote} from '@halfopen/timing';
import type {NoteBook} from '../note-book.ts';

/**
 * Probes that are written one after the other, put together for the timing by kind: what it does for a probe is then
 * done once for all of them.
 */
export class LeavingProbes {
	readonly #timing: HostTiming;
	readonly #notes: NoteBook;
	#fresh = 0;
	#freshNote = 0;
	#repeated = 0;
	#repeatedNote = 0;

	constructor(timing: HostTiming, notes: NoteBook) {
		this.#timing = timing;
		this.#notes = notes;
	}

	/** One more that is written at `now`, as are all until `tell`. Returns the number of its note. */
	add(attempt: number, now: Micros): number {
		if (attempt === 0) {
			this.#freshNote = this.#fresh++ === 0 ? this.#noteFor('fresh', now) : this.#freshNote;
			return this.#freshNote;
		}

		this.#repeatedNote = this.#repeated++ === 0 ? this.#noteFor('repeated', now) : this.#repeatedNote;
		return this.#repeatedNote;
	}

	/** The timing is told of all of them. */
	tell(now: Micros): void {
		if (this.#fresh > 0) {
			this.#timing.onSend('fresh', now, this.#fresh);
			this.#fresh = 0;
		}

		if (this.#repeated > 0) {
			this.#timing.onSend('repeated', now, this.#repeated);
			this.#repeated = 0;
		}
	}

	#noteFor(kind: ProbeNote['kind'], now: Micros): number {
		return this.#notes.keep(this.#timing.noteFor(kind, now));
	}
}
