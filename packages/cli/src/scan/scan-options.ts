import type {DiscoveryOptions, DiscoveryProbeSpec, ScanOptions, Told} from '@halfopen/scanner';
import {FAST_PORTS} from '../options/limits.ts';
import type {Settings} from '../options/settings.ts';
import type {TypedTargets} from '../targets/read-targets.ts';

/** Settings that the scanner takes under the same name. */
const SHARED = [
	'family',
	'ports',
	'excludePorts',
	'portRatio',
	'resolveAll',
	'ipv6Multicast',
	'dnsServers',
	'systemDns',
	'template',
	'maxRetries',
	'minRate',
	'maxRate',
	'maxHostRate',
	'scanDelay',
	'maxScanDelay',
	'minParallelism',
	'maxParallelism',
	'minRttTimeout',
	'maxRttTimeout',
	'initialRttTimeout',
	'hostTimeout',
	'minHostGroup',
	'maxHostGroup',
	'confidence',
	'ignoreResets',
	'sequential',
	'seed',
	'order',
	'shard',
	'results',
	'resultsBudget',
	'senderThreads',
	'worker',
	'device',
	'sourcePort',
	'ttl',
	'dataLength',
	'send',
	'reverseNames',
] as const satisfies readonly (keyof Settings & keyof ScanOptions)[];

/** What the scanner is asked for. */
export const scanOptionsOf = (settings: Settings, typed: TypedTargets): ScanOptions => {
	const topPorts = settings.topPorts ?? (settings.fast ? FAST_PORTS : undefined);
	const scanType = settings.scanType ?? scanTypeFor(settings.privileged);
	const discovery = discoveryOf(settings);
	return {
		...Object.fromEntries(
			SHARED.map(name => [name, settings[name]]).filter(
				([, value]) => value !== undefined && value !== false,
			),
		),
		...typed,
		...(topPorts !== undefined && {topPorts}),
		...(scanType !== undefined && {scanType}),
		...(discovery !== undefined && {discovery}),
		...toldBy(settings),
	};
};

/** What the scan is to tell: what will be shown, drawn or kept, and nothing else, since telling costs time. */
export const toldBy = (settings: Settings): Told => ({
	portEvents: settings.debugging > 1 ? 'all' : 'open',
	trace: settings.packetTrace || settings.pcapFile !== undefined || drawsPackets(settings),
	decisions: settings.debugging > 0 || tellsStories(settings),
});

/** A simulated network has no packets: its stories are told from decisions. */
const drawsPackets = (settings: Settings): boolean =>
	settings.simulateFile === undefined && tellsStories(settings);

/** Whether it is to be explained how ports came by their states. */
export const tellsStories = ({explain, explainSvg}: Settings): boolean =>
	explain !== undefined || explainSvg !== undefined;

/** How hosts are found, if anything is said about it. */
const discoveryOf = (settings: Settings): DiscoveryOptions | undefined => {
	const {action, skipDiscovery, neighbours, ignoreDiscoveryResets: ignoreResets} = settings;
	const probes = skipDiscovery ? [] : probesOf(settings);
	const discovery: DiscoveryOptions = {
		...(probes !== undefined && {probes}),
		...(!neighbours && {neighbours}),
		...(ignoreResets && {ignoreResets}),
		...(action === 'discover' && {only: true}),
	};
	return Object.keys(discovery).length === 0 ? undefined : discovery;
};

const probesOf = ({pings, usualPings, family}: Settings): readonly DiscoveryProbeSpec[] | undefined =>
	pings === undefined || !usualPings
		? pings
		: [
				...pings,
				{kind: 'echo'},
				{kind: 'syn', ports: [443]},
				...(family === 6 ? [] : ([{kind: 'timestamp'}] as const)),
			];

/** Whether ports may be named, or ranked, or shown with the names of their services. */
export const namesPorts = ({action, pings}: Settings): boolean =>
	action === 'scan' || (action === 'discover' && pings !== undefined);

const scanTypeFor = (privileged: boolean | undefined): ScanOptions['scanType'] => {
	if (privileged === undefined) {
		return undefined;
	}

	return privileged ? 'syn' : 'connect';
};
