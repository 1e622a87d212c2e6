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
import type {CommandIo} from './io.ts';
import {openReportFile, type ReportFile} from './report-file.ts';
import type {Narration} from './scan-narrator.ts';
import type {Settings} from './settings.ts';

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
		await this.#each(({format}) => format.begin(head));
	}

	async host(report: HostReport): Promise<void> {
		await this.#each(({format}) => format.host(report));
	}

	async narrate({screen, both}: Narration): Promise<void> {
		await this.#screen?.writer.add(screen + both);
		await this.#page?.writer.add(both);
	}

	async warn(message: string): Promise<void> {
		const line = escapeText(message);
		await this.#screen?.writer.flush();
		await this.#io.stderr.write(`halfopen: warning: ${line}\n`);
		await this.#page?.writer.add(`# Warning: ${line}\n`);
	}

	async end(summary: ScanSummary, endedAt: number, outcome: ScanOutcome): Promise<void> {
		await this.#each(({format}) => format.end(summary, endedAt, outcome));
		await this.#screen?.writer.flush();
		await this.#page?.writer.flush();
	}

	/** Ends the report file of a scan that failed on the way, with what is known. Does not fail itself. */
	async abandon(summary: ScanSummary, endedAt: number): Promise<void> {
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

	async #each(text: (sheet: Sheet) => string): Promise<void> {
		for (const each of [this.#page, this.#screen]) {
			await each?.writer.add(text(each));
		}
	}
}

const sheet = (settings: Settings, toFile: boolean, writer: BatchedWriter): Sheet => {
	const {verbosity, debugging, onlyOpen} = settings;
	const reasons = settings.reasons || verbosity > 1 || debugging > 0;
	return {format: normalFormat({verbosity, debugging, reasons, onlyOpen, toFile}), writer};
};
