import {RecordBatch, type Part} from './record-batch.ts';

/** Where batches of records go. */
export interface RecordSink {
	/**
	 * Resolves when more may be written; then the batch is filled anew.
	 * @throws what the file or stream failed with
	 */
	write(batch: RecordBatch): Promise<void>;
}

/** Bytes that wait for more to come before they are written: each write wakes another thread, which takes its time. */
const BATCH = 512 * 1024;

/**
 * Gathers records and writes them in few large pieces: when a batch is full, and whenever the process has nothing else
 * to do. While one batch is written the next is filled; a sink that is slower makes its user wait, so nothing piles up.
 * After a failure nothing more is written.
 */
export class BatchedWriter {
	readonly #sink: RecordSink;
	#filling = new RecordBatch(BATCH);
	/** Batches that were written, to be filled again. */
	readonly #spare: RecordBatch[] = [];
	#isScheduled = false;
	/** Batches that are on their way, one behind the other, and when the last of them is written. */
	#underWay = 0;
	#written: Promise<void> = Promise.resolve();
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

		this.#writeWhenIdle();
		if (this.#filling.add(record)) {
			return undefined;
		}

		const earlier = this.#written;
		this.#writeOut();
		if (!this.#filling.add(record)) {
			this.#filling = RecordBatch.of(record);
		}

		return earlier;
	}

	/** Writes what waits. Resolves when that is done, or failed. */
	async flush(): Promise<void> {
		this.#writeOut();
		await this.#written;
	}

	#writeWhenIdle(): void {
		if (this.#isScheduled || this.#underWay > 0) {
			return; // What waits goes at the end of the write.
		}

		this.#isScheduled = true;
		setImmediate(() => {
			this.#isScheduled = false;
			if (this.#underWay === 0) {
				this.#writeOut();
			}
		});
	}

	#writeOut(): void {
		const batch = this.#filling;
		if (batch.ends.length > 0) {
			this.#filling = this.#spare.pop() ?? new RecordBatch(BATCH);
			this.#underWay++;
			this.#written = this.#write(batch, this.#written);
		}
	}

	async #write(batch: RecordBatch, earlier: Promise<void>): Promise<void> {
		await earlier;
		if (this.#failure === undefined) {
			try {
				await this.#sink.write(batch);
			} catch (error) {
				this.#failure = {cause: error};
			}
		}

		batch.clear();
		if (batch.capacity === BATCH) {
			this.#spare.push(batch);
		}

		this.#underWay--;
		if (this.#underWay === 0) {
			this.#writeOut();
		}
	}
}
