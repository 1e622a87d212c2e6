import {
	formatAddress,
	formatPortRanges,
	portRangesOf,
	type Address,
	type HostReport,
	type PortResult,
} from '@halfopen/model';
import {serviceName} from '@halfopen/services';
import {isTold, splitPorts, type HiddenState, type HidingRules} from '../host/hidden-states.ts';
import type {ReportFormat, ReportHead} from '../report-format.ts';
import {formatEndComment, formatHeadComment, formatWarningComment} from '../text/comment-lines.ts';
import {escapeName} from '../text/escape-text.ts';

/** Nmap's grepable output: a host in a line or two, with tabs between the fields. */
export const grepableFormat = (rules: HidingRules): ReportFormat => ({
	begin: head => formatHeadComment(head) + (rules.verbosity > 0 ? portsScanned(head) : ''),
	port: ({address, result, isAlone}) => (isAlone ? `${host(address)}\tPorts: ${formatPort(result)}\n` : ''),
	host: report => (isTold(report, rules) ? hostLines(report, rules) : ''),
	warning: formatWarningComment,
	end: (summary, endedAt, outcome = 'finished') => formatEndComment(summary, endedAt, outcome),
});

const portsScanned = ({ports}: ReportHead): string =>
	`# Ports scanned: TCP(${ports.length};${formatPortRanges(portRangesOf(ports))}) UDP(0;) SCTP(0;) PROTOCOLS(0;)\n`;

const hostLines = (report: HostReport, rules: HidingRules): string => {
	const start = host(report.address, report.reverseName);
	if (report.status !== 'up') {
		return `${start}\tStatus: ${report.status === 'down' ? 'Down' : 'Unknown'}\n`;
	}

	const timeout = report.isIncomplete ? `${start}\tStatus: Timeout\n` : '';
	return `${start}\tStatus: Up\n${ports(report, start, rules)}${timeout}`;
};

/** The name is the one from reverse DNS. */
const host = (address: Address, name = ''): string => `Host: ${formatAddress(address)} (${escapeName(name)})`;

const ports = (report: HostReport, start: string, rules: HidingRules): string => {
	if (report.ports.length === 0) {
		return '';
	}

	const {listed, hidden} = splitPorts(report.ports, rules);
	return `${start}\tPorts: ${listed.map(formatPort).join(', ')}${ignoredState(hidden)}\n`;
};

/** port/state/protocol/owner/service/RPC/version/ */
const formatPort = ({port, state}: PortResult): string =>
	`${port}/${state}/tcp//${serviceName(port)?.replaceAll('/', '|') ?? ''}///`;

/** There is room for one state; of two, neither is told. */
const ignoredState = (hidden: readonly HiddenState[]): string =>
	hidden.length === 1 ? `\tIgnored State: ${hidden[0].state} (${hidden[0].total})` : '';
