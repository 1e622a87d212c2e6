import {isTold} from '../host/hidden-states.ts';
import type {ReportFormat} from '../report-format.ts';
import {endMembers, headMembers, hostParts, type HostPartsOptions, type Members} from './json-parts.ts';
import {json} from './json-text.ts';

/** Warnings wait for the end of the document; what is beyond these is counted. */
const MOST_WARNINGS = 1000;

/** One JSON document with a line for each host; see schema/json-1.json. */
export const jsonFormat = (options: HostPartsOptions): ReportFormat => {
	const parts = hostParts(options);
	let separator = '';
	const warnings: string[] = [];
	let warningsLeftOut = 0;
	const element = (host: Members): string => {
		const line = `${separator}{${host}}\n`;
		separator = ',';
		return line;
	};

	return {
		begin: head => {
			separator = '';
			return `{${headMembers(head)},"results":[\n`;
		},
		port: found => (found.isAlone ? element(parts.foundPortAsHost(found)) : ''),
		host: report => (isTold(report, options) ? element(parts.host(report)) : ''),
		warning: message => {
			if (warnings.length < MOST_WARNINGS) {
				warnings.push(message);
			} else {
				warningsLeftOut++;
			}

			return '';
		},
		end: (summary, endedAt, outcome = 'finished', problem) => {
			const leftOut = warningsLeftOut === 0 ? '' : `,"warningsLeftOut":${warningsLeftOut}`;
			return `],"warnings":${json(warnings)}${leftOut},"end":{${endMembers(summary, endedAt, outcome, problem)}}}\n`;
		},
	};
};
