import type {Address, HostReport, PortResult, Progress, Reason, ScanPlan, ScanSummary} from '@halfopen/model';

/** What a report says of itself before the first host. */
export interface ReportHead extends Pick<
	ScanPlan,
	'scanType' | 'hostsTotal' | 'ports' | 'discovery' | 'onlyBy'
> {
	readonly version: string;
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
	/** As `formatCommandLine` makes it. */
	readonly commandLine: string;
	/** The report goes behind an earlier one in the same file. */
	readonly isContinued?: boolean;
}

/** A port that has its state, as soon as it has it. */
export interface FoundPort {
	readonly address: Address;
	readonly result: PortResult;
	/** Milliseconds since the epoch. */
	readonly foundAt: number;
	/** A late answer: its host was reported already. */
	readonly late: boolean;
	/** No report of its host follows, so this is all that a report says of it. */
	readonly isAlone: boolean;
}

/** A host that is up, as soon as that is known. */
export interface FoundHost {
	readonly address: Address;
	readonly reason: Reason;
	readonly ttl: number;
	readonly mac?: string;
	/** Milliseconds since the epoch. */
	readonly foundAt: number;
}

/** How a scan ended: by itself, by the user, or because something failed on the way. */
export type ScanOutcome = 'finished' | 'interrupted' | 'failed';

/**
 * A report in the making: text for its beginning, for each host as it is done, and for its end. What is
 * returned is complete lines, or an empty string when there is nothing to say. Between any two calls the end may
 * follow, and the report is complete: a format keeps open nothing that its end does not close.
 */
export interface ReportFormat {
	/** Every line says something by itself: the report may lose its last lines, also some of those of one host. */
	readonly hasLooseLines?: true;
	begin(head: ReportHead): string;
	/** The ports of the host are scanned from now on; its report follows. */
	hostFound?(found: FoundHost): string;
	port?(found: FoundPort): string;
	host(report: HostReport): string;
	/** How far the scan is, when somebody asked; `at` in milliseconds since the epoch. */
	progress?(progress: Progress, at: number): string;
	/** Something that the reader should know. The text may come from the network. */
	warning?(message: string): string;
	/**
	 * `endedAt` in milliseconds since the epoch; the outcome is `finished` unless told otherwise. `problem` is what
	 * failed, for a scan that did.
	 */
	end(summary: ScanSummary, endedAt: number, outcome?: ScanOutcome, problem?: string): string;
}
