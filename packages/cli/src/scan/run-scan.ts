import type {Scan, ScanOptions} from '@halfopen/scanner';
import type {CommandLine} from '../options/parse-command-line.ts';
import {EXIT_CODE} from '../process/exit-code.ts';
import type {CommandIo, InterruptSignal} from '../process/io.ts';
import {ScanOutput} from '../report/scan-output.ts';
import {readTargets} from '../targets/read-targets.ts';
import {openScreen} from '../terminal/screen.ts';
import {VendorNames} from '../vendors/vendor-names.ts';
import {EMPTY_SCAN} from './empty-scan.ts';
import {Explainer} from './explainer.ts';
import {readNetwork} from './read-network.ts';
import {readServices} from './read-services.ts';
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
	const {settings} = commandLine;
	const {io, line} = openScreen(process, settings);
	const typed = await readTargets(commandLine, io);
	const simulate = settings.simulateFile === undefined ? undefined : await readNetwork(settings.simulateFile);
	const found = namesPorts(settings) ? await readServices(settings, io) : undefined;
	const explainer = tellsStories(settings) ? new Explainer(settings, found?.services) : undefined;
	const vendors = new VendorNames();
	const output = await ScanOutput.open(
		{
			...settings,
			vendorOf: vendors.vendorOf,
			...(found !== undefined && {services: found.services}),
		},
		io,
	);
	const interrupt = new AbortController();
	let statusFile: StatusFile | undefined;
	let interruptedBy: InterruptSignal | undefined;
	const ignoreInterrupts = io.onInterrupt(signal => {
		if (!output.hasEnded) {
			interruptedBy = signal;
			interrupt.abort();
		}
	});
	try {
		statusFile = settings.statusFile === undefined ? undefined : await openStatusFile(settings.statusFile);
		const options: ScanOptions = {
			...scanOptionsOf(settings, typed),
			...(found !== undefined && {services: found.list}),
			...(simulate !== undefined && {simulate}),
			signal: interrupt.signal,
		};
		const isEmpty =
			typed.targets.length === 0 &&
			typed.pairs === undefined &&
			simulate === undefined &&
			!settings.ipv6Multicast;
		const follower = new ScanFollower({
			scan: isEmpty ? EMPTY_SCAN : (await loadScan())(options),
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
		return interruptedBy === undefined ? EXIT_CODE.done : EXIT_CODE[interruptedBy];
	} finally {
		ignoreInterrupts();
		await output.close();
		const problem = await statusFile?.close();
		if (problem !== undefined) {
			await output.warn(problem.message);
		}
	}
};
