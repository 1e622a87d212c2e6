import type {HostReport, Progress, ScanSummary} from '@halfopen/model';
import {escapeText, type FoundPort, type ReportHead, type ScanOutcome} from '@halfopen/output';
import {optionError} from '../options/option-error.ts';
import type {Settings} from '../options/settings.ts';
import type {CommandIo} from '../process/io.ts';
import type {Narration} from '../scan/scan-narrator.ts';
import type {LiveSettings} from '../terminal/keys.ts';
import {allOf} from './all-of.ts';
import {expandFileName} from './file-name.ts';
import {openReportFile, type ReportFile} from './report-file.ts';
import {normalReport, wantedReports, type WantedReport} from './report-formats.ts';
import {Sheet} from './sheet.ts';

/** The file name that stands for standard output. */
const STANDARD_OUTPUT = '-';

/** Everything that a scan prints, on its way to the screen and to the files of reports. */
export class ScanOutput {
	readonly #io: CommandIo;
	#settings: Settings;
	/** Absent when standard output is taken by a report, or is to stay empty. */
	readonly #screen: Sheet | undefined;
	/** Normal reports in files: what is told between hosts goes there too. */
	readonly #pages: ReadonlySet<Sheet>;
	readonly #sheets: readonly Sheet[];
	/** Warnings that came before the beginning. */
	#earlyWarnings: string[] = [];
	#hasBegun = false;
	#hasEnded = false;

	private constructor(
		io: CommandIo,
		settings: Settings,
		screen: Sheet | undefined,
		reports: readonly OpenReport[],
	) {
		this.#io = io;
		this.#settings = settings;
		this.#screen = screen;
		this.#pages = new Set(reports.filter(({isPage}) => isPage).map(({sheet}) => sheet));
		this.#sheets = [...(screen === undefined ? [] : [screen]), ...reports.map(({sheet}) => sheet)];
	}

	/**
	 * Opens the files of all reports that are wanted.
	 * @throws ScanError `ERR_HALFOPEN_OPTION` when one cannot be written, or two have the same name
	 */
	static async open(settings: Settings, io: CommandIo): Promise<ScanOutput> {
		const wanted = wantedReports(settings).map(report => ({
			...report,
			name: expandFileName(report.name, new Date(io.now())),
		}));
		refuseSameName(wanted);
		const reports: OpenReport[] = [];
		try {
			for (const report of wanted) {
				reports.push(await openReport(report, settings, io));
			}
		} catch (error) {
			await allOf(reports.map(async ({sheet}) => sheet.file?.close()));
			throw error;
		}

		const isTaken = settings.silent || wanted.some(({name}) => name === STANDARD_OUTPUT);
		const screen = isTaken ? undefined : new Sheet(normalReport(settings, false), io.stdout);
		return new ScanOutput(io, settings, screen, reports);
	}

	/** What one of the places failed with. The others can be written to all the same. */
	get failure(): {readonly cause: unknown} | undefined {
		return this.#sheets.find(({failure}) => failure !== undefined)?.failure;
	}

	get hasBegun(): boolean {
		return this.#hasBegun;
	}

	/** From now on the screen shows more, or less. Files stay as they began. */
	change(settings: LiveSettings): void {
		this.#settings = {...this.#settings, ...settings};
		if (this.#screen !== undefined) {
			this.#screen.format = normalReport(this.#settings, false);
		}
	}

	async begin(head: ReportHead): Promise<void> {
		this.#hasBegun = true;
		await allOf(this.#sheets.map(async ({file}) => file?.begin()));
		await this.#toEach(({format, file}) => format.begin({...head, isContinued: file?.isContinued ?? false}));
		for (const message of this.#earlyWarnings.splice(0)) {
			await this.#toEach(({format}) => format.warning?.(message));
		}
	}

	/** Nothing, or what is to be awaited before more is said. */
	port(found: FoundPort): Promise<void> | undefined {
		return this.#toEach(({format}) => format.port?.(found));
	}

	host(report: HostReport): Promise<void> | undefined {
		return this.#toEach(({format}) => format.host(report));
	}

	narrate({screen, both}: Narration): Promise<void> | undefined {
		return screen === '' && both === ''
			? undefined
			: this.#toEach(sheet =>
					sheet === this.#screen ? screen + both : this.#pages.has(sheet) ? both : undefined,
				);
	}

	/** For the reports that say how far the scan is. `at` in milliseconds since the epoch. */
	progress(progress: Progress, at: number): Promise<void> | undefined {
		return this.#toEach(({format}) => format.progress?.(progress, at));
	}

	async warn(message: string): Promise<void> {
		await this.#screen?.flush();
		await this.#io.stderr.write(`halfopen: warning: ${escapeText(message)}\n`);
		if (this.#hasBegun) {
			await this.#toEach(({format}) => format.warning?.(message));
		} else {
			this.#earlyWarnings.push(message);
		}
	}

	/** The last text; everything is written when it resolves. `problem` is what made the scan fail. */
	async end(summary: ScanSummary, endedAt: number, outcome: ScanOutcome, problem?: string): Promise<void> {
		if (!this.#hasBegun || this.#hasEnded) {
			return;
		}

		this.#hasEnded = true;
		await Promise.all(
			this.#sheets.map(async sheet => sheet.end(sheet.format.end(summary, endedAt, outcome, problem))),
		);
	}

	/** Closes the files. */
	async close(): Promise<void> {
		await allOf(this.#sheets.map(async ({file}) => file?.close()));
	}

	#toEach(textFor: (sheet: Sheet) => string | undefined): Promise<void> | undefined {
		return allOf(this.#sheets.map(sheet => sheet.add(textFor(sheet) ?? '')));
	}
}

interface OpenReport {
	readonly sheet: Sheet;
	readonly isPage: boolean;
}

const openReport = async (
	{option, name, makeFormat, isPage}: WantedReport,
	{appendOutput}: Settings,
	io: CommandIo,
): Promise<OpenReport> => {
	const format = makeFormat();
	const to: CommandIo['stdout'] | ReportFile =
		name === STANDARD_OUTPUT ? io.stdout : await openReportFile(option, name, appendOutput);
	return {sheet: new Sheet(format, to), isPage};
};

const refuseSameName = (wanted: readonly WantedReport[]): void => {
	for (const [index, {option, name}] of wanted.entries()) {
		const other = wanted.slice(0, index).find(earlier => earlier.name === name);
		if (other !== undefined) {
			const where = name === STANDARD_OUTPUT ? 'standard output' : `\`${name}\``;
			throw optionError(`${other.option} and ${option}: expected different files, got ${where} for both`);
		}
	}
};
