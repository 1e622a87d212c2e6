import type {ProbeNote} from '@halfopen/timing';

/** Notes that are kept. A probe whose note is older was sent thousands of rounds ago. */
const CAPACITY = 65_536;

/**
 * Keeps what the timing notes of probes under numbers of 16 bits. Probes that are sent in the same rounds have equal
 * notes: they share one, so that nothing is kept for each probe.
 */
export class NoteBook {
	readonly #notes: ProbeNote[] = [];
	readonly #latest: Partial<Record<ProbeNote['kind'], number>> = {};
	#count = 0;

	/** The number under which a note, or one equal to it, is kept. */
	keep(note: ProbeNote): number {
		const latest = this.#latest[note.kind];
		if (latest !== undefined && isEqual(this.#notes[latest], note)) {
			return latest;
		}

		const number = this.#count++ & (CAPACITY - 1);
		this.#forgetLatest(number);
		this.#notes[number] = note;
		this.#latest[note.kind] = number;
		return number;
	}

	at(number: number): ProbeNote {
		return this.#notes[number];
	}

	/** A note that is written over is not the latest of its kind any more. */
	#forgetLatest(number: number): void {
		const old = this.#notes.at(number);
		if (old !== undefined && this.#latest[old.kind] === number) {
			delete this.#latest[old.kind];
		}
	}
}

const isEqual = (one: ProbeNote, other: ProbeNote): boolean =>
	one === other ||
	(one.hostRound === other.hostRound &&
		one.groupRound === other.groupRound &&
		one.chance === other.chance &&
		one.kind === other.kind);
