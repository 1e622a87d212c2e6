import {isTold, type HidingRules} from '../host/hidden-states.ts';
import type {ReportFormat} from '../report-format.ts';
import {endMembers, foundPortMembers, headMembers, hostMembers} from './json-parts.ts';
import {jsonText} from './json-text.ts';

/** A JSON object in each line, for each thing as it happens; see schema/ndjson-1.json. */
export const ndjsonFormat = (rules: HidingRules): ReportFormat => ({
	begin: head => `{"type":"started",${headMembers(head)}}\n`,
	port: found =>
		rules.onlyOpen && found.result.state !== 'open' ? '' : `{"type":"port",${foundPortMembers(found)}}\n`,
	host: report => (isTold(report, rules) ? `{"type":"host",${hostMembers(report, rules)}}\n` : ''),
	warning: message => `{"type":"warning","message":${jsonText(message)}}\n`,
	end: (summary, endedAt, outcome = 'finished', problem) =>
		`{"type":"end",${endMembers(summary, endedAt, outcome, problem)}}\n`,
});
