import {MILLISECOND, micros, type Progress, type ScanEvent, type ScanSummary} from '@halfopen/model';
import {formatCommandLine, type ScanOutcome} from '@halfopen/output';
import type {Scan, ScanOptions} from '@halfopen/scanner';
import {EXIT_CODE} from '../process/exit-code.ts';
import type {CommandIo, InterruptSignal} from '../process/io.ts';
import type {CommandLine} from '../options/parse-command-line.ts';
import {
	AUTOMATIC_INTERVAL,
	estimateWorthTelling,
	formatProgress,
	type ToldEstimate,
} from './progress-reporter.ts';
import {namingOption} from '../options/option-error.ts';
import {readNetwork} from './read-network.ts';
import {readTargets} from '../targets/read-targets.ts';
import {ScanNarrator} from './scan-narrator.ts';
import {scanOptionsOf} from './scan-options.ts';
import {ScanOutput} from '../report/scan-output.ts';
import type {Settings} from '../options/settings.ts';
import {VERSION} from '../version.ts';

/** Starts a scan: the library's `scan`, or a test's. */
export type StartScan = (options: ScanOptions) => Scan;

/** Runs the scan that a command line asks for. Resolves with the exit code. */
export const runScan = async (
	commandLine: CommandLine,
	io: CommandIo,
	loadScan: () => Promise<StartScan>,
): Promise<number> => {
	const typed = await readTargets(commandLine, io);
	const {simulateFile} = commandLine.settings;
	const simulated = simulateFile === undefined ? {} : {simulate: await readNetwork(simulateFile)};
	const output = await ScanOutput.open(commandLine.settings, io);
	const interrupt = new AbortController();
	let interruptedBy: InterruptSignal | undefined;
	const ignoreInterrupts = io.onInterrupt(signal => {
		interruptedBy = signal;
		interrupt.abort();
	});
	try {
		const options = {...scanOptionsOf(commandLine.settings, typed, interrupt.signal), ...simulated};
		const isEmpty = typed.targets.length === 0 && simulateFile === undefined;
		const scan = isEmpty ? EMPTY_SCAN : (await loadScan())(options);
		await follow(scan, commandLine, output, io, () =>
			interruptedBy === undefined ? 'finished' : 'interrupted',
		);
		return interruptedBy === undefined ? EXIT_CODE.done : EXIT_CODE[interruptedBy];
	} finally {
		ignoreInterrupts();
		await output.close();
	}
};

/** Prints what a scan says until it ends. */
const follow = async (
	scan: Scan,
	{settings, words}: CommandLine,
	output: ScanOutput,
	io: CommandIo,
	outcome: () => ScanOutcome,
): Promise<void> => {
	const narrator = new ScanNarrator(settings);
	const stopProgress = tellProgress(scan, narrator, settings, output, io);
	let hasBegun = false;
	let hostsTotal = 0;
	try {
		for await (const event of scan) {
			hostsTotal = event.type === 'started' ? event.plan.hostsTotal : hostsTotal;
			if (!hasBegun) {
				hasBegun = true;
				await output.begin({version: VERSION, startedAt: io.now(), commandLine: formatCommandLine(words)});
			}

			await output.narrate(narrator.tell(event, io.now()));
			await report(event, settings, output, io, outcome);
			if (event.type === 'host' && hostsTotal <= FEW_HOSTS && event.report.problem !== undefined) {
				await output.warn(event.report.problem);
			}
		}
	} catch (error) {
		if (hasBegun) {
			await output.abandon(summaryOf(scan.progress()), io.now());
		}

		throw hasBegun ? error : namingOption(error, settings);
	} finally {
		stopProgress();
	}
};

/** Of so many hosts each that cannot be asked is told why; of more, only with -v. */
const FEW_HOSTS = 4;

/** What of an event belongs to the report itself. */
const report = async (
	event: ScanEvent,
	settings: Settings,
	output: ScanOutput,
	io: CommandIo,
	outcome: () => ScanOutcome,
): Promise<void> => {
	switch (event.type) {
		case 'started': {
			if (event.plan.scanType === 'connect' && settings.packetTrace) {
				await output.warn('a connect scan has no packets to trace; -d2 tells every connection');
			}

			break;
		}

		case 'warning': {
			await output.warn(event.message);
			break;
		}

		case 'host': {
			await output.host(event.report);
			break;
		}

		case 'end': {
			if (event.summary.hostsTotal === 0) {
				await output.warn('there are no targets, so nothing is scanned');
			}

			await output.end(event.summary, io.now(), outcome());
			break;
		}

		default:
	}
};

/** Status lines by --stats-every, and with -v when there is news. Returns how to stop them. */
const tellProgress = (
	scan: Scan,
	narrator: ScanNarrator,
	settings: Settings,
	output: ScanOutput,
	io: CommandIo,
): (() => void) => {
	const tell = (progress: Progress): void => {
		// A failure to write shows at the next event.
		output.narrate({screen: formatProgress(narrator.task, progress, io.now()), both: ''}).catch(() => {});
	};
	if (settings.statsEvery !== undefined) {
		return io.every(settings.statsEvery / MILLISECOND, () => {
			tell(scan.progress());
		});
	}

	let told: ToldEstimate | undefined;
	return settings.verbosity === 0
		? () => {}
		: io.every(AUTOMATIC_INTERVAL, () => {
				const progress = scan.progress();
				const estimate = estimateWorthTelling(progress, told);
				if (estimate !== undefined) {
					told = estimate;
					tell(progress);
				}
			});
};

/** What is known of a scan that did not get to its end. */
const summaryOf = ({elapsed, hostsDone, hostsTotal, hostsUp, probesSent}: Progress): ScanSummary => ({
	...NO_TRAFFIC,
	elapsed,
	hostsUp,
	hostsDown: hostsDone - hostsUp,
	hostsTotal,
	probesSent,
});

const NO_TRAFFIC: ScanSummary = {
	hostsUp: 0,
	hostsDown: 0,
	hostsTotal: 0,
	elapsed: micros(0),
	probesSent: 0,
	probesSentBytes: 0,
	repliesReceived: 0,
	repliesReceivedBytes: 0,
	expectedMissed: 0,
	portsScanned: 0,
	portsAnswered: 0,
	repliesRedundant: 0,
	rejected: {malformed: 0, unsolicited: 0, wrongCookie: 0, wrongQuote: 0, shortQuote: 0},
	lost: {repliesLost: 0, kernelDrops: 0, sendErrors: 0},
};

/** A scan without targets: it opens nothing, so it needs no privilege. */
const EMPTY_SCAN: Scan = {
	progress: () => ({
		elapsed: micros(0),
		hostsDone: 0,
		hostsUp: 0,
		hostsActive: 0,
		hostsTotal: 0,
		portsDone: 0,
		portsTotal: 0,
		probesSent: 0,
		rate: 0,
	}),
	setRate: () => {},
	async *batches() {
		yield [{type: 'end', summary: NO_TRAFFIC}];
	},
	async *[Symbol.asyncIterator]() {
		yield {type: 'end', summary: NO_TRAFFIC};
	},
};
