/** Where batches of records go. */
export interface RecordSink {
	/**
	 * Resolves when more may be written.
	 * @throws what the file or stream failed with
	 */
	write(records: readonly Part[]): Promise<void>;
}

/** A record, or some: text, or bytes of a capture. After each the file may end. */
export type Part = string | Uint8Array;

/** How much waits for more to come before it is written, in UTF-16 units or bytes. */
const BATCH = 65_536;

/**
 * Gathers records and writes them in few large pieces: when a batch is full, and whenever the process has nothing else
 * to do. A sink that is slow makes its user wait, so nothing piles up. After a failure nothing more is written.
 */
export class BatchedWriter {
	readonly #sink: RecordSink;
	#waiting: Part[] = [];
	#size = 0;
	#isScheduled = false;
	#writing: Promise<void> = Promise.resolve();
	#failure: {readonly cause: unknown} | undefined;

	constructor(sink: RecordSink) {
		this.#sink = sink;
	}

	/** What an earlier write failed with, if one did. */
	get failure(): {readonly cause: unknown} | undefined {
		return this.#failure;
	}

	/** Nothing, or what is to be awaited before more is added. Never fails; see `failure`. */
	add(record: Part): Promise<void> | undefined {
		if (record.length === 0 || this.#failure !== undefined) {
			return undefined;
		}

		this.#waiting.push(record);
		this.#size += record.length;
		if (this.#size >= BATCH) {
			return this.flush();
		}

		if (!this.#isScheduled) {
			this.#isScheduled = true;
			setImmediate(() => {
				this.#isScheduled = false;
				this.#writeOut();
			});
		}

		return undefined;
	}

	/** Writes what waits. Resolves when that is done, or failed. */
	async flush(): Promise<void> {
		this.#writeOut();
		await this.#writing;
	}

	#writeOut(): void {
		const records = this.#waiting;
		if (records.length > 0) {
			this.#waiting = [];
			this.#size = 0;
			this.#writing = this.#writing.then(async () => this.#write(records));
		}
	}

	async #write(records: readonly Part[]): Promise<void> {
		if (this.#failure !== undefined) {
			return;
		}

		try {
			await this.#sink.write(records);
		} catch (error) {
			this.#failure = {cause: error};
		}
	}
}
