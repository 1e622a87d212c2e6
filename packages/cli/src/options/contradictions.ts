import {MILLISECOND} from '@halfopen/model';
import type {Settings} from './settings.ts';

/** What is wrong when two settings exclude each other, in one line; `undefined` when all fit. */
export const contradictionIn = (settings: Settings): string | undefined =>
	CONTRADICTIONS.find(([contradicts]) => contradicts(settings))?.[1] ??
	PAIRS.map(pair => reversal(pair, settings)).find(message => message !== undefined);

const reversal = ({low, high, names, unit = 1}: Pair, settings: Settings): string | undefined => {
	const [least, most] = [settings[low], settings[high]];
	if (least === undefined || most === undefined || least <= most) {
		return undefined;
	}

	const shown = [least, most].map(value => `\`${value / unit}${unit === 1 ? '' : 'ms'}\``);
	return `${names.join(' and ')}: expected the first not above the second, got ${shown.join(' and ')}`;
};

/** Whether the settings leave nothing but connections. */
const isConnectScan = ({scanType, privileged, send}: Settings): boolean =>
	scanType === 'connect' || privileged === false || send === 'connect';

const CONTRADICTIONS: readonly (readonly [(settings: Settings) => boolean, string])[] = [
	[
		({configFile, useConfig}) => configFile !== undefined && !useConfig,
		'--config and --no-config: expected one of them, got both',
	],
	[
		({fast, ports}) => fast && ports !== undefined,
		'-F and -p: expected one of them, got both; --top-ports 100 with -p takes the most popular of those',
	],
	[
		({action, ports, fast}) => action === 'list' && (ports !== undefined || fast),
		'-sL and ports: expected one of them, got both; a list of targets asks no ports',
	],
	[
		({action, ports, fast}) => action === 'discover' && (ports !== undefined || fast),
		'-sn and ports: expected one of them, got both; -sn scans none',
	],
	[
		({action, scanType}) => action === 'discover' && scanType !== undefined,
		'-sn and -sS or -sT: expected one of them, got both; --unprivileged finds hosts by connections',
	],
	[
		({action, order, shard, pairsFile, results}) =>
			action === 'discover' &&
			(order === 'random' || shard !== undefined || pairsFile !== undefined || results !== undefined),
		'-sn and --order random, --shard, --pairs or --results: expected one of them, got both; those are about ports',
	],
	[
		({family, ipv6Multicast}) => ipv6Multicast && family !== 6,
		'--ipv6-multicast: expected -6 too, got a scan of IPv4',
	],
	[
		({action, ipv6Multicast}) => ipv6Multicast && action === 'list',
		'-sL and --ipv6-multicast: expected one of them, got both; -sL asks nobody, -sn lists who is there',
	],
	[
		({pairsFile, simulateFile, ipv6Multicast}) =>
			ipv6Multicast && (pairsFile !== undefined || simulateFile !== undefined),
		'--ipv6-multicast and --pairs or --simulate: expected one of them, got both',
	],
	[
		settings => settings.ipv6Multicast && isConnectScan(settings),
		'--ipv6-multicast and a connect scan: expected one of them, got both; it needs raw packets',
	],
	[
		({family, ipv6Patterns, ipv6SeedsFile}) =>
			family !== 6 && (ipv6Patterns !== undefined || ipv6SeedsFile !== undefined),
		'--ipv6-patterns and --ipv6-seeds: expected -6 too, got a scan of IPv4',
	],
	[
		({ipv6Patterns = [], ipv6SeedsFile}) =>
			ipv6SeedsFile === undefined && ipv6Patterns.some(({kind}) => kind === 'seeds'),
		'--ipv6-patterns seeds: expected --ipv6-seeds with a file of them too, got none',
	],
	[
		({family, pings = []}) =>
			family === 6 && pings.some(({kind}) => kind === 'timestamp' || kind === 'address-mask'),
		'-6 and -PP or -PM: expected one of them, got both; those probes are of IPv4 only',
	],
	[
		settings =>
			isConnectScan(settings) &&
			settings.pings?.some(({kind}) => kind === 'udp' || kind === 'protocol') === true,
		'-sT, --unprivileged or --send connect, and -PU or -PO: expected one of them, got both; those probes need raw packets',
	],
	[
		({pairsFile, ports, fast, topPorts}) =>
			pairsFile !== undefined && (ports !== undefined || fast || topPorts !== undefined),
		'--pairs and other ports: expected one of them, got both; each pair has its port',
	],
	[
		({portRatio, topPorts, fast}) => portRatio !== undefined && (topPorts !== undefined || fast),
		'--port-ratio and -F or --top-ports: expected one of them, got both',
	],
	[
		({dataFolder, servicesFile, useServices}) =>
			[dataFolder !== undefined, servicesFile !== undefined, !useServices].filter(Boolean).length > 1,
		'--datadir, --servicedb and --no-datadir: expected one of them, got more',
	],
	[
		({shard, order}) => shard !== undefined && order === 'host',
		'--shard and --order host: expected one of them, got both; parts are of a scan in random order',
	],
	[
		({shard, seed}) => shard !== undefined && seed === undefined,
		'--shard: expected --seed too, got none; the parts are those of one shuffle',
	],
	[
		({scanType, privileged}) => scanType === 'syn' && privileged === false,
		'-sS and --unprivileged: expected one of them, got both; a SYN scan needs raw packets',
	],
	[
		({scanType, send}) => scanType === 'syn' && send === 'connect',
		'-sS and --send connect: expected one of them, got both',
	],
	[
		({scanType, privileged, send}) =>
			(scanType === 'connect' || privileged === false) && (send === 'ip' || send === 'packet'),
		'-sT or --unprivileged and --send: expected auto or connect, got a way that needs raw packets',
	],
	[
		settings => settings.simulateFile !== undefined && isConnectScan(settings),
		'--simulate and a connect scan: expected one of them, got both; a simulated network takes SYNs',
	],
];

/** Settings of which the first may not be above the second. */
interface Pair {
	readonly low: PairedSetting;
	readonly high: PairedSetting;
	readonly names: readonly [string, string];
	/** What errors show of it: times are in microseconds. */
	readonly unit?: number;
}

type PairedSetting = {
	[Key in keyof Settings]-?: Settings[Key] extends number | undefined ? Key : never;
}[keyof Settings];

const PAIRS: readonly Pair[] = [
	{low: 'minRate', high: 'maxRate', names: ['--min-rate', '--max-rate']},
	{low: 'minParallelism', high: 'maxParallelism', names: ['--min-parallelism', '--max-parallelism']},
	{low: 'minHostGroup', high: 'maxHostGroup', names: ['--min-hostgroup', '--max-hostgroup']},
	{
		low: 'minRttTimeout',
		high: 'maxRttTimeout',
		names: ['--min-rtt-timeout', '--max-rtt-timeout'],
		unit: MILLISECOND,
	},
	{low: 'scanDelay', high: 'maxScanDelay', names: ['--scan-delay', '--max-scan-delay'], unit: MILLISECOND},
];
