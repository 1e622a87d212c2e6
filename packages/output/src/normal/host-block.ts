import {formatAddress, type HostReport, type PortResult} from '@halfopen/model';
import {formatDateToSecond} from '../text/date-text.ts';
import {formatLatency} from '../text/duration-text.ts';
import {escapeName, escapeText} from '../text/escape-text.ts';
import {formatHiddenStates, isTold, splitPorts, type HidingRules} from '../host/hidden-states.ts';
import {formatHost} from '../host/host-name.ts';
import {formatReason} from '../host/reason-text.ts';
import {perPortResult} from '../host/per-port-result.ts';
import {macVendor, type NamedVendors} from '../host/mac-vendor.ts';
import {type NamedServices, serviceCells} from '../host/service-cells.ts';
import {formatTable} from '../text/text-table.ts';

/** How normal output shows hosts. */
export interface HostBlockOptions extends HidingRules, NamedServices, NamedVendors {
	/** Adds the REASON column, and the reason why the host is up. */
	readonly reasons: boolean;
	/** For a file: leaves out what is for the terminal only. */
	readonly toFile: boolean;
}

/** Makes what normal output says of a host: everything, with the blank line behind its ports. */
export const hostBlocks = (options: HostBlockOptions): ((report: HostReport) => string) => {
	const serviceOn = serviceCells(options, escapeName, 'unknown');
	const style: Style = {
		...options,
		head: ['PORT', 'STATE', 'SERVICE', ...(options.reasons ? ['REASON'] : [])],
		rowFor: perPortResult(result => [
			`${result.port}/tcp`,
			result.state,
			serviceOn(result.port),
			...(options.reasons ? [formatReason(result)] : []),
		]),
	};
	return report => (isTold(report, style) ? BLOCKS[report.status](report, style) : '');
};

/** The options, and what follows from them for all hosts. */
interface Style extends HostBlockOptions {
	/** Of the table of ports, as the rows are. */
	readonly head: readonly string[];
	readonly rowFor: (result: PortResult) => readonly string[];
}

const listedHost = (report: HostReport): string =>
	[`Nmap scan report for ${formatHost(report)}\n`, otherAddresses(report), reverseRecord(report)].join('');

const downHost = (report: HostReport, options: Style): string => {
	const reason = options.reasons ? `, received ${formatReason(report)}` : '';
	const problem = report.problem === undefined ? '' : ` (${report.problem})`;
	return `Nmap scan report for ${formatHost(report)} [host down${reason}]${problem}\n`;
};

const upHost = (report: HostReport, options: Style): string => {
	const hasPorts = report.ports.length > 0;
	return (
		`Nmap scan report for ${formatHost(report)}\n` +
		hostStatus(report, options.reasons) +
		otherAddresses(report) +
		reverseRecord(report) +
		(hasPorts && (options.verbosity > 1 || options.debugging > 0) ? scanTime(report) : '') +
		(hasPorts ? ports(report, options) : '') +
		macAddress(report, options) +
		(options.debugging > 0 && !options.toFile ? finalTimes(report) : '') +
		(hasPorts ? '\n' : '')
	);
};

/** What is said of a host, by what it was found to be. */
const BLOCKS: Readonly<Record<HostReport['status'], (report: HostReport, options: Style) => string>> = {
	unknown: report => listedHost(report),
	down: (report, options) => downHost(report, options),
	up: (report, options) => upHost(report, options),
};

const hostStatus = (report: HostReport, reasons: boolean): string => {
	const reason = reasons ? `, received ${formatReason(report)}` : '';
	const latency = report.times === undefined ? '' : ` (${formatLatency(report.times.smoothed)}s latency)`;
	return `Host is up${reason}${latency}.\n`;
};

const otherAddresses = ({name, otherAddresses: others = []}: HostReport): string =>
	name === undefined || others.length === 0
		? ''
		: `Other addresses for ${escapeName(name)} (not scanned): ${others.map(other => formatAddress(other)).join(' ')}\n`;

const reverseRecord = ({address, name, reverseName}: HostReport): string =>
	name === undefined || reverseName === undefined || name === reverseName
		? ''
		: `rDNS record for ${formatAddress(address)}: ${escapeName(reverseName)}\n`;

const scanTime = ({startedAt, endedAt}: HostReport): string =>
	`Scanned at ${formatDateToSecond(startedAt)} for ${Math.round((endedAt - startedAt) / 1000)}s\n`;

const ports = (report: HostReport, options: Style): string => {
	const {listed, hidden} = splitPorts(report.ports, options);
	const notShown = hidden.length === 0 ? '\n' : `Not shown: ${formatHiddenStates(hidden)}\n`;
	return listed.length === 0
		? `All ${report.ports.length} scanned ports on ${formatHost(report)} are in ignored states.\n${notShown}`
		: notShown + formatTable([options.head, ...listed.map(options.rowFor)]);
};

const macAddress = ({mac}: HostReport, style: Style): string =>
	mac === undefined
		? ''
		: `MAC Address: ${mac.toUpperCase()} (${escapeText(macVendor(style, mac) ?? 'Unknown')})\n`;

const finalTimes = ({times}: HostReport): string =>
	times === undefined
		? ''
		: `Final times for host: srtt: ${Math.round(times.smoothed)} rttvar: ${Math.round(times.variance)}  to: ${Math.round(times.timeout)}\n`;
