import type {ScanSummary} from '@halfopen/model';
import {formatCtime, formatDateToMinute} from '../text/date-text.ts';
import {formatHostBlock, type HostBlockOptions} from './host-block.ts';
import type {ReportFormat, ReportHead, ScanOutcome} from '../report-format.ts';
import {formatTotals, formatTraffic} from './summary-lines.ts';

const HOME_PAGE = 'https://github.com/halfopen/halfopen';

export type NormalFormatOptions = HostBlockOptions;

/** Nmap's normal output: the text for people, on the terminal and (`toFile`) in the file of `-oN`. */
export const normalFormat = (options: NormalFormatOptions): ReportFormat => ({
	begin: head => (options.toFile ? fileHead(head) : banner(head)),
	host: report => formatHostBlock(report, options),
	end: (summary, endedAt, outcome = 'finished') =>
		options.toFile
			? fileEnd(summary, endedAt, outcome)
			: `${ended(outcome)}: ${formatTotals(summary, outcome)}\n${options.verbosity > 0 ? formatTraffic(summary) : ''}`,
});

const banner = ({version, startedAt}: ReportHead): string =>
	`Starting halfopen ${version} ( ${HOME_PAGE} ) at ${formatDateToMinute(startedAt)}\n`;

const fileHead = ({version, startedAt, commandLine}: ReportHead): string =>
	`# halfopen ${version} scan initiated ${formatCtime(startedAt)} as: ${commandLine}\n`;

const fileEnd = (summary: ScanSummary, endedAt: number, outcome: ScanOutcome): string =>
	`# ${ended(outcome)} at ${formatCtime(endedAt)} -- ${formatTotals(summary, outcome)}\n`;

const ended = (outcome: ScanOutcome): string =>
	outcome === 'finished' ? 'halfopen done' : 'halfopen interrupted';
