import type {ReportFormat} from '@halfopen/output';
import type {TextSink} from '../process/io.ts';
import {BatchedWriter, type RecordSink} from './batched-writer.ts';
import type {Part} from './record-batch.ts';
import type {ReportFile} from './report-file.ts';

/** One place that a report goes to, in its format: the screen, or a file. */
export class Sheet {
	format: ReportFormat;
	readonly file: ReportFile | undefined;
	readonly #writer: BatchedWriter;

	constructor(format: ReportFormat, to: TextSink | ReportFile) {
		this.format = format;
		this.file = 'squeezeIn' in to ? to : undefined;
		this.#writer = new BatchedWriter(this.file ?? joining(to as TextSink));
	}

	/** What writing failed with, if it did. */
	get failure(): {readonly cause: unknown} | undefined {
		return this.#writer.failure;
	}

	/** Nothing, or what is to be awaited before more is added. */
	add(text: Part): Promise<void> | undefined {
		return this.#writer.add(text);
	}

	async flush(): Promise<void> {
		return this.#writer.flush();
	}

	/** The last record. Where there is no room for it, room is made, so that the file is complete. */
	async end(text: Part): Promise<void> {
		await this.#writer.add(text);
		await this.#writer.flush();
		if (this.#writer.failure !== undefined) {
			// When not even that is possible, the failure that was first is what the user is told.
			await this.file?.squeezeIn(text).catch(() => {});
		}
	}
}

const joining = (sink: TextSink): RecordSink => ({write: async batch => sink.write(batch.bytes)});
