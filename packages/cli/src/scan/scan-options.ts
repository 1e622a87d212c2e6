import type {ScanOptions} from '@halfopen/scanner';
import {FAST_PORTS} from '../options/limits.ts';
import type {Settings} from '../options/settings.ts';
import type {TypedTargets} from '../targets/read-targets.ts';

/** Settings that the scanner takes under the same name. */
const SHARED = [
	'ports',
	'excludePorts',
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
	'send',
	'reverseNames',
] as const satisfies readonly (keyof Settings & keyof ScanOptions)[];

/** What the scanner is asked for. It tells only what will be shown: telling costs time. */
export const scanOptionsOf = (settings: Settings, typed: TypedTargets, signal: AbortSignal): ScanOptions => {
	const topPorts = settings.fast ? FAST_PORTS : settings.topPorts;
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
		signal,
	};
};

/** Whether the scan is to tell every packet, for the screen or for what is drawn and kept of them. */
export const tellsPackets = (settings: Settings): boolean =>
	settings.packetTrace || settings.pcapFile !== undefined || isExplained(settings);

export const tellsDecisions = (settings: Settings): boolean =>
	settings.debugging > 0 || isExplained(settings);

const isExplained = ({explain, explainSvg}: Settings): boolean =>
	explain !== undefined || explainSvg !== undefined;

const scanTypeFor = (privileged: boolean | undefined): ScanOptions['scanType'] => {
	if (privileged === undefined) {
		return undefined;
	}

	return privileged ? 'syn' : 'connect';
};
