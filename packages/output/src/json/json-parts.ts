// What the two JSON formats have in common. schema/ndjson-1.json describes it for those who read it.

import {
	formatAddress,
	formatPortRanges,
	portRangesOf,
	SECOND,
	type DiscoveryTotals,
	type HostReport,
	type ScanSummary,
} from '@halfopen/model';
import {figuresOf} from '../host/host-figures.ts';
import {splitPorts, type HidingRules} from '../host/hidden-states.ts';
import {textPerPortResult} from '../host/per-port-result.ts';
import {macVendor, type NamedVendors} from '../host/mac-vendor.ts';
import {probesPerPort} from '../host/probes-per-port.ts';
import {type NamedServices, serviceCells} from '../host/service-cells.ts';
import type {FoundHost, FoundPort, ReportHead, ScanOutcome} from '../report-format.ts';
import {isoTime} from '../text/iso-time.ts';
import {lastOf} from '../text/last-of.ts';
import {joined} from '../text/joined.ts';
import {rounded} from '../text/rounded.ts';
import {json, jsonText} from './json-text.ts';
import {probeWords} from './probe-words.ts';

/** Goes up when a member goes away or changes its meaning; members may be added under the same version. */
export const JSON_FORMAT_VERSION = 1;

/** The members of an object, without the braces around them. */
export type Members = string;

export const headMembers = (head: ReportHead): Members =>
	members({
		formatVersion: JSON_FORMAT_VERSION,
		scanner: 'halfopen',
		version: head.version,
		commandLine: head.commandLine,
		startedAt: isoTime(head.startedAt),
		scanType: head.scanType,
		hosts: head.hostsTotal,
		ports: formatPortRanges(portRangesOf(head.ports)),
		portCount: head.ports.length,
		discovery: {
			only: head.discovery.only,
			probes: probeWords(head.discovery),
			neighbours: head.discovery.neighbours,
			ignoreResets: head.discovery.ignoreResets,
		},
	});

/** What is said of hosts and ports, under the same options. */
export interface HostParts {
	foundHost(found: FoundHost): Members;
	host(report: HostReport): Members;
	/** A host of which nothing but one port is told. */
	foundPortAsHost(found: FoundPort): Members;
	foundPort(found: FoundPort): Members;
}

/** What is said, and where names are from. */
export type HostPartsOptions = HidingRules & NamedServices & NamedVendors;

/** Both formats have the same options and are told of a host before the next host comes: what it says is made once. */
export const hostParts: (options: HostPartsOptions) => HostParts = lastOf(options => {
	const serviceOn = serviceCells(options, name => `,"service":${jsonText(name)}`);

	/** An object. States and reasons are plain words. */
	const port = textPerPortResult(({port: number, state, reason, ttl, sender}) => {
		const from = sender === undefined ? '' : `,"sender":${addressText(sender)}`;
		return `{"port":${number},"protocol":"tcp","state":"${state}","reason":"${reason}","ttl":${ttl}${from}${serviceOn(number)}}`;
	});

	return {
		foundHost: ({address, reason, ttl, mac, foundAt}) =>
			members({
				address: formatAddress(address),
				at: isoTime(foundAt),
				reason,
				ttl,
				mac,
				vendor: macVendor(options, mac),
			}),
		host: lastOf(report => {
			const {listed, hidden} = splitPorts(report.ports, options);
			const notShown = hidden.flatMap(({state, reasons}) => reasons.map(reason => ({state, ...reason})));
			return `${aboutHost(report, macVendor(options, report.mac))},"ports":[${joined(listed, port, ',')}],"notShown":${json(notShown)}`;
		}),
		foundPortAsHost: ({address, result, foundAt}) =>
			`"address":${addressText(address)},"status":"up","endedAt":"${isoTime(foundAt)}","ports":[${port(result)}],"notShown":[]`,
		foundPort: ({address, result, foundAt, late}) =>
			`"address":${addressText(address)},"at":"${isoTime(foundAt)}",${port(result).slice(1, -1)}${late ? ',"late":true' : ''}`,
	};
});

const aboutHost = (report: HostReport, vendor: string | undefined): Members => {
	const {probesPerPort: perPort, loss, expectedMissed} = figuresOf(report);
	return members({
		address: formatAddress(report.address),
		name: report.name,
		reverseName: report.reverseName,
		otherAddresses: report.otherAddresses?.map(other => formatAddress(other)),
		mac: report.mac,
		vendor,
		status: report.status,
		reason: report.reason,
		ttl: report.ttl,
		problem: report.problem,
		incomplete: report.isIncomplete,
		startedAt: isoTime(report.startedAt),
		endedAt: isoTime(report.endedAt),
		rtt: report.times && {
			smoothed: Math.round(report.times.smoothed),
			variance: Math.round(report.times.variance),
			timeout: Math.round(report.times.timeout),
		},
		probes: report.probesSent,
		discoveryProbes: report.discoveryProbes,
		probesPerPort: perPort,
		loss,
		expectedMissed,
	});
};

export const endMembers = (
	summary: ScanSummary,
	endedAt: number,
	outcome: ScanOutcome,
	problem: string | undefined,
): Members =>
	members({
		outcome,
		problem,
		endedAt: isoTime(endedAt),
		elapsed: rounded(summary.elapsed / SECOND),
		hosts: {up: summary.hostsUp, down: summary.hostsDown, total: summary.hostsTotal},
		ports: {scanned: summary.portsScanned, answered: summary.portsAnswered},
		probes: summary.probesSent,
		probeBytes: summary.probesSentBytes,
		probesPerPort: probesPerPort(summary.probesSent, summary.discovery?.probesSent, summary.portsScanned),
		replies: summary.repliesReceived,
		replyBytes: summary.repliesReceivedBytes,
		redundantReplies: summary.repliesRedundant,
		loss: summary.loss === undefined ? undefined : rounded(summary.loss),
		expectedMissed: rounded(summary.expectedMissed),
		rejected: summary.rejected,
		lost: summary.lost,
		traceLost: summary.traceLost,
		discovery: summary.discovery && discoveryTotals(summary.discovery),
		sweep: summary.sweep,
	});

const discoveryTotals = ({loss, expectedMissed, ...counts}: DiscoveryTotals): DiscoveryTotals => ({
	...counts,
	...(loss !== undefined && {loss: rounded(loss)}),
	expectedMissed: rounded(expectedMissed),
});

/** The members of a value. */
export const members = (value: Readonly<Record<string, unknown>>): Members => json(value).slice(1, -1);

const addressText = (address: HostReport['address']): string =>
	address.family === 4 ? `"${formatAddress(address)}"` : jsonText(formatAddress(address));
