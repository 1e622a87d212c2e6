import type {ScanSummary} from '@halfopen/model';
import {formatByteSize} from '../text/byte-size.ts';
import {counted} from '../text/counted.ts';
import {formatSeconds} from '../text/duration-text.ts';
import type {ScanOutcome} from '../report-format.ts';

/** As wide as the word before the colon of the line above, so that the lines of the end make a block. */
const INDENT = ' '.repeat(11);

/** What becomes of what was received and led to no result, in the order in which it is told. */
const REJECTED: Readonly<Record<keyof ScanSummary['rejected'], string>> = {
	unsolicited: 'that answer nothing of ours',
	malformed: 'malformed',
	wrongCookie: 'acknowledging nothing that was sent',
	wrongQuote: 'quoting nothing that was sent',
	shortQuote: 'quoting too little to tell',
};

const LOST: Readonly<Record<keyof ScanSummary['lost'], string>> = {
	repliesLost: 'replies that came faster than they were read',
	kernelDrops: 'packets dropped by the kernel before they were seen',
	interfaceDrops: 'packets dropped by the interface before the kernel had them',
	sendErrors: 'probes that the kernel refused to send',
};

/** `1 IP address (1 host up) scanned in 1.41 seconds`; of an interrupted scan, or a shard, `3 of 256 IP addresses (…) …`. */
export const formatTotals = (summary: ScanSummary, outcome: ScanOutcome): string => {
	const {hostsTotal, hostsUp, hostsDown, elapsed, sweep} = summary;
	const hostsDone = hostsUp + hostsDown;
	const isPart = outcome !== 'finished' || (sweep !== undefined && hostsDone < hostsTotal);
	const done = isPart ? `${hostsDone} of ` : '';
	const addresses = counted(hostsTotal, 'IP address', 'IP addresses');
	return `${done}${addresses} (${counted(hostsUp, 'host')} up) scanned in ${formatSeconds(elapsed, 2)} seconds`;
};

/** Packets and bytes each way, then what was rejected or lost if anything was. */
export const formatTraffic = (summary: ScanSummary): string => {
	if (summary.hostsTotal > 0 && summary.hostsUp + summary.hostsDown + summary.probesSent === 0) {
		return ''; // Nobody was to be asked
	}

	const lines = [
		summary.probesSentBytes === 0 && summary.probesSent > 0 ? connections(summary) : packets(summary),
		...coverage(summary),
		...foundHosts(summary),
		...(summary.repliesRedundant === 0 ? [] : [`Redundant replies: ${summary.repliesRedundant}`]),
		...nonZero('Rejected', summary.rejected, REJECTED),
		...nonZero('Lost', summary.lost, LOST),
		...(summary.traceLost === undefined
			? []
			: [`Missing from the trace: ${counted(summary.traceLost, 'packet')}`]),
	];
	return lines.map(line => `${INDENT}${line}\n`).join('');
};

/** What the path lost, what that cost, and what it may have hidden. */
const coverage = ({loss, probesSent, portsScanned, expectedMissed, discovery}: ScanSummary): string[] => {
	if (loss === undefined || portsScanned === 0) {
		return [];
	}

	const perPort = ((probesSent - (discovery?.probesSent ?? 0)) / portsScanned).toFixed(2);
	return [
		`Loss: ${(loss * 100).toFixed(1)} % | Probes per port: ${perPort} | Expected missed ports: ${missedText(expectedMissed)}`,
	];
};

const missedText = (expected: number): string =>
	expected < 0.01 ? 'fewer than 0.01' : `about ${expected.toFixed(2)}`;

/** How many hosts were asked whether they are up, and what loss may have hidden of them. */
const foundHosts = ({discovery}: ScanSummary): string[] => {
	if (discovery === undefined) {
		return [];
	}

	const {hostsAsked, hostsFound, loss, expectedMissed} = discovery;
	return [
		[
			`Hosts asked: ${hostsAsked}`,
			`Answered: ${hostsFound}`,
			...(loss === undefined ? [] : [`Loss: ${(loss * 100).toFixed(1)} %`]),
			`Expected missed hosts: ${missedText(expectedMissed)}`,
		].join(' | '),
	];
};

const packets = (summary: ScanSummary): string => {
	const sent = `${summary.probesSent} (${formatByteSize(summary.probesSentBytes)})`;
	const received = `${summary.repliesReceived} (${formatByteSize(summary.repliesReceivedBytes)})`;
	return `Raw packets sent: ${sent} | Rcvd: ${received}`;
};

/** A connect scan has no packets of its own to count. */
const connections = ({probesSent, repliesReceived}: ScanSummary): string =>
	`Connections tried: ${probesSent} | Answered: ${repliesReceived}`;

const nonZero = <Key extends string>(
	title: string,
	counts: Readonly<Record<Key, number>>,
	wording: Readonly<Record<Key, string>>,
): string[] => {
	const parts = (Object.keys(wording) as Key[])
		.filter(key => counts[key] > 0)
		.map(key => `${counts[key]} ${wording[key]}`);
	return parts.length === 0 ? [] : [`${title}: ${parts.join('; ')}`];
};
