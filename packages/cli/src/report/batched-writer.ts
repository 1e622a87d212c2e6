import type {TextSink} from '../process/io.ts';

/** Text that waits for more to come before it is written, in UTF-16 units. */
const BATCH = 65_536;

/**
 * Gathers text and writes it in few large pieces: when a batch is full, and whenever the process has nothing else
 * to do. A sink that is slow makes `add` wait, so nothing piles up.
 */
export class BatchedWriter {
	readonly #sink: TextSink;
	#pending = '';
	#scheduled = false;
	#writing: Promise<void> = Promise.resolve();
	#error: unknown;

	constructor(sink: TextSink) {
		this.#sink = sink;
	}

	/** @throws what an earlier write failed with */
	async add(text: string): Promise<void> {
		this.#throwIfFailed();
		this.#pending += text;
		if (this.#pending.length >= BATCH) {
			await this.flush();
		} else if (!this.#scheduled && text !== '') {
			this.#scheduled = true;
			setImmediate(() => {
				this.#scheduled = false;
				this.#writeOut();
			});
		}
	}

	/** Writes what waits. Resolves when it is written. */
	async flush(): Promise<void> {
		this.#writeOut();
		await this.#writing;
		this.#throwIfFailed();
	}

	#writeOut(): void {
		const text = this.#pending;
		this.#pending = '';
		if (text !== '') {
			this.#writing = this.#writing.then(async () => this.#write(text));
		}
	}

	/** After a failure nothing more is written. */
	async #write(text: string): Promise<void> {
		if (this.#error !== undefined) {
			return;
		}

		try {
			await this.#sink.write(text);
		} catch (error) {
			this.#error = error;
		}
	}

	#throwIfFailed(): void {
		if (this.#error !== undefined) {
			throw this.#error;
		}
	}
}
