import type {HostReport, Progress, ScanPlan, ScanSummary, TracedPacket} from '@halfopen/model';
import {
	escapeText,
	type FoundHost,
	type FoundPort,
	type ReportHead,
	type ScanOutcome,
} from '@halfopen/output';
import type {CommandIo} from '../process/io.ts';
import type {Narration} from '../scan/scan-narrator.ts';
import type {LiveSettings} from '../terminal/keys.ts';
import {allOf} from './all-of.ts';
import {openReports, type OpenReports} from './open-reports.ts';
import {RecordBatch} from './record-batch.ts';
import {normalReport, type ReportSettings} from './report-formats.ts';
import type {Sheet} from './sheet.ts';

/** Everything that a scan prints, on its way to the screen and to the files of reports. */
export class ScanOutput {
	readonly #io: CommandIo;
	#settings: ReportSettings;
	readonly #places: OpenReports;
	/** The screen, and the reports. */
	readonly #sheets: readonly Sheet[];
	#pictureFailure: {readonly cause: unknown} | undefined;
	/** Warnings that came before the beginning. */
	#earlyWarnings: string[] = [];
	#hasBegun = false;
	#hasEnded = false;

	private constructor(io: CommandIo, settings: ReportSettings, places: OpenReports) {
		const {screen, reports} = places;
		this.#io = io;
		this.#settings = settings;
		this.#places = places;
		this.#sheets = screen === undefined ? reports : [screen, ...reports];
	}

	/**
	 * Opens the files of all reports that are wanted.
	 * @throws ScanError `ERR_HALFOPEN_OPTION` when one cannot be written, or two have the same name
	 */
	static async open(settings: ReportSettings, io: CommandIo): Promise<ScanOutput> {
		return new ScanOutput(io, settings, await openReports(settings, io));
	}

	/** What one of the places failed with. The others can be written to all the same. */
	get failure(): {readonly cause: unknown} | undefined {
		return (
			this.#sheets.find(({failure}) => failure !== undefined)?.failure ??
			this.#places.capture?.failure ??
			this.#pictureFailure
		);
	}

	get hasBegun(): boolean {
		return this.#hasBegun;
	}

	/** How it ended was said. */
	get hasEnded(): boolean {
		return this.#hasEnded;
	}

	/** From now on the screen shows more, or less. Files stay as they began. */
	change(settings: LiveSettings): void {
		this.#settings = {...this.#settings, ...settings};
		if (this.#places.screen !== undefined) {
			this.#places.screen.format = normalReport(this.#settings, false);
		}
	}

	/** `clock` is one moment on the clock of packets and by the time of day. */
	async begin(head: ReportHead, clock: Pick<ScanPlan, 'startedAt' | 'startedAtClock'>): Promise<void> {
		this.#hasBegun = true;
		await this.#places.capture?.begin({...head, ...clock});
		await this.#places.picture?.begin();
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

	hostFound(found: FoundHost): Promise<void> | undefined {
		return this.#toEach(({format}) => format.hostFound?.(found));
	}

	host(report: HostReport): Promise<void> | undefined {
		return this.#toEach(({format}) => format.host(report));
	}

	narrate({screen, both}: Narration): Promise<void> | undefined {
		return screen === '' && both === ''
			? undefined
			: this.#toEach(sheet =>
					sheet === this.#places.screen ? screen + both : this.#places.pages.has(sheet) ? both : undefined,
				);
	}

	packet(packet: TracedPacket): Promise<void> | undefined {
		return this.#places.capture?.packet(packet);
	}

	/** The picture of `--explain-svg`. */
	async draw(picture: string): Promise<void> {
		try {
			await this.#places.picture?.write(RecordBatch.of(picture));
		} catch (error) {
			this.#pictureFailure = {cause: error};
			await this.#places.picture?.squeezeIn('').catch(() => {}); // Half a picture is none.
		}
	}

	/** For the reports that say how far the scan is. `at` in milliseconds since the epoch. */
	progress(progress: Progress, at: number): Promise<void> | undefined {
		return this.#toEach(({format}) => format.progress?.(progress, at));
	}

	async warn(message: string): Promise<void> {
		await this.#places.screen?.flush();
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
		await this.#places.capture?.end(summary.traceLost ?? 0);
	}

	/** Closes the files. */
	async close(): Promise<void> {
		await allOf(this.#sheets.map(async ({file}) => file?.close()));
		await this.#places.capture?.close();
		await this.#places.picture?.close();
	}

	#toEach(textFor: (sheet: Sheet) => string | undefined): Promise<void> | undefined {
		return allOf(this.#sheets.map(sheet => sheet.add(textFor(sheet) ?? '')));
	}
}
