/** Of so many bytes at the end of a file it is known where each record ends: more than are written at a time. */
const WINDOW = 2 ** 20;

/** Where the last records of a file end: there it may be cut and continued. */
export class RecordEnds {
	readonly #start: number;
	#ends: number[] = [];
	#end: number;

	/** `start` is where the first record begins. */
	constructor(start: number) {
		this.#start = start;
		this.#end = start;
	}

	/** Records behind those that are there; `ends` counts from the end of the last. */
	add(ends: readonly number[]): void {
		const start = this.#end;
		for (const end of ends) {
			this.#end = start + end;
			this.#ends.push(this.#end);
		}

		const first = this.#ends.findIndex(end => end > this.#end - WINDOW);
		if (first > 1) {
			this.#ends = this.#ends.slice(first - 1); // One before the window, so that there is one in any case.
		}
	}

	/** The last end of a record up to this position; the start when there is none. */
	lastUpTo(position: number): number {
		return this.#ends.findLast(end => end <= position) ?? this.#start;
	}
}
