import {type LinkNodes, findNodes, MULTICAST_TRIES} from '@halfopen/engine';
import {
	formatAddress,
	ipv6,
	isLinkLocal,
	type Micros,
	micros,
	PROBE_KIND,
	ScanError,
	type ScanSummary,
	SECOND,
	type TracedPacket,
} from '@halfopen/model';
import {listInterfaces, openNativeTransport} from '@halfopen/native';
import {chooseWay} from '../choose-transport.ts';
import type {ScanOptions} from '../scan-options.ts';
import {type Link, linksOf} from './link-networks.ts';

/** Who answered to a question to all nodes. */
export interface FoundOnLinks {
	/** Target specifications: addresses, link by link and ascending, link-local ones with their zones. */
	readonly targets: readonly string[];
	readonly warnings: readonly string[];
	/** When packets are traced. */
	readonly packets: readonly TracedPacket[];
	readonly took: Micros;
	readonly traffic: Traffic;
}

/** Packets, and their bytes from the IP header on. */
export type Traffic = Pick<
	ScanSummary,
	'probesSent' | 'probesSentBytes' | 'repliesReceived' | 'repliesReceivedBytes'
>;

/** When nobody was asked. */
export const NOBODY_ASKED: FoundOnLinks = {
	targets: [],
	warnings: [],
	packets: [],
	took: micros(0),
	traffic: {probesSent: 0, probesSentBytes: 0, repliesReceived: 0, repliesReceivedBytes: 0},
};

/**
 * Asks all nodes on the links of this machine, or on that of `device`, and waits for `initialRttTimeout`, by default a
 * second. Links are asked at the same time, each by a transport that hears nothing else: what answers on a link is on it.
 * @throws ScanError `ERR_HALFOPEN_OPTION`, `ERR_HALFOPEN_INTERFACE` or `ERR_HALFOPEN_PERMISSION` when nobody can be asked
 */
export const findOnLinks = async (options: ScanOptions): Promise<FoundOnLinks> => {
	const startedAt = Date.now();
	checkMulticast(options);
	const links = linksOf(listInterfaces(), options.device);
	const answers = await Promise.all(links.map(async link => askLink(link, options)));
	const {targets, twice} = targetsOf(links, answers);
	return {
		targets,
		warnings: [
			...((options.exclude?.length ?? 0) > 0 && links.length > 0 ? [EXCLUDED_TOO] : []),
			...(links.length === 0 ? ['There is no interface to ask all nodes of IPv6 on'] : []),
			...answers.flatMap(({addresses, sent}, index) =>
				addresses.length > 0 ? [] : [silenceText(links[index].device, sent)],
			),
			...twice,
		],
		packets: answers.flatMap(({packets}) => packets).sort((a, b) => a.at - b.at),
		took: micros((Date.now() - startedAt) * 1000),
		traffic: answers.map(({traffic}) => traffic).reduce(addTraffic, NOBODY_ASKED.traffic),
	};
};

/** The sum. */
export const addTraffic = (some: Traffic, more: Traffic): Traffic => ({
	probesSent: some.probesSent + more.probesSent,
	probesSentBytes: some.probesSentBytes + more.probesSentBytes,
	repliesReceived: some.repliesReceived + more.repliesReceived,
	repliesReceivedBytes: some.repliesReceivedBytes + more.repliesReceivedBytes,
});

const EXCLUDED_TOO =
	'A question to all nodes of a link goes to those that are excluded too; they are not asked anything else';

const checkMulticast = (options: ScanOptions): void => {
	const {family = 4, simulate, pairs} = options;
	if (family !== 6) {
		throw wrong('Expected family 6 with it, got 4');
	}

	if (simulate !== undefined || pairs !== undefined) {
		throw wrong(`Expected this or \`${simulate === undefined ? 'pairs' : 'simulate'}\`, got both`);
	}

	const {scanType, problem} = chooseWay(options);
	if (scanType === 'connect') {
		throw problem ?? wrong('Expected a SYN scan with it, got a connect scan');
	}
};

const wrong = (problem: string): ScanError =>
	new ScanError('ERR_HALFOPEN_OPTION', problem, {option: 'ipv6Multicast'});

type LinkAnswers = LinkNodes & {readonly packets: readonly TracedPacket[]; readonly traffic: Traffic};

const askLink = async (
	{device, networks}: Link,
	{initialRttTimeout: timeout = micros(SECOND), trace = false, ttl, signal}: ScanOptions,
): Promise<LinkAnswers> => {
	const transport = openNativeTransport({
		tries: MULTICAST_TRIES,
		device,
		discovery: [PROBE_KIND.echo, PROBE_KIND.listenerQuery],
		trace,
		probeCapacity: PROBE_CAPACITY,
		...(ttl !== undefined && {ttl}),
	});
	try {
		const nodes = await findNodes({transport, networks, timeout}, signal);
		const {sent, sentBytes, received, receivedBytes} = transport.counters();
		return {
			...nodes,
			packets: transport.takePackets(),
			traffic: {
				probesSent: sent,
				probesSentBytes: sentBytes,
				repliesReceived: received,
				repliesReceivedBytes: receivedBytes,
			},
		};
	} finally {
		await transport.close();
	}
};

/** A few for each network of a link. */
const PROBE_CAPACITY = 256;

/** An address that answered on two links can be asked on one of them only. */
const targetsOf = (
	links: readonly Link[],
	answers: readonly LinkNodes[],
): {readonly targets: readonly string[]; readonly twice: readonly string[]} => {
	const deviceOf = new Map<bigint, string>();
	const twice: string[] = [];
	for (const [index, {addresses}] of answers.entries()) {
		for (const address of addresses.toSorted((a, b) => (a < b ? -1 : 1))) {
			const {device} = links[index];
			const other = deviceOf.get(address);
			if (other === undefined) {
				deviceOf.set(address, device);
			} else {
				twice.push(
					`\`${formatAddress(ipv6(address))}\` answered on ${other} and ${device}; only that on ${other} is scanned, use -e for the other`,
				);
			}
		}
	}

	return {
		targets: [...deviceOf].map(([address, device]) =>
			formatAddress(ipv6(address, isLinkLocal(ipv6(address)) ? device : undefined)),
		),
		twice,
	};
};

const silenceText = (device: string, sent: number): string =>
	sent === 0
		? `Nobody could be asked on ${device}`
		: `Nobody answered on ${device} to a question to all nodes`;
