// The first and the last line of reports in which what follows # is a comment.

import type {ScanSummary} from '@halfopen/model';
import {formatTotals} from '../normal/summary-lines.ts';
import type {ReportHead, ScanOutcome} from '../report-format.ts';
import {formatCtime} from './date-text.ts';
import {escapeText} from './escape-text.ts';

/** `# halfopen 0.1.0 scan initiated Sun Nov 22 12:53:20 2026 as: halfopen -n localhost`. */
export const formatHeadComment = ({version, startedAt, commandLine}: ReportHead): string =>
	`# halfopen ${version} scan initiated ${formatCtime(startedAt)} as: ${commandLine}\n`;

/** `# Warning: …`. */
export const formatWarningComment = (message: string): string => `# Warning: ${escapeText(message)}\n`;

/** `# halfopen done at Sun Nov 22 12:53:22 2026 -- 1 IP address (1 host up) scanned in 1.41 seconds`. */
export const formatEndComment = (summary: ScanSummary, endedAt: number, outcome: ScanOutcome): string =>
	`# ${ENDED[outcome]} at ${formatCtime(endedAt)} -- ${formatTotals(summary, outcome)}\n`;

/** What is said of each way to end. */
export const ENDED: Readonly<Record<ScanOutcome, string>> = {
	finished: 'halfopen done',
	interrupted: 'halfopen interrupted',
	failed: 'halfopen failed',
};
