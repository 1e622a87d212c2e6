import {
	formatAddress,
	formatPortRanges,
	portRangesOf,
	type Address,
	type HostReport,
	type PortResult,
} from '@halfopen/model';
import {isTold, splitPorts, type HiddenState, type HidingRules} from '../host/hidden-states.ts';
import {textPerPortResult} from '../host/per-port-result.ts';
import {type NamedServices, serviceCells} from '../host/service-cells.ts';
import type {ReportFormat, ReportHead} from '../report-format.ts';
import {formatEndComment, formatHeadComment, formatWarningComment} from '../text/comment-lines.ts';
import {escapeName, escapeText} from '../text/escape-text.ts';
import {joined} from '../text/joined.ts';

/** Nmap's grepable output: a host in a line or two, with tabs between the fields. */
export const grepableFormat = (options: HidingRules & NamedServices): ReportFormat => {
	const formatPort = portFields(options);

	const ports = (report: HostReport, start: string): string => {
		if (report.ports.length === 0) {
			return '';
		}

		const {listed, hidden} = splitPorts(report.ports, options);
		return `${start}\tPorts: ${joined(listed, formatPort, ', ')}${ignoredState(hidden)}\n`;
	};

	const hostLines = (report: HostReport): string => {
		const start = host(report.address, report.reverseName);
		if (report.status !== 'up') {
			return `${start}\tStatus: ${report.status === 'down' ? 'Down' : 'Unknown'}\n`;
		}

		const timeout = report.isIncomplete ? `${start}\tStatus: Timeout\n` : '';
		return `${start}\tStatus: Up\n${ports(report, start)}${timeout}`;
	};

	return {
		begin: head => formatHeadComment(head) + (options.verbosity > 0 ? portsScanned(head) : ''),
		port: ({address, result, isAlone}) => (isAlone ? `${host(address)}\tPorts: ${formatPort(result)}\n` : ''),
		host: report => (isTold(report, options) ? hostLines(report) : ''),
		warning: formatWarningComment,
		end: (summary, endedAt, outcome = 'finished') => formatEndComment(summary, endedAt, outcome),
	};
};

const portsScanned = ({ports}: ReportHead): string =>
	`# Ports scanned: TCP(${ports.length};${formatPortRanges(portRangesOf(ports))}) UDP(0;) SCTP(0;) PROTOCOLS(0;)\n`;

/** The name is the one from reverse DNS. */
const host = (address: Address, name = ''): string => `Host: ${formatAddress(address)} (${escapeName(name)})`;

/** port/state/protocol/owner/service/RPC/version/ */
const portFields = (options: NamedServices): ((result: PortResult) => string) => {
	const serviceOn = serviceCells(options, name => escapeText(name).replaceAll(SEPARATOR, '|'));
	return textPerPortResult(({port, state}) => `${port}/${state}/tcp//${serviceOn(port)}///`);
};

/** What stands between fields and between ports. */
const SEPARATOR = /[/,]/g;

/** There is room for one state; of two, neither is told. */
const ignoredState = (hidden: readonly HiddenState[]): string =>
	hidden.length === 1 ? `\tIgnored State: ${hidden[0].state} (${hidden[0].total})` : '';
