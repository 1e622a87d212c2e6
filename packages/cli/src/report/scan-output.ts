import type {HostReport, Progress, ScanPlan, ScanSummary, TracedPacket} from '@halfopen/model';
import {escapeText, type FoundPort, type ReportHead, type ScanOutcome} from '@halfopen/output';
import {optionError, valueError} from '../options/option-error.ts';
import type {Settings} from '../options/settings.ts';
import type {CommandIo} from '../process/io.ts';
import type {Narration} from '../scan/scan-narrator.ts';
import type {LiveSettings} from '../terminal/keys.ts';
import {allOf} from './all-of.ts';
import {CaptureFile} from './capture-file.ts';
import {expandFileName} from './file-name.ts';
import {openReportFile, type ReportFile} from './report-file.ts';
import {normalReport, wantedReports} from './report-formats.ts';
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
	readonly #capture: CaptureFile | undefined;
	readonly #picture: ReportFile | undefined;
	#pictureFailure: {readonly cause: unknown} | undefined;
	/** Warnings that came before the beginning. */
	#earlyWarnings: string[] = [];
	#hasBegun = false;
	#hasEnded = false;

	private constructor(
		io: CommandIo,
		settings: Settings,
		screen: Sheet | undefined,
		reports: readonly OpenReport[],
		others: OtherFiles,
	) {
		this.#io = io;
		this.#settings = settings;
		this.#screen = screen;
		this.#capture = others.capture && new CaptureFile(others.capture);
		this.#picture = others.picture;
		this.#pages = new Set(reports.filter(({isPage}) => isPage).map(({sheet}) => sheet));
		this.#sheets = [...(screen === undefined ? [] : [screen]), ...reports.map(({sheet}) => sheet)];
	}

	/**
	 * Opens the files of all reports that are wanted.
	 * @throws ScanError `ERR_HALFOPEN_OPTION` when one cannot be written, or two have the same name
	 */
	static async open(settings: Settings, io: CommandIo): Promise<ScanOutput> {
		const at = new Date(io.now());
		const named = <Wanted extends {readonly name: string}>(wanted: Wanted): Wanted => ({
			...wanted,
			name: expandFileName(wanted.name, at),
		});
		const wanted = wantedReports(settings).map(named);
		const others = otherFiles(settings).map(named);
		refuseSameName([...wanted, ...others]);
		refuseStandardOutput(others);
		const opened: ReportFile[] = [];
		const openFile = async (option: string, name: string, append: boolean): Promise<ReportFile> => {
			const file = await openReportFile(option, name, append);
			opened.push(file);
			return file;
		};
		try {
			const reports: OpenReport[] = [];
			for (const {option, name, makeFormat, isPage} of wanted) {
				const format = makeFormat();
				const to = name === STANDARD_OUTPUT ? io.stdout : await openFile(option, name, settings.appendOutput);
				reports.push({sheet: new Sheet(format, to), isPage});
			}

			const files: Record<string, ReportFile> = {};
			for (const {option, name, role} of others) {
				files[role] = await openFile(option, name, settings.appendOutput && role === 'capture');
			}

			const isTaken = settings.silent || wanted.some(({name}) => name === STANDARD_OUTPUT);
			const screen = isTaken ? undefined : new Sheet(normalReport(settings, false), io.stdout);
			return new ScanOutput(io, settings, screen, reports, files);
		} catch (error) {
			await allOf(opened.map(async file => file.close()));
			throw error;
		}
	}

	/** What one of the places failed with. The others can be written to all the same. */
	get failure(): {readonly cause: unknown} | undefined {
		return (
			this.#sheets.find(({failure}) => failure !== undefined)?.failure ??
			this.#capture?.failure ??
			this.#pictureFailure
		);
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

	/** `clock` is one moment on the clock of packets and by the time of day. */
	async begin(head: ReportHead, clock: Pick<ScanPlan, 'startedAt' | 'startedAtClock'>): Promise<void> {
		this.#hasBegun = true;
		await this.#capture?.begin({...head, ...clock});
		await this.#picture?.begin();
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

	packet(packet: TracedPacket): Promise<void> | undefined {
		return this.#capture?.packet(packet);
	}

	/** The picture of `--explain-svg`. */
	async draw(picture: string): Promise<void> {
		try {
			await this.#picture?.write([picture]);
		} catch (error) {
			this.#pictureFailure = {cause: error};
			await this.#picture?.squeezeIn('').catch(() => {}); // Half a picture is none.
		}
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
		await this.#capture?.end(summary.traceLost ?? 0);
	}

	/** Closes the files. */
	async close(): Promise<void> {
		await allOf(this.#sheets.map(async ({file}) => file?.close()));
		await this.#capture?.close();
		await this.#picture?.close();
	}

	#toEach(textFor: (sheet: Sheet) => string | undefined): Promise<void> | undefined {
		return allOf(this.#sheets.map(sheet => sheet.add(textFor(sheet) ?? '')));
	}
}

interface OpenReport {
	readonly sheet: Sheet;
	readonly isPage: boolean;
}

/** Files that are no reports. */
interface OtherFiles {
	readonly capture?: ReportFile;
	readonly picture?: ReportFile;
}

const otherFiles = ({
	pcapFile,
	explainSvg,
}: Settings): {option: string; name: string; role: keyof OtherFiles}[] => [
	...(pcapFile === undefined ? [] : [{option: '--pcap', name: pcapFile, role: 'capture' as const}]),
	...(explainSvg === undefined
		? []
		: [{option: '--explain-svg', name: explainSvg, role: 'picture' as const}]),
];

const refuseStandardOutput = (files: readonly {readonly option: string; readonly name: string}[]): void => {
	const refused = files.find(({name}) => name === STANDARD_OUTPUT);
	if (refused !== undefined) {
		throw valueError(refused.option, 'the name of a file', STANDARD_OUTPUT);
	}
};

const refuseSameName = (wanted: readonly {readonly option: string; readonly name: string}[]): void => {
	for (const [index, {option, name}] of wanted.entries()) {
		const other = wanted.slice(0, index).find(earlier => earlier.name === name);
		if (other !== undefined) {
			const where = name === STANDARD_OUTPUT ? 'standard output' : `\`${name}\``;
			throw optionError(`${other.option} and ${option}: expected different files, got ${where} for both`);
		}
	}
};
