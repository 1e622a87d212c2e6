import {micros, type Progress, type ScanEvent, type ScanPlan, type ScanSummary} from '@halfopen/model';
import {formatCommandLine} from '@halfopen/output';
import type {Scan, ScanOptions} from '@halfopen/scanner';
import {EXIT_CODE} from '../process/exit-code.ts';
import {BrokenPipe, type CommandIo, type InterruptSignal} from '../process/io.ts';
import type {CommandLine} from '../options/parse-command-line.ts';
import {attendScan, type Attended} from './attend-scan.ts';
import {openStatusFile, type StatusFile} from './status-file.ts';
import {openScreen} from '../terminal/screen.ts';
import {namingOption} from '../options/option-error.ts';
import {readNetwork} from './read-network.ts';
import {readTargets} from '../targets/read-targets.ts';
import {Explainer} from './explainer.ts';
import {ScanNarrator} from './scan-narrator.ts';
import {scanOptionsOf} from './scan-options.ts';
import {allOf} from '../report/all-of.ts';
import {ScanOutput} from '../report/scan-output.ts';
import {VERSION} from '../version.ts';

/** Starts a scan: the library's `scan`, or a test's. */
export type StartScan = (options: ScanOptions) => Scan;

/** Runs the scan that a command line asks for. Resolves with the exit code. */
export const runScan = async (
	commandLine: CommandLine,
	process: CommandIo,
	loadScan: () => Promise<StartScan>,
): Promise<number> => {
	const {io, line} = openScreen(process, commandLine.settings);
	const typed = await readTargets(commandLine, io);
	const {simulateFile, statusFile: statusName} = commandLine.settings;
	const simulated = simulateFile === undefined ? {} : {simulate: await readNetwork(simulateFile)};
	const {explain, explainSvg} = commandLine.settings;
	const explainer =
		explain === undefined && explainSvg === undefined ? undefined : new Explainer(commandLine.settings);
	const output = await ScanOutput.open(commandLine.settings, io);
	const interrupt = new AbortController();
	let statusFile: StatusFile | undefined;
	let interruptedBy: InterruptSignal | undefined;
	const ignoreInterrupts = io.onInterrupt(signal => {
		interruptedBy = signal;
		interrupt.abort();
	});
	try {
		statusFile = statusName === undefined ? undefined : await openStatusFile(statusName);
		const options = {...scanOptionsOf(commandLine.settings, typed, interrupt.signal), ...simulated};
		const isEmpty = typed.targets.length === 0 && typed.pairs === undefined && simulateFile === undefined;
		const scan = isEmpty ? EMPTY_SCAN : (await loadScan())(options);
		await new ScanFollower(scan, commandLine, output, io, interrupt, explainer).follow({
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
	readonly #explainer: Explainer | undefined;
	#plan: ScanPlan = NO_PLAN;

	constructor(
		scan: Scan,
		commandLine: CommandLine,
		output: ScanOutput,
		io: CommandIo,
		interrupt: AbortController,
		explainer: Explainer | undefined,
	) {
		this.#scan = scan;
		this.#commandLine = commandLine;
		this.#output = output;
		this.#io = io;
		this.#interrupt = interrupt;
		this.#narrator = new ScanNarrator(commandLine.settings);
		this.#explainer = explainer;
	}

	/** @throws what the scan failed with, or a report that could not be written */
	async follow(told: Pick<Attended, 'line' | 'statusFile'>): Promise<void> {
		const {settings} = this.#commandLine;
		const stopAttending = attendScan({
			...told,
			scan: this.#scan,
			narrator: this.#narrator,
			output: this.#output,
			settings,
			io: this.#io,
		});
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
			await this.#draw();
			await this.#output.end(
				summaryOf(this.#scan.progress()),
				this.#io.now(),
				'failed',
				(error as Error).message,
			);
			throw hasBegun ? error : namingOption(error, settings);
		} finally {
			await stopAttending();
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
		this.#explainer?.begin(this.#plan);
		const {words, settings} = this.#commandLine;
		await this.#output.begin(
			{
				version: VERSION,
				startedAt: this.#io.now(),
				commandLine: formatCommandLine(words),
				scanType,
				hostsTotal,
				ports,
			},
			this.#plan,
		);
		if (scanType === 'connect' && (settings.packetTrace || settings.pcapFile !== undefined)) {
			await this.#output.warn('a connect scan has no packets to trace; -d2 tells every connection');
		}

		await this.#report(first);
	}

	#report(event: ScanEvent): Promise<void> | undefined {
		const told = this.#output.narrate(this.#narrator.tell(event, this.#io.now()));
		const explained = this.#explainer?.tell(event) ?? '';
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
					this.#output.narrate({screen: '', both: explained}),
					isWorthWarning ? this.#output.warn(problem) : undefined,
				]);
			}

			case 'packet': {
				return allOf([told, this.#output.packet(event.packet)]);
			}

			case 'end': {
				return this.#end(event.summary, explained);
			}

			default: {
				return told;
			}
		}
	}

	async #end(summary: ScanSummary, explained: string): Promise<void> {
		await this.#output.narrate({screen: '', both: explained});
		await this.#draw();
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

	async #draw(): Promise<void> {
		if (this.#output.hasBegun && this.#explainer !== undefined) {
			await this.#output.draw(this.#explainer.picture());
		}
	}
}

/** What reports say of the place that failed. */
const problemOf = (cause: unknown): string =>
	cause instanceof BrokenPipe ? 'nobody reads standard output any more' : (cause as Error).message;

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
