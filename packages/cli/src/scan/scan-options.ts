import type {ScanOptions} from '@halfopen/scanner';
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

/** What the scanner is asked for. It tells only what will be shown: telling costs time. */
export const scanOptionsOf = (settings: Settings, typed: TypedTargets): ScanOptions => {
	const topPorts = settings.topPorts ?? (settings.fast ? FAST_PORTS : undefined);
	const scanType = settings.scanType ?? scanTypeFor(settings.privileged);
	return {
		...Object.fromEntries(
			SHARED.map(name => [name, settings[name]]).filter(
				([, value]) => value !== undefined && value !== false,
			),
		),
		...typed,
		...(topPorts !== undefined && {topPorts}),
		...(scanType !== undefined && {scanType}),
		portEvents: settings.debugging > 1 ? 'all' : 'open',
		trace: tellsPackets(settings),
		decisions: tellsDecisions(settings),
	};
};

/** Whether the scan is to tell every packet, for the screen or for what is drawn and kept of them. */
export const tellsPackets = (settings: Settings): boolean =>
	settings.packetTrace || settings.pcapFile !== undefined || tellsStories(settings);

export const tellsDecisions = (settings: Settings): boolean =>
	settings.debugging > 0 || tellsStories(settings);

/** Whether it is to be explained how ports came by their states. */
export const tellsStories = ({explain, explainSvg}: Settings): boolean =>
	explain !== undefined || explainSvg !== undefined;

const scanTypeFor = (privileged: boolean | undefined): ScanOptions['scanType'] => {
	if (privileged === undefined) {
		return undefined;
	}

	return privileged ? 'syn' : 'connect';
};
