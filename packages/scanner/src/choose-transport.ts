import {randomBytes} from 'node:crypto';
import {availableParallelism} from 'node:os';
import {type ProbeKind, ScanError, type ScanPlan, type Transport} from '@halfopen/model';
import {openNativeTransport, rawPacketProblem} from '@halfopen/native';
import type {SimulatedNetwork} from '@halfopen/simulator';
import type {ScanOptions} from './scan-options.ts';

/** How probes leave, before anything is opened. */
export interface ChosenWay {
	readonly scanType: ScanPlan['scanType'];
	/** Why raw packets are not allowed, when that made it a connect scan. */
	readonly problem?: ScanError;
}

/** An open transport, and what the user should know about the choice. */
export interface OpenedTransport {
	readonly transport: Transport;
	readonly warnings: readonly string[];
}

/** What a transport must be able to do. */
export interface TransportNeeds {
	/** Probes to a port that must be told apart. */
	readonly tries: number;
	/** What hosts are found by. */
	readonly discoveryProbes: readonly ProbeKind[];
	/** A sweep has more answers on their way than a few hosts have. */
	readonly isSweep: boolean;
}

/**
 * Raw packets for a SYN scan where they are allowed, and connect() where they are not or where it is asked for.
 * @throws ScanError `ERR_HALFOPEN_PERMISSION` when a SYN scan is asked for and not allowed
 */
export const chooseWay = (options: ScanOptions): ChosenWay => {
	checkCombination(options);
	const {scanType, send, simulate} = options;
	if (simulate !== undefined) {
		return {scanType: 'syn'};
	}

	if (scanType === 'connect' || send === 'connect') {
		return {scanType: 'connect'};
	}

	const problem = rawPacketProblem();
	if (problem === undefined) {
		return {scanType: 'syn'};
	}

	if (scanType === 'syn' || send === 'ip' || send === 'packet') {
		throw problem;
	}

	return {scanType: 'connect', problem};
};

/** Opens the way that was chosen, or a simulated network, which was checked. */
export const openTransport = async (
	options: ScanOptions,
	{scanType, problem}: ChosenWay,
	needs: TransportNeeds,
): Promise<OpenedTransport> => {
	if (options.simulate !== undefined) {
		return simulatedScan(options, options.simulate, needs);
	}

	return scanType === 'syn'
		? synScan(options, needs)
		: connectScan(
				options,
				needs,
				problem === undefined ? [] : [`${problem.message} Using a connect scan instead.`],
			);
};

/** What a simulated network knows nothing of. */
const REAL_ONLY = ['device', 'sourcePort', 'ttl', 'dataLength', 'send', 'trace', 'senderThreads'] as const;

/** The simulator is loaded by those who want it. */
const simulatedScan = async (
	options: ScanOptions,
	network: SimulatedNetwork,
	{tries}: TransportNeeds,
): Promise<OpenedTransport> => {
	const {openSimulatedTransport} = await import('@halfopen/simulator');
	return {
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
		throw new ScanError('ERR_HALFOPEN_OPTION', 'Expected a SYN scan of a simulated network, got `connect`', {
			option: scanType === 'connect' ? 'scanType' : 'send',
		});
	}

	const contradicts =
		scanType === 'connect' ? send === 'ip' || send === 'packet' : scanType === 'syn' && send === 'connect';
	if (contradicts) {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			`Expected a way of sending that suits a ${scanType} scan, got \`${send}\``,
			{option: 'send'},
		);
	}
};

/** Records in the reply ring, and kernel memory for each interface, of a sweep: answers of a tenth of a second. */
const SWEEP_REPLY_CAPACITY = 2 ** 17;
const SWEEP_CAPTURE_BYTES = 2 ** 26;

/** The second sends only what is too much for the first; the engine and the receiver need a processor as well. */
const USUAL_SENDER_THREADS = 2;

const synScan = (
	{
		send,
		device,
		sourcePort,
		ttl,
		dataLength,
		trace,
		senderThreads = Math.min(USUAL_SENDER_THREADS, availableParallelism()),
	}: ScanOptions,
	{tries, discoveryProbes, isSweep}: TransportNeeds,
): OpenedTransport => ({
	transport: openNativeTransport({
		tries,
		...(send !== undefined && send !== 'connect' && {send}),
		...(device !== undefined && {device}),
		...(sourcePort !== undefined && {sourcePort}),
		...(ttl !== undefined && {ttl}),
		...(dataLength !== undefined && {payload: randomBytes(dataLength)}),
		...(trace !== undefined && {trace}),
		senderThreads,
		discovery: discoveryProbes,
		...(isSweep && {replyCapacity: SWEEP_REPLY_CAPACITY, captureBufferBytes: SWEEP_CAPTURE_BYTES}),
	}),
	warnings:
		dataLength !== undefined && dataLength > USUAL_ROOM
			? [`\`dataLength\` of ${dataLength} does not fit the packets of most paths; up to ${USUAL_ROOM} does`]
			: [],
});

/** Behind the headers of a SYN, with some of a tunnel's, in 1500 bytes. */
const USUAL_ROOM = 1400;

/** Loaded by those who want it as well. */
const connectScan = async (
	options: ScanOptions,
	{tries}: TransportNeeds,
	warnings: readonly string[],
): Promise<OpenedTransport> => {
	const {openConnectTransport} = await import('@halfopen/connect');
	return {
		transport: openConnectTransport({tries, ...(options.device !== undefined && {device: options.device})}),
		warnings: [
			...warnings,
			...Object.entries(RAW_ONLY)
				.filter(([name]) => options[name as keyof typeof RAW_ONLY] !== undefined)
				.map(([name, why]) => `\`${name}\` has no effect in a connect scan: ${why}`),
		],
	};
};
