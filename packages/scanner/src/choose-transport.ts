import {randomBytes} from 'node:crypto';
import {openConnectTransport} from '@halfopen/connect';
import {ScanError, type ScanPlan, type Transport} from '@halfopen/model';
import {openNativeTransport, rawPacketProblem} from '@halfopen/native';
import type {SimulatedNetwork} from '@halfopen/simulator';
import type {ScanOptions} from './scan-options.ts';

/** An open transport, and what the user should know about the choice. */
export interface ChosenTransport {
	readonly scanType: ScanPlan['scanType'];
	readonly transport: Transport;
	readonly warnings: readonly string[];
}

/**
 * Opens raw packets for a SYN scan where they are allowed, and connect() where they are not or where it is asked for;
 * or a simulated network, which was checked.
 * `tries` is how many probes to a port must be told apart; a sweep has more answers on their way than a few hosts have.
 * @throws ScanError `ERR_HALFOPEN_PERMISSION` when a SYN scan is asked for and not allowed
 */
export const chooseTransport = async (
	options: ScanOptions,
	tries: number,
	isSweep: boolean,
): Promise<ChosenTransport> => {
	checkCombination(options);
	if (options.simulate !== undefined) {
		return simulatedScan(options, options.simulate, tries);
	}

	if (options.scanType === 'connect' || options.send === 'connect') {
		return connectScan(options, tries, []);
	}

	const problem = rawPacketProblem();
	if (problem === undefined) {
		return synScan(options, tries, isSweep);
	}

	if (options.scanType === 'syn' || options.send === 'ip' || options.send === 'packet') {
		throw problem;
	}

	return connectScan(options, tries, [`${problem.message} Using a connect scan instead.`]);
};

/** What a simulated network knows nothing of. */
const REAL_ONLY = ['device', 'sourcePort', 'ttl', 'dataLength', 'send', 'trace', 'senderThreads'] as const;

/** The simulator is loaded by those who want it. */
const simulatedScan = async (
	options: ScanOptions,
	network: SimulatedNetwork,
	tries: number,
): Promise<ChosenTransport> => {
	const {openSimulatedTransport} = await import('@halfopen/simulator');
	return {
		scanType: 'syn',
		transport: openSimulatedTransport(network, {tries}),
		warnings: [
			'The network is simulated: nothing is sent, and times are those of the simulation',
			...REAL_ONLY.filter(name => options[name] !== undefined && options[name] !== false).map(
				name => `\`${name}\` has no effect in a simulated network`,
			),
		],
	};
};

/** What a connect scan has no say in, and why. */
const RAW_ONLY = {
	sourcePort: 'the kernel chooses it',
	ttl: 'the kernel chooses it',
	dataLength: 'the kernel writes the SYN',
	senderThreads: 'the kernel sends',
} as const;

const checkCombination = ({scanType, send, simulate}: ScanOptions): void => {
	if (simulate !== undefined && (scanType === 'connect' || send === 'connect')) {
		throw new ScanError('ERR_HALFOPEN_OPTION', 'Expected a SYN scan of a simulated network, got `connect`');
	}

	const contradicts =
		scanType === 'connect' ? send === 'ip' || send === 'packet' : scanType === 'syn' && send === 'connect';
	if (contradicts) {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			`Expected a way of sending that suits a ${scanType} scan, got \`${send}\``,
		);
	}
};

/** Records in the reply ring, and kernel memory for each interface, of a sweep: answers of a tenth of a second. */
const SWEEP_REPLY_CAPACITY = 2 ** 17;
const SWEEP_CAPTURE_BYTES = 2 ** 26;

const synScan = (
	{send, device, sourcePort, ttl, dataLength, trace, senderThreads}: ScanOptions,
	tries: number,
	isSweep: boolean,
): ChosenTransport => ({
	scanType: 'syn',
	transport: openNativeTransport({
		tries,
		...(send !== undefined && send !== 'connect' && {send}),
		...(device !== undefined && {device}),
		...(sourcePort !== undefined && {sourcePort}),
		...(ttl !== undefined && {ttl}),
		...(dataLength !== undefined && {payload: randomPayload(dataLength)}),
		...(trace !== undefined && {trace}),
		...(senderThreads !== undefined && {senderThreads}),
		...(isSweep && {replyCapacity: SWEEP_REPLY_CAPACITY, captureBufferBytes: SWEEP_CAPTURE_BYTES}),
	}),
	warnings:
		dataLength !== undefined && dataLength > USUAL_ROOM
			? [`\`dataLength\` of ${dataLength} does not fit the packets of most paths; up to ${USUAL_ROOM} does`]
			: [],
});

/** Behind the headers of a SYN, with some of a tunnel's, in 1500 bytes. */
const USUAL_ROOM = 1400;

const MOST_DATA = 65_435;

const randomPayload = (length: number): Uint8Array => {
	if (!(Number.isInteger(length) && length >= 0 && length <= MOST_DATA)) {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			`Expected dataLength from 0 to ${MOST_DATA}, got \`${length}\``,
		);
	}

	return randomBytes(length);
};

const connectScan = (options: ScanOptions, tries: number, warnings: readonly string[]): ChosenTransport => ({
	scanType: 'connect',
	transport: openConnectTransport({tries, ...(options.device !== undefined && {device: options.device})}),
	warnings: [
		...warnings,
		...Object.entries(RAW_ONLY)
			.filter(([name]) => options[name as keyof typeof RAW_ONLY] !== undefined)
			.map(([name, why]) => `\`${name}\` has no effect in a connect scan: ${why}`),
	],
});
