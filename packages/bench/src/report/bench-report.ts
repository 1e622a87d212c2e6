import os from 'node:os';
import {ScanError} from '@halfopen/model';
import type {CaseResult} from '../figure.ts';
import type {NamedComparison} from './compare-reports.ts';

/** Goes up when a report means something else than it did. */
export const REPORT_VERSION = 1;

/** What `--json` prints and `--baseline` reads. */
export interface BenchReport {
	readonly format: 'halfopen bench';
	readonly version: number;
	readonly halfopen: string;
	/** As in `2026-11-22T18:00:00.000Z`. */
	readonly date: string;
	readonly machine: Machine;
	/** Seconds that each case was measured for. */
	readonly duration: number;
	readonly results: readonly CaseResult[];
	/** Beside an earlier run, when one was given. */
	readonly compared?: readonly NamedComparison[];
}

/** What the figures depend on besides the program. */
export interface Machine {
	readonly cores: number;
	readonly processor: string;
	readonly kernel: string;
	readonly node: string;
	/** Programs that wanted to run at the beginning, on average over a minute. */
	readonly load: number;
}

export const thisMachine = (): Machine => ({
	cores: os.availableParallelism(),
	processor: os.cpus()[0]?.model.trim() ?? 'unknown',
	kernel: `${os.type()} ${os.release()}`,
	node: process.version,
	load: os.loadavg()[0],
});

/**
 * Reads a report again. `name` is that of the file, for errors.
 * @throws ScanError `ERR_HALFOPEN_OPTION`
 */
export const parseReport = (text: string, name: string): BenchReport => {
	const report = parseJson(text) as Partial<BenchReport> | undefined;
	if (report?.format !== 'halfopen bench' || !Array.isArray(report.results)) {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			`Expected a report of \`halfopen bench --json\` in \`${name}\``,
		);
	}

	if (report.version !== REPORT_VERSION) {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			`Expected a report of version ${REPORT_VERSION} in \`${name}\`, got \`${report.version}\``,
		);
	}

	return report as BenchReport;
};

const parseJson = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};
