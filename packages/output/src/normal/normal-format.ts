import {formatDiscovered} from '../narration/phase-lines.ts';
import type {ReportFormat, ReportHead} from '../report-format.ts';
import {ENDED, formatEndComment, formatHeadComment, formatWarningComment} from '../text/comment-lines.ts';
import {formatDateToMinute} from '../text/date-text.ts';
import {hostBlocks, type HostBlockOptions} from './host-block.ts';
import {formatTotals, formatTraffic} from './summary-lines.ts';

const HOME_PAGE = 'https://github.com/halfopen/halfopen';

export type NormalFormatOptions = HostBlockOptions;

/** Nmap's normal output: the text for people, on the terminal and (`toFile`) in the file of `-oN`. */
export const normalFormat = (options: NormalFormatOptions): ReportFormat => ({
	begin: head => (options.toFile ? formatHeadComment(head) : banner(head)),
	port: ({address, result, isAlone}) => (isAlone ? formatDiscovered(address, result) : ''),
	host: hostBlocks(options),
	warning: message => (options.toFile ? formatWarningComment(message) : ''),
	end: (summary, endedAt, outcome = 'finished') =>
		options.toFile
			? formatEndComment(summary, endedAt, outcome)
			: `${ENDED[outcome]}: ${formatTotals(summary, outcome)}\n${options.verbosity > 0 ? formatTraffic(summary) : ''}`,
});

const banner = ({version, startedAt}: ReportHead): string =>
	`Starting halfopen ${version} ( ${HOME_PAGE} ) at ${formatDateToMinute(startedAt)}\n`;
