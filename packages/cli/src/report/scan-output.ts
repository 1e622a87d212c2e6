import type {HostReport, ScanSummary} from '@halfopen/model';
import {
	escapeText,
	normalFormat,
	type ReportFormat,
	type ReportHead,
	type ScanOutcome,
} from '@halfopen/output';
import {BatchedWriter} from './batched-writer.ts';
import {expandFileName} from './file-name.ts';
import type {CommandIo} from '../process/io.ts';
import {openReportFile, type ReportFile} from './report-file.ts';
import type {Narration} from '../scan/scan-narrator.ts';
import type {Settings} from '../options/settings.ts';

/** The file name that stands for standard output. */
const STANDARD_OUTPUT = '-';

/** One place that a report goes to, in its format. */
interface Sheet {
	readonly format: ReportFormat;
	readonly writer: BatchedWriter;
}

/** Everything that a scan prints, on its way to the screen and to the report file. */
export class ScanOutput {
	readonly #io: CommandIo;
	readonly #screen: Sheet | undefined;
	readonly #page: Sheet | undefined;
	readonly #file: ReportFile | undefined;
	#isEnded = false;

	private constructor(io: CommandIo, settings: Settings, file: ReportFile | undefined) {
		const isReplaced = settings.normalFile === STANDARD_OUTPUT;
		const page = isReplaced ? io.stdout : file;
		this.#io = io;
		this.#file = file;
		this.#screen = isReplaced ? undefined : sheet(settings, false, new BatchedWriter(io.stdout));
		this.#page = page && sheet(settings, true, new BatchedWriter(page));
	}

	/**
	 * Opens the report file, if one is wanted.
	 * @throws ScanError `ERR_HALFOPEN_SYSTEM` when it cannot be written
	 */
	static async open(settings: Settings, io: CommandIo): Promise<ScanOutput> {
		const {normalFile, appendOutput} = settings;
		const file =
			normalFile === undefined || normalFile === STANDARD_OUTPUT
				? undefined
				: await openReportFile(expandFileName(normalFile, new Date(io.now())), appendOutput);
		return new ScanOutput(io, settings, file);
	}

	async begin(head: ReportHead): Promise<void> {
		await this.#file?.begin();
		await this.#toEach(async ({format, writer}) => writer.add(format.begin(head)));
	}

	async host(report: HostReport): Promise<void> {
		await this.#toEach(async ({format, writer}) => writer.add(format.host(report)));
	}

	async narrate({screen, both}: Narration): Promise<void> {
		if (screen === '' && both === '') {
			return;
		}

		await this.#toEach(async sheet => sheet.writer.add(sheet === this.#screen ? screen + both : both));
	}

	async warn(message: string): Promise<void> {
		const line = escapeText(message);
		await this.#screen?.writer.flush();
		await this.#io.stderr.write(`halfopen: warning: ${line}\n`);
		await this.#page?.writer.add(`# Warning: ${line}\n`);
	}

	/** The last text; everything is written when it resolves. */
	async end(summary: ScanSummary, endedAt: number, outcome: ScanOutcome): Promise<void> {
		this.#isEnded = true;
		await this.#toEach(async ({format, writer}) => {
			await writer.add(format.end(summary, endedAt, outcome));
			await writer.flush();
		});
	}

	/** Ends the report file of a scan that failed on the way, with what is known. Does not fail itself. */
	async abandon(summary: ScanSummary, endedAt: number): Promise<void> {
		if (this.#isEnded) {
			return;
		}

		try {
			await this.#page?.writer.add(this.#page.format.end(summary, endedAt, 'interrupted'));
			await this.#page?.writer.flush();
		} catch {
			// What made the scan fail is what the user is told.
		}
	}

	/** Closes the report file. */
	async close(): Promise<void> {
		await this.#file?.close();
	}

	/** When one place fails, the other has its text all the same. */
	async #toEach(write: (sheet: Sheet) => Promise<void>): Promise<void> {
		const results = await Promise.allSettled(
			[this.#screen, this.#page].map(async each => each && write(each)),
		);
		const failed = results.find(result => result.status === 'rejected');
		if (failed !== undefined) {
			throw failed.reason;
		}
	}
}

const sheet = (settings: Settings, toFile: boolean, writer: BatchedWriter): Sheet => {
	const {verbosity, debugging, onlyOpen} = settings;
	const reasons = settings.reasons || verbosity > 1 || debugging > 0;
	return {format: normalFormat({verbosity, debugging, reasons, onlyOpen, toFile}), writer};
};
