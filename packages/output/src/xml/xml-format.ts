import {formatPortRanges, portRangesOf, SECOND, type Progress, type ScanSummary} from '@halfopen/model';
import {isTold, type HidingRules} from '../host/hidden-states.ts';
import type {NamedVendors} from '../host/mac-vendor.ts';
import {probesPerPort} from '../host/probes-per-port.ts';
import type {NamedServices} from '../host/service-cells.ts';
import {pingTask, SCAN_TASK} from '../narration/phase-lines.ts';
import {shareDone, timeRemaining} from '../narration/progress-lines.ts';
import {formatTotals} from '../normal/summary-lines.ts';
import type {ReportFormat, ReportHead, ScanOutcome} from '../report-format.ts';
import {ENDED} from '../text/comment-lines.ts';
import {formatCtime} from '../text/date-text.ts';
import {formatSeconds} from '../text/duration-text.ts';
import {rounded} from '../text/rounded.ts';
import {inSeconds, processingInstruction, xmlHosts} from './xml-host.ts';
import {attributes, escapeMarkup, xmlText} from './xml-text.ts';

export interface XmlFormatOptions extends HidingRules, NamedServices, NamedVendors {
	/** Address of an XSL stylesheet to be named in the document. */
	readonly stylesheet?: string;
}

/** Nmap's XML, valid by its DTD, with what that has no place for in processing instructions. */
export const xmlFormat = (options: XmlFormatOptions): ReportFormat => {
	const hosts = xmlHosts(options);
	let head: ReportHead | undefined;
	const task = (): string => (head === undefined ? SCAN_TASK.syn : taskOf(head));
	return {
		begin: about => {
			head = about;
			return prologue(about, options) + taskBegin(about, options);
		},
		hostFound: found => hosts.hint(found),
		port: found => (found.isAlone ? hosts.foundPort(found) : ''),
		host: report => (isTold(report, options) ? hosts.host(report) : ''),
		progress: (progress, at) => taskProgress(task(), progress, at),
		warning: message => `<!-- Warning: ${xmlText(message)} -->\n`,
		end: (summary, endedAt, outcome = 'finished', problem) =>
			`${head === undefined ? '' : taskEnd(head, summary, endedAt, options)}${coverage(summary)}${runStats(summary, endedAt, outcome, problem)}</nmaprun>\n`,
	};
};

const prologue = (head: ReportHead, {verbosity, debugging, stylesheet}: XmlFormatOptions): string => {
	const {version, startedAt, scanType, ports} = head;
	const commandLine = escapeMarkup(head.commandLine);
	const startText = formatCtime(startedAt);
	const run = attributes({
		scanner: 'nmap', // The one value that the DTD allows
		args: commandLine,
		start: inSeconds(startedAt),
		startstr: startText,
		version,
		xmloutputversion: '1.05',
	});
	const scan = attributes({
		type: scanType,
		protocol: 'tcp',
		numservices: ports.length,
		services: formatPortRanges(portRangesOf(ports)),
	});
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
${stylesheet === undefined ? '' : `<?xml-stylesheet href="${xmlText(stylesheet)}" type="text/xsl"?>\n`}<!-- halfopen ${version} scan initiated ${startText} as: ${commandLine} -->
<nmaprun${run}>
${ports.length === 0 ? '' : `<scaninfo${scan}/>\n`}<verbose level="${verbosity}"/>
<debugging level="${debugging}"/>
`;
};

/** Hosts are found while the ports of others are scanned: that is one task. */
const taskOf = (head: ReportHead): string =>
	head.discovery.only ? pingTask(head) : SCAN_TASK[head.scanType];

const taskBegin = (head: ReportHead, {verbosity}: XmlFormatOptions): string =>
	verbosity > 0 && head.hostsTotal > 0
		? `<taskbegin task="${taskOf(head)}" time="${inSeconds(head.startedAt)}"/>\n`
		: '';

const taskEnd = (
	head: ReportHead,
	{hostsTotal, portsScanned}: ScanSummary,
	endedAt: number,
	{verbosity}: XmlFormatOptions,
): string => {
	const extra = head.discovery.only ? `${hostsTotal} total hosts` : `${portsScanned} total ports`;
	return verbosity > 0 && head.hostsTotal > 0
		? `<taskend task="${taskOf(head)}" time="${inSeconds(endedAt)}" extrainfo="${extra}"/>\n`
		: '';
};

const taskProgress = (task: string, progress: Progress, at: number): string => {
	const remaining = timeRemaining(progress);
	const seconds = remaining === undefined ? undefined : Math.round(remaining / SECOND);
	return `<taskprogress${attributes({
		task,
		time: inSeconds(at),
		percent: (shareDone(progress) * 100).toFixed(2),
		remaining: seconds,
		etc: seconds === undefined ? undefined : inSeconds(at) + seconds,
	})}/>\n`;
};

/** What the path lost, what that cost, and what it may have hidden. */
const coverage = ({
	loss,
	probesSent,
	portsScanned,
	portsAnswered,
	expectedMissed,
	discovery,
}: ScanSummary): string =>
	processingInstruction({
		probes: probesSent,
		'probes-per-port': probesPerPort(probesSent, discovery?.probesSent, portsScanned),
		'ports-scanned': portsScanned,
		'ports-answered': portsAnswered,
		loss: loss === undefined ? undefined : rounded(loss),
		'expected-missed': rounded(expectedMissed),
	});

const runStats = (
	summary: ScanSummary,
	endedAt: number,
	outcome: ScanOutcome,
	problem: string | undefined,
): string => {
	const endText = formatCtime(endedAt);
	const finished = attributes({
		time: inSeconds(endedAt),
		timestr: endText,
		summary: `${ENDED[outcome]} at ${endText}; ${formatTotals(summary, outcome)}`,
		elapsed: formatSeconds(summary.elapsed, 2),
		exit: outcome === 'finished' ? 'success' : 'error',
		errormsg: outcome === 'finished' ? undefined : xmlText(problem ?? outcome),
	});
	const {hostsUp, hostsDown, hostsTotal} = summary;
	return `<runstats><finished${finished}/><hosts up="${hostsUp}" down="${hostsDown}" total="${hostsTotal}"/>\n</runstats>\n`;
};
