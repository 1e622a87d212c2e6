import type {HostReport, ScanSummary} from '@halfopen/model';

/** What a report says of itself before the first host. */
export interface ReportHead {
	readonly version: string;
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
	/** As `formatCommandLine` makes it. */
	readonly commandLine: string;
}

/** How a scan ended: by itself, or by the user. */
export type ScanOutcome = 'finished' | 'interrupted';

/**
 * A report in the making: text for its beginning, for each host as it is done, and for its end. What is
 * returned is complete lines, or an empty string when there is nothing to say.
 */
export interface ReportFormat {
	begin(head: ReportHead): string;
	host(report: HostReport): string;
	/** `endedAt` in milliseconds since the epoch; the outcome is `finished` unless told otherwise. */
	end(summary: ScanSummary, endedAt: number, outcome?: ScanOutcome): string;
}
