import {formatAddress, type HostReport, type Reason} from '@halfopen/model';
import type {HidingRules} from '../host/hidden-states.ts';
import {textPerPortResult} from '../host/per-port-result.ts';
import type {ReportFormat} from '../report-format.ts';
import {formatEndComment, formatHeadComment, formatWarningComment} from '../text/comment-lines.ts';
import {portLines} from './port-lines.ts';

/** Masscan's list: `open tcp 80 192.0.2.7 1795351961`, with the time in seconds since the epoch. */
export const listFormat = (rules: HidingRules): ReportFormat => {
	const about = textPerPortResult(({state, port}) => `${state} tcp ${port} `);
	const lines = portLines(rules, ({address, at}) => {
		const rest = `${formatAddress(address)} ${Math.floor(at / 1000)}\n`;
		return result => about(result) + rest;
	});
	let isAboutHosts = false;
	return {
		hasLooseLines: true,
		begin: head => {
			isAboutHosts = head.discovery.only;
			return `#masscan\n${formatHeadComment(head)}`; // The first line is how the format is known
		},
		port: lines.port,
		host: report => (isAboutHosts ? hostLine(report) : lines.host(report)),
		warning: formatWarningComment,
		end: (summary, endedAt, outcome = 'finished') => `${formatEndComment(summary, endedAt, outcome)}# end\n`,
	};
};

/** A host that is up, as masscan lists those that answer its pings; by other answers too, which have no line of their own. */
const hostLine = ({status, reason, address, endedAt}: HostReport): string =>
	status === 'up'
		? `open ${BY_LINK.has(reason) ? 'arp' : 'icmp'} 0 ${formatAddress(address)} ${Math.floor(endedAt / 1000)}\n`
		: '';

const BY_LINK: ReadonlySet<Reason> = new Set(['arp-response', 'nd-response']);
