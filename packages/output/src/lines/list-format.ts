import type {HidingRules} from '../host/hidden-states.ts';
import type {ReportFormat} from '../report-format.ts';
import {formatEndComment, formatHeadComment, formatWarningComment} from '../text/comment-lines.ts';
import {lastText} from './last-text.ts';
import {portLines} from './port-lines.ts';

/** Masscan's list: `open tcp 80 192.0.2.7 1795351961`, with the time in seconds since the epoch. */
export const listFormat = (rules: HidingRules): ReportFormat => {
	const text = lastText();
	return {
		begin: head => `#masscan\n${formatHeadComment(head)}`, // The first line is how the format is known
		...portLines(
			rules,
			({address, result, at}) =>
				`${result.state} tcp ${result.port} ${text(address)} ${Math.floor(at / 1000)}\n`,
		),
		warning: formatWarningComment,
		end: (summary, endedAt, outcome = 'finished') => `${formatEndComment(summary, endedAt, outcome)}# end\n`,
	};
};
