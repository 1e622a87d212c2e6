// What goes on beside the events of a scan: status lines, the progress line, the status file, and keys.

import {MILLISECOND, type Progress, SECOND} from '@halfopen/model';
import type {Scan} from '@halfopen/scanner';
import type {Settings} from '../options/settings.ts';
import type {CommandIo} from '../process/io.ts';
import type {ScanOutput} from '../report/scan-output.ts';
import {formatProgressLine} from '../terminal/format-progress-line.ts';
import {type LiveSettings, pressKey} from '../terminal/keys.ts';
import type {ProgressLine} from '../terminal/progress-line.ts';
import {
	AUTOMATIC_INTERVAL,
	estimateWorthTelling,
	formatProgress,
	type ToldEstimate,
} from './progress-reporter.ts';
import {toldBy} from './scan-options.ts';
import type {ScanNarrator} from './scan-narrator.ts';
import {formatStatus, STATUS_INTERVAL, type StatusFile} from './status-file.ts';

/** A scan and everybody who is told about it. */
export interface Attended {
	readonly scan: Scan;
	readonly narrator: ScanNarrator;
	readonly output: ScanOutput;
	readonly settings: Settings;
	readonly io: CommandIo;
	/** Where there is a terminal for it. */
	readonly line?: {readonly progress: ProgressLine; readonly columns: () => number};
	readonly statusFile?: StatusFile;
}

/** Begins all of it. Returns how to stop. */
export const attendScan = (attended: Attended): (() => Promise<void>) => {
	const stopStatusLines = tellStatus(attended);
	const stopLine = drawLine(attended);
	const stopFile = writeStatus(attended);
	const stopKeys = takeKeys(attended);
	return async () => {
		stopKeys();
		stopStatusLines();
		stopFile();
		await stopLine();
	};
};

const tell = ({narrator, output, io}: Attended, progress: Progress): void => {
	void output.narrate({screen: formatProgress(narrator.task, progress, io.now()), both: ''});
	void output.progress(progress, io.now());
};

/** By --stats-every, and with -v when there is news. */
const tellStatus = (attended: Attended): (() => void) => {
	const {scan, settings, narrator, io} = attended;
	if (settings.statsEvery !== undefined) {
		return io.every(settings.statsEvery / MILLISECOND, () => {
			tell(attended, scan.progress());
		});
	}

	let told: ToldEstimate | undefined;
	return io.every(AUTOMATIC_INTERVAL, () => {
		const progress = scan.progress();
		const estimate = narrator.settings.verbosity === 0 ? undefined : estimateWorthTelling(progress, told);
		if (estimate !== undefined) {
			told = estimate;
			tell(attended, progress);
		}
	});
};

/** How often the progress line is drawn, in milliseconds. */
export const LINE_INTERVAL = 200;

/** A scan that is shorter needs no progress line. */
const LEAST_ELAPSED = SECOND / 2;

const drawLine = ({scan, io, line}: Attended): (() => Promise<void>) => {
	if (line === undefined) {
		return async () => {};
	}

	const stop = io.every(LINE_INTERVAL, () => {
		const progress = scan.progress();
		if (progress.elapsed >= LEAST_ELAPSED) {
			// One column stays free: some terminals wrap at the last.
			void line.progress.show(formatProgressLine(progress, line.columns() - 1)).catch(() => {});
		}
	});
	return async () => {
		stop();
		await line.progress.show('').catch(() => {}); // Whoever took the terminal away sees no line
	};
};

const writeStatus = ({scan, io, statusFile}: Attended): (() => void) => {
	if (statusFile === undefined) {
		return () => {};
	}

	const stop = io.every(STATUS_INTERVAL, () => {
		statusFile.write(formatStatus(scan.progress(), 'running', io.now()));
	});
	return () => {
		stop();
		statusFile.write(formatStatus(scan.progress(), 'ended', io.now()));
	};
};

/** Keys need a terminal to read from, and standard output at one to answer on. */
const takeKeys = (attended: Attended): (() => void) => {
	const {settings, io, scan, narrator, output} = attended;
	if (!settings.interactive || io.keyboard === undefined || io.stdout.terminal === undefined) {
		return () => {};
	}

	return io.keyboard.onKey(key => {
		const progress = scan.progress();
		const effect = pressKey(key, {settings: narrator.settings, progress});
		if (effect.settings !== undefined) {
			const changed: LiveSettings = {...narrator.settings, ...effect.settings};
			narrator.change(changed);
			output.change(changed);
			scan.tell(toldBy({...settings, ...changed}));
		}

		if (effect.rate !== undefined) {
			scan.setRate(effect.rate);
		}

		if (effect.text === undefined) {
			tell(attended, progress);
		} else {
			void output.narrate({screen: `${effect.text}\n`, both: ''});
		}
	});
};
