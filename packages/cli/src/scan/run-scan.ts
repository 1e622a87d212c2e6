import type {Scan, ScanOptions} from '@halfopen/scanner';
import type {CommandLine} from '../options/parse-command-line.ts';
import {EXIT_CODE} from '../process/exit-code.ts';
import type {CommandIo, InterruptSignal} from '../process/io.ts';
import {ScanOutput} from '../report/scan-output.ts';
import {readTargets} from '../targets/read-targets.ts';
import {openScreen, type Screen} from '../terminal/screen.ts';
import {VendorNames} from '../vendors/vendor-names.ts';
import {EMPTY_SCAN} from './empty-scan.ts';
import {Explainer} from './explainer.ts';
import {readNetwork} from './read-network.ts';
import {type FoundServices, readServices} from './read-services.ts';
import {ScanFollower} from './scan-follower.ts';
import {namesPorts, scanOptionsOf, tellsStories} from './scan-options.ts';
import {openStatusFile, type StatusFile} from './status-file.ts';

/** Starts a scan: the library's `scan`, or a test's. */
export type StartScan = (options: ScanOptions) => Scan;

/** Runs the scan that a command line asks for. Resolves with the exit code. */
export const runScan = async (
	commandLine: CommandLine,
	process: CommandIo,
	loadScan: () => Promise<StartScan>,
): Promise<number> => {
	const screen = openScreen(process, commandLine.settings);
	const {io} = screen;
	const wanted = await readScan(commandLine, io);
	const interrupt = new AbortController();
	let interruptedBy: InterruptSignal | undefined;
	let output: ScanOutput | undefined;
	// As long as files are open: a signal that nobody heeded would leave them as they are.
	const ignoreInterrupts = io.onInterrupt(signal => {
		if (output?.hasEnded !== true) {
			interruptedBy = signal;
			interrupt.abort();
		}
	});
	try {
		const vendors = new VendorNames();
		const services = wanted.found?.services;
		output = await ScanOutput.open(
			{...commandLine.settings, vendorOf: vendors.vendorOf, ...(services !== undefined && {services})},
			io,
		);
		await followScan({commandLine, wanted, screen, output, vendors, interrupt, loadScan});
		return interruptedBy === undefined ? EXIT_CODE.done : EXIT_CODE[interruptedBy];
	} finally {
		ignoreInterrupts();
	}
};

/** A scan that is begun, and where it is told. */
interface BegunScan {
	readonly commandLine: CommandLine;
	readonly wanted: WantedScan;
	readonly screen: Screen;
	readonly output: ScanOutput;
	readonly vendors: VendorNames;
	readonly interrupt: AbortController;
	readonly loadScan: () => Promise<StartScan>;
}

/** Scans to the end, and closes all files. */
const followScan = async ({
	commandLine,
	wanted: {options, isEmpty, found, explainer},
	screen: {io, line},
	output,
	vendors,
	interrupt,
	loadScan,
}: BegunScan): Promise<void> => {
	const {settings} = commandLine;
	let statusFile: StatusFile | undefined;
	try {
		statusFile = settings.statusFile === undefined ? undefined : await openStatusFile(settings.statusFile);
		const follower = new ScanFollower({
			scan: isEmpty ? EMPTY_SCAN : (await loadScan())({...options, signal: interrupt.signal}),
			commandLine,
			output,
			io,
			interrupt,
			vendors,
			...(explainer !== undefined && {explainer}),
			...(found !== undefined && {servicesFile: found.file}),
		});
		await follower.follow({
			...(line !== undefined && {line}),
			...(statusFile !== undefined && {statusFile}),
		});
	} finally {
		await output.close();
		const problem = await statusFile?.close();
		if (problem !== undefined) {
			await output.warn(problem.message);
		}
	}
};

/** A scan that is known whole, before anything is opened or sent for it. */
interface WantedScan {
	readonly options: ScanOptions;
	/** Lists of targets may be empty; somebody is asked all the same where hosts are described or looked for. */
	readonly isEmpty: boolean;
	/** Names of services that are not our own. */
	readonly found: FoundServices | undefined;
	/** Where explanations are wanted. */
	readonly explainer: Explainer | undefined;
}

/** Reads all files that say what is to be scanned. */
const readScan = async (commandLine: CommandLine, io: CommandIo): Promise<WantedScan> => {
	const {settings} = commandLine;
	const typed = await readTargets(commandLine, io);
	const simulate = settings.simulateFile === undefined ? undefined : await readNetwork(settings.simulateFile);
	const found = namesPorts(settings) ? await readServices(settings, io) : undefined;
	return {
		options: {
			...scanOptionsOf(settings, typed),
			...(found !== undefined && {services: found.list}),
			...(simulate !== undefined && {simulate}),
		},
		isEmpty:
			typed.targets.length === 0 &&
			typed.pairs === undefined &&
			simulate === undefined &&
			!settings.ipv6Multicast,
		found,
		explainer: tellsStories(settings) ? new Explainer(settings, found?.services) : undefined,
	};
};
