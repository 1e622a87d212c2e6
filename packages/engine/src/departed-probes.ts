import {type Micros, micros} from '@halfopen/model';
import type {HostTiming, ProbeNote} from '@halfopen/timing';

/** Probes that left one after the other and share a note, put together for the timing: most in a row do. */
export class DepartedProbes {
	#timing: HostTiming | undefined;
	#note: ProbeNote | undefined;
	#count = 0;
	#from = Infinity;
	#until = -Infinity;

	/** A probe left of which this timing has made this note. */
	add(timing: HostTiming, note: ProbeNote, sentAt: Micros): void {
		if (note !== this.#note) {
			this.tell();
			this.#timing = timing;
			this.#note = note;
		}

		this.#count++;
		this.#from = Math.min(this.#from, sentAt);
		this.#until = Math.max(this.#until, sentAt);
	}

	/** The timing is told of all of them. */
	tell(): void {
		if (this.#note !== undefined) {
			this.#timing?.onSent(this.#note, micros(this.#from), this.#count, micros(this.#until));
		}

		this.#note = undefined;
		this.#count = 0;
		this.#from = Infinity;
		this.#until = -Infinity;
	}
}
