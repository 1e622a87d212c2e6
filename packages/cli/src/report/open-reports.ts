import type {ReportFormat} from '@halfopen/output';
import {optionError, valueError} from '../options/option-error.ts';
import type {CommandIo} from '../process/io.ts';
import {allOf} from './all-of.ts';
import {CaptureFile} from './capture-file.ts';
import {expandFileName} from './file-name.ts';
import {type FileUse, openReportFile, type ReportFile} from './report-file.ts';
import {normalReport, type ReportSettings, wantedReports, type WantedReport} from './report-formats.ts';
import {Sheet} from './sheet.ts';

/** Every place that a scan writes to. */
export interface OpenReports {
	/** Absent when standard output is taken by a report, or is to stay empty. */
	readonly screen: Sheet | undefined;
	readonly reports: readonly Sheet[];
	/** Those of the reports that are text for people. */
	readonly pages: ReadonlySet<Sheet>;
	readonly capture: CaptureFile | undefined;
	readonly picture: ReportFile | undefined;
}

/** The file name that stands for standard output. */
const STANDARD_OUTPUT = '-';

/**
 * Opens the files of all that is wanted, or none.
 * @throws ScanError `ERR_HALFOPEN_OPTION` when one cannot be written, or two have the same name
 */
export const openReports = async (settings: ReportSettings, io: CommandIo): Promise<OpenReports> => {
	const {silent, appendOutput} = settings;
	const wanted = wantedReports(settings).map(report => withTime(report, io));
	const [capture, picture] = [
		withTime({option: '--pcap', name: settings.pcapFile}, io),
		withTime({option: '--explain-svg', name: settings.explainSvg}, io),
	];
	refuseSameName([...wanted, capture, picture]);
	refuseStandardOutput([capture, picture]);
	const useOf = ({hasLooseLines}: ReportFormat): FileUse => ({
		append: appendOutput,
		keepsLines: hasLooseLines,
	});
	const files = new OpenFiles();
	try {
		const reports: Sheet[] = [];
		for (const report of wanted) {
			const format = report.makeFormat();
			const isScreen = report.name === STANDARD_OUTPUT;
			reports.push(new Sheet(format, isScreen ? io.stdout : await files.open(report, useOf(format))));
		}

		const captureFile = await files.openIfNamed(capture, {append: appendOutput});
		const isTaken = silent || wanted.some(({name}) => name === STANDARD_OUTPUT);
		return {
			screen: isTaken ? undefined : new Sheet(normalReport(settings, false), io.stdout),
			reports,
			pages: new Set(reports.filter((_, index) => wanted[index].isPage)),
			capture: captureFile && new CaptureFile(captureFile),
			picture: await files.openIfNamed(picture, {append: false}),
		};
	} catch (error) {
		await files.close();
		throw error;
	}
};

/** A file that an option names, if it does. */
interface NamedFile {
	readonly option: string;
	readonly name: string | undefined;
}

/** With the time in its name, where that has a place for it. */
const withTime = <File extends NamedFile | WantedReport>(file: File, io: CommandIo): File => ({
	...file,
	name: file.name && expandFileName(file.name, new Date(io.now())),
});

class OpenFiles {
	readonly #files: ReportFile[] = [];

	async open({option, name}: {option: string; name: string}, use: FileUse): Promise<ReportFile> {
		const file = await openReportFile(option, name, use);
		this.#files.push(file);
		return file;
	}

	async openIfNamed({option, name}: NamedFile, use: FileUse): Promise<ReportFile | undefined> {
		return name === undefined ? undefined : this.open({option, name}, use);
	}

	async close(): Promise<void> {
		await allOf(this.#files.map(async file => file.close()));
	}
}

const refuseSameName = (files: readonly NamedFile[]): void => {
	for (const [index, {option, name}] of files.entries()) {
		const other = files.slice(0, index).find(earlier => name !== undefined && earlier.name === name);
		if (other !== undefined) {
			const where = name === STANDARD_OUTPUT ? 'standard output' : `\`${name}\``;
			throw optionError(`${other.option} and ${option}: expected different files, got ${where} for both`);
		}
	}
};

const refuseStandardOutput = (files: readonly NamedFile[]): void => {
	const refused = files.find(({name}) => name === STANDARD_OUTPUT);
	if (refused !== undefined) {
		throw valueError(refused.option, 'the name of a file', STANDARD_OUTPUT);
	}
};
