import type {Part} from './batched-writer.ts';

/** Of so many bytes at the end of a file it is known where each record ends. */
const WINDOW = 256 * 1024;

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

	add(records: readonly Part[]): void {
		for (const record of records) {
			this.#end += typeof record === 'string' ? Buffer.byteLength(record) : record.length;
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
