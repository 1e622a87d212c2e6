import path from 'node:path';
import {
	type HostReport,
	micros,
	NOTHING_SENT,
	type Progress,
	type ScanEvent,
	type ScanPlan,
	type ScanSummary,
	WITHOUT_DISCOVERY,
} from '@halfopen/model';
import {escapeText, formatCommandLine} from '@halfopen/output';
import type {Scan} from '@halfopen/scanner';
import {namingOption} from '../options/option-error.ts';
import {warningText} from '../options/warning-text.ts';
import type {CommandLine} from '../options/parse-command-line.ts';
import {BrokenPipe, type CommandIo} from '../process/io.ts';
import {allOf} from '../report/all-of.ts';
import type {ScanOutput} from '../report/scan-output.ts';
import type {VendorNames} from '../vendors/vendor-names.ts';
import {VERSION} from '../version.ts';
import {attendScan, type Attended} from './attend-scan.ts';
import type {Explainer} from './explainer.ts';
import {type Narration, ScanNarrator} from './scan-narrator.ts';

/** Of so many hosts each that cannot be asked is told why; of more, only with -v. */
const FEW_HOSTS = 4;

/** A scan, and what its follower needs besides. */
export interface Followed {
	readonly scan: Scan;
	readonly commandLine: CommandLine;
	readonly output: ScanOutput;
	readonly io: CommandIo;
	/** Ends the scan. */
	readonly interrupt: AbortController;
	/** Who made the interfaces of hosts. */
	readonly vendors: VendorNames;
	/** For those who want explanations. */
	readonly explainer?: Explainer;
	/** Where the names of services are from, unless they are our own. */
	readonly servicesFile?: string;
}

/** Prints what a scan says until it ends. */
export class ScanFollower {
	readonly #scan: Scan;
	readonly #commandLine: CommandLine;
	readonly #output: ScanOutput;
	readonly #io: CommandIo;
	readonly #interrupt: AbortController;
	readonly #narrator: ScanNarrator;
	readonly #vendors: VendorNames;
	readonly #explainer: Explainer | undefined;
	readonly #servicesFile: string | undefined;
	#plan: ScanPlan = NO_PLAN;

	constructor({scan, commandLine, output, io, interrupt, vendors, explainer, servicesFile}: Followed) {
		this.#scan = scan;
		this.#commandLine = commandLine;
		this.#output = output;
		this.#io = io;
		this.#interrupt = interrupt;
		this.#narrator = new ScanNarrator(commandLine.settings);
		this.#vendors = vendors;
		this.#explainer = explainer;
		this.#servicesFile = servicesFile;
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
			return this.#output.warn(warningText(event.message, this.#commandLine.settings));
		}

		if (!this.#output.hasBegun) {
			return this.#begin(event);
		}

		const wait = this.#vendors.prepareFor(macOf(event));
		return wait === undefined ? this.#report(event) : this.#reportAfter(wait, event);
	}

	async #reportAfter(wait: Promise<void>, event: ScanEvent): Promise<void> {
		await wait;
		await this.#report(event);
	}

	async #begin(first: ScanEvent): Promise<void> {
		this.#plan = first.type === 'started' ? first.plan : NO_PLAN;
		const {scanType, hostsTotal, ports, discovery, onlyBy} = this.#plan;
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
				discovery,
				...(onlyBy !== undefined && {onlyBy}),
			},
			this.#plan,
		);
		if (scanType === 'connect' && (settings.packetTrace || settings.pcapFile !== undefined)) {
			await this.#output.warn('a connect scan has no packets to trace; -d2 tells every connection');
		}

		await this.#report(first);
	}

	#report(event: ScanEvent): Promise<void> | undefined {
		const narration = this.#narrator.tell(event, this.#io.now());
		const explained = this.#explainer?.tell(event) ?? '';
		if (event.type === 'host') {
			return this.#reportHost(event.report, narration, explained);
		}

		const told = this.#output.narrate(narration);
		switch (event.type) {
			case 'port': {
				const {address, result, late} = event;
				const isAlone = this.#plan.sweep?.results === 'stream';
				return allOf([told, this.#output.port({address, result, late, isAlone, foundAt: this.#io.now()})]);
			}

			case 'host-found': {
				return this.#plan.discovery.only
					? told
					: allOf([told, this.#output.hostFound({...event, foundAt: this.#io.now()})]);
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

	#reportHost(report: HostReport, narration: Narration, explained: string): Promise<void> | undefined {
		const {problem} = report;
		const isWorthWarning =
			problem !== undefined && this.#plan.hostsTotal <= FEW_HOSTS && this.#wasToBeScanned(report);
		// The search for hosts ends behind the last host that it decides
		const isOfSearch = this.#plan.discovery.only || report.status === 'down';
		return allOf([
			isOfSearch ? undefined : this.#output.narrate(narration),
			this.#output.host(report),
			isOfSearch ? this.#output.narrate(narration) : undefined,
			this.#output.narrate({screen: '', both: explained}),
			isWorthWarning ? this.#output.warn(problem) : undefined,
		]);
	}

	async #end(summary: ScanSummary, explained: string): Promise<void> {
		await this.#output.narrate({screen: '', both: explained});
		await this.#draw();
		if (summary.hostsTotal === 0) {
			await this.#output.warn('there are no targets, so nothing is scanned');
		}

		if (this.#servicesFile !== undefined && this.#narrator.settings.verbosity > 0) {
			const folder = escapeText(path.dirname(this.#servicesFile));
			await this.#output.narrate({screen: `Read data files from: ${folder}\n`, both: ''});
		}

		if (this.#seemsDown(summary)) {
			await this.#output.narrate({screen: SEEMS_DOWN, both: ''});
		}

		const endedAt = this.#io.now();
		const {failure} = this.#output;
		const isEarly = this.#interrupt.signal.aborted;
		await this.#output.end(
			summary,
			endedAt,
			failure === undefined ? (isEarly ? 'interrupted' : 'finished') : 'failed',
			failure && problemOf(failure.cause),
		);
	}

	/** Whether more than silence kept it from being scanned, or it was to be scanned in spite of that. */
	#wasToBeScanned({probesSent = 0}: HostReport): boolean {
		return this.#plan.discovery.probes.length === 0 || probesSent === 0;
	}

	/** Of a single host it is worth saying what else its silence can mean. */
	#seemsDown({hostsTotal, hostsDown}: ScanSummary): boolean {
		return hostsTotal === 1 && hostsDown === 1 && this.#plan.discovery.probes.length > 0;
	}

	async #draw(): Promise<void> {
		if (this.#output.hasBegun && this.#explainer !== undefined) {
			await this.#output.draw(this.#explainer.picture());
		}
	}
}

const macOf = (event: ScanEvent): string | undefined =>
	event.type === 'host' ? event.report.mac : event.type === 'host-found' ? event.mac : undefined;

const SEEMS_DOWN = 'Note: the host seems to be down. If it is up and only blocks the probes, try -Pn\n';

/** What reports say of the place that failed. */
const problemOf = (cause: unknown): string =>
	cause instanceof BrokenPipe ? 'nobody reads standard output any more' : (cause as Error).message;

/** What is known of a scan that did not get to its end. */
const summaryOf = ({elapsed, hostsDone, hostsTotal, hostsUp, probesSent}: Progress): ScanSummary => ({
	...NOTHING_SENT,
	elapsed,
	hostsUp,
	hostsDown: hostsDone - hostsUp,
	hostsTotal,
	probesSent,
});

const NO_PLAN: ScanPlan = {
	scanType: 'syn',
	hostsTotal: 0,
	ports: new Uint16Array(0),
	startedAt: 0,
	startedAtClock: micros(0),
	discovery: {...WITHOUT_DISCOVERY, neighbours: false},
};
