import {formatAddress} from '@halfopen/model';
import type {HidingRules} from '../host/hidden-states.ts';
import {textPerPortResult} from '../host/per-port-result.ts';
import type {ReportFormat} from '../report-format.ts';
import {formatEndComment, formatHeadComment, formatWarningComment} from '../text/comment-lines.ts';
import {portLines} from './port-lines.ts';

/** Masscan's list: `open tcp 80 192.0.2.7 1795351961`, with the time in seconds since the epoch. */
export const listFormat = (rules: HidingRules): ReportFormat => {
	const about = textPerPortResult(({state, port}) => `${state} tcp ${port} `);
	return {
		begin: head => `#masscan\n${formatHeadComment(head)}`, // The first line is how the format is known
		...portLines(rules, ({address, at}) => {
			const rest = `${formatAddress(address)} ${Math.floor(at / 1000)}\n`;
			return result => about(result) + rest;
		}),
		warning: formatWarningComment,
		end: (summary, endedAt, outcome = 'finished') => `${formatEndComment(summary, endedAt, outcome)}# end\n`,
	};
};
