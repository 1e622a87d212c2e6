import {isTold} from '../host/hidden-states.ts';
import type {ReportFormat} from '../report-format.ts';
import {endMembers, headMembers, hostParts, type HostPartsOptions} from './json-parts.ts';
import {jsonText} from './json-text.ts';

/** A JSON object in each line, for each thing as it happens; see schema/ndjson-1.json. */
export const ndjsonFormat = (options: HostPartsOptions): ReportFormat => {
	const parts = hostParts(options);
	return {
		begin: head => `{"type":"started",${headMembers(head)}}\n`,
		hostFound: found => `{"type":"host-found",${parts.foundHost(found)}}\n`,
		port: found =>
			options.onlyOpen && found.result.state !== 'open' ? '' : `{"type":"port",${parts.foundPort(found)}}\n`,
		host: report => (isTold(report, options) ? `{"type":"host",${parts.host(report)}}\n` : ''),
		warning: message => `{"type":"warning","message":${jsonText(message)}}\n`,
		end: (summary, endedAt, outcome = 'finished', problem) =>
			`{"type":"end",${endMembers(summary, endedAt, outcome, problem)}}\n`,
	};
};
