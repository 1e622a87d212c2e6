import {
	MILLISECOND,
	micros,
	type Progress,
	type ScanEvent,
	type ScanPlan,
	type ScanSummary,
} from '@halfopen/model';
import {formatCommandLine} from '@halfopen/output';
import type {Scan, ScanOptions} from '@halfopen/scanner';
import {EXIT_CODE} from '../process/exit-code.ts';
import {BrokenPipe, type CommandIo, type InterruptSignal} from '../process/io.ts';
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
import {allOf} from '../report/all-of.ts';
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
		await new ScanFollower(scan, commandLine, output, io, interrupt).follow();
		return interruptedBy === undefined ? EXIT_CODE.done : EXIT_CODE[interruptedBy];
	} finally {
		ignoreInterrupts();
		await output.close();
	}
};

/** Of so many hosts each that cannot be asked is told why; of more, only with -v. */
const FEW_HOSTS = 4;

/** Prints what a scan says until it ends. */
class ScanFollower {
	readonly #scan: Scan;
	readonly #commandLine: CommandLine;
	readonly #output: ScanOutput;
	readonly #io: CommandIo;
	readonly #interrupt: AbortController;
	readonly #narrator: ScanNarrator;
	#plan: ScanPlan = NO_PLAN;

	constructor(
		scan: Scan,
		commandLine: CommandLine,
		output: ScanOutput,
		io: CommandIo,
		interrupt: AbortController,
	) {
		this.#scan = scan;
		this.#commandLine = commandLine;
		this.#output = output;
		this.#io = io;
		this.#interrupt = interrupt;
		this.#narrator = new ScanNarrator(commandLine.settings);
	}

	/** @throws what the scan failed with, or a report that could not be written */
	async follow(): Promise<void> {
		const {settings} = this.#commandLine;
		const stopProgress = tellProgress(this.#scan, this.#narrator, settings, this.#output, this.#io);
		try {
			for await (const batch of this.#scan.batches()) {
				for (const event of batch) {
					const wait = this.#tell(event);
					if (wait !== undefined) {
						await wait;
					}
				}

				if (this.#output.failure !== undefined) {
					this.#interrupt.abort(); // The other reports get what is known.
				}
			}
		} catch (error) {
			const {hasBegun} = this.#output;
			await this.#output.end(
				summaryOf(this.#scan.progress()),
				this.#io.now(),
				'failed',
				(error as Error).message,
			);
			throw hasBegun ? error : namingOption(error, settings);
		} finally {
			stopProgress();
		}

		if (this.#output.failure !== undefined) {
			throw this.#output.failure.cause;
		}
	}

	/** Nothing, or what is to be awaited before the next event. */
	#tell(event: ScanEvent): Promise<void> | undefined {
		if (event.type === 'warning') {
			return this.#output.warn(event.message);
		}

		return this.#output.hasBegun ? this.#report(event) : this.#begin(event);
	}

	async #begin(first: ScanEvent): Promise<void> {
		this.#plan = first.type === 'started' ? first.plan : NO_PLAN;
		const {scanType, hostsTotal, ports} = this.#plan;
		const {words, settings} = this.#commandLine;
		await this.#output.begin({
			version: VERSION,
			startedAt: this.#io.now(),
			commandLine: formatCommandLine(words),
			scanType,
			hostsTotal,
			ports,
		});
		if (scanType === 'connect' && settings.packetTrace) {
			await this.#output.warn('a connect scan has no packets to trace; -d2 tells every connection');
		}

		await this.#report(first);
	}

	#report(event: ScanEvent): Promise<void> | undefined {
		const told = this.#output.narrate(this.#narrator.tell(event, this.#io.now()));
		switch (event.type) {
			case 'port': {
				const {address, result, late} = event;
				const isAlone = this.#plan.sweep?.results === 'stream';
				return allOf([told, this.#output.port({address, result, late, isAlone, foundAt: this.#io.now()})]);
			}

			case 'host': {
				const {problem} = event.report;
				const isWorthWarning = problem !== undefined && this.#plan.hostsTotal <= FEW_HOSTS;
				return allOf([
					told,
					this.#output.host(event.report),
					isWorthWarning ? this.#output.warn(problem) : undefined,
				]);
			}

			case 'end': {
				return this.#end(event.summary);
			}

			default: {
				return told;
			}
		}
	}

	async #end(summary: ScanSummary): Promise<void> {
		if (summary.hostsTotal === 0) {
			await this.#output.warn('there are no targets, so nothing is scanned');
		}

		const {failure} = this.#output;
		const isEarly = this.#interrupt.signal.aborted;
		await this.#output.end(
			summary,
			this.#io.now(),
			failure === undefined ? (isEarly ? 'interrupted' : 'finished') : 'failed',
			failure && problemOf(failure.cause),
		);
	}
}

/** What reports say of the place that failed. */
const problemOf = (cause: unknown): string =>
	cause instanceof BrokenPipe ? 'nobody reads standard output any more' : (cause as Error).message;

/** Status lines by --stats-every, and with -v when there is news. Returns how to stop them. */
const tellProgress = (
	scan: Scan,
	narrator: ScanNarrator,
	settings: Settings,
	output: ScanOutput,
	io: CommandIo,
): (() => void) => {
	const tell = (progress: Progress): void => {
		void output.narrate({screen: formatProgress(narrator.task, progress, io.now()), both: ''});
		void output.progress(progress, io.now());
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

const NO_PLAN: ScanPlan = {
	scanType: 'syn',
	hostsTotal: 0,
	ports: new Uint16Array(0),
	startedAt: 0,
	startedAtClock: micros(0),
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
