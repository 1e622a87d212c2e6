/** A record, or some: text, or bytes of a capture. After each the file may end. */
export type Part = string | Uint8Array;

/** Records behind one another, as the bytes that are written, and where each of them ends. */
export class RecordBatch {
	readonly #bytes: Buffer;
	readonly #ends: number[] = [];
	#size = 0;

	constructor(capacity: number) {
		this.#bytes = Buffer.allocUnsafeSlow(capacity);
	}

	/** These records, with no room for more. */
	static of(...records: readonly Part[]): RecordBatch {
		const batch = new RecordBatch(records.reduce((sum, record) => sum + mostBytes(record), 0));
		for (const record of records) {
			batch.add(record);
		}

		return batch;
	}

	get capacity(): number {
		return this.#bytes.length;
	}

	/** What was added, until the batch is cleared. */
	get bytes(): Uint8Array {
		return this.#bytes.subarray(0, this.#size);
	}

	/** The position behind each record. */
	get ends(): readonly number[] {
		return this.#ends;
	}

	/** Whether there was room for the record as long as it may be; otherwise nothing was added. */
	add(record: Part): boolean {
		if (mostBytes(record) > this.#bytes.length - this.#size) {
			return false;
		}

		if (typeof record === 'string') {
			this.#size += this.#bytes.write(record, this.#size);
		} else {
			this.#bytes.set(record, this.#size);
			this.#size += record.length;
		}

		this.#ends.push(this.#size);
		return true;
	}

	clear(): void {
		this.#size = 0;
		this.#ends.length = 0;
	}
}

/** A UTF-16 unit takes three bytes of UTF-8 at the most. */
const mostBytes = (record: Part): number => (typeof record === 'string' ? record.length * 3 : record.length);
