import type {AddressFamily, Micros} from '@halfopen/model';
import type {DiscoveryProbeSpec} from '@halfopen/scanner';
import type {TimingTemplate} from '@halfopen/timing';
import type {TypedPattern} from './ipv6-patterns.ts';

/** Everything that a command line and a config file say. What is absent was not said. */
export interface Settings {
	/**
	 * `discover`: find hosts, and scan no ports; `list`: name the targets and ask none; `interfaces`: show what the machine
	 * can send from.
	 */
	readonly action: 'scan' | 'discover' | 'list' | 'interfaces' | 'help' | 'version';

	/** --config: a file of options, besides the command line. */
	readonly configFile?: string;
	/** --no-config: whether the usual config file is looked at. */
	readonly useConfig: boolean;

	/** -4 or -6: which version of IP is scanned. */
	readonly family?: AddressFamily;
	/** --ipv6-multicast: who is on the links is a target. */
	readonly ipv6Multicast: boolean;
	/** --ipv6-patterns: what is asked of prefixes too large to walk. */
	readonly ipv6Patterns?: readonly TypedPattern[];
	/** --ipv6-seeds: a file of known addresses. */
	readonly ipv6SeedsFile?: string;
	readonly inputFile?: string;
	readonly exclude: readonly string[];
	readonly excludeFile?: string;
	/** --pairs: a file of addresses with ports. */
	readonly pairsFile?: string;
	readonly reverseNames: 'up' | 'all' | 'never';
	readonly dnsServers?: readonly string[];
	/** --system-dns: names are looked up by the system, as other programs look them up. */
	readonly systemDns: boolean;
	/** --resolve-all: every address of a name is a target. */
	readonly resolveAll: boolean;

	readonly ports?: string;
	readonly excludePorts?: string;
	readonly topPorts?: number;
	/** --port-ratio: ports that are open at least as often. */
	readonly portRatio?: number;
	/** -F: the 100 most popular ports. */
	readonly fast: boolean;
	readonly sequential: boolean;
	readonly order?: 'host' | 'random';
	readonly shard?: {readonly index: number; readonly count: number};
	readonly seed?: number;

	/** -Pn: all targets are taken to be up. */
	readonly skipDiscovery: boolean;
	/** The -P options, which replace the usual probes. */
	readonly pings?: readonly DiscoveryProbeSpec[];
	/** -PB: besides those, the usual probes other than ACKs. */
	readonly usualPings: boolean;
	/** --disable-arp-ping: whether targets on the link are asked by ARP or neighbour discovery. */
	readonly neighbours: boolean;
	/** --discovery-ignore-rst: whether a RST is no sign of a host. */
	readonly ignoreDiscoveryResets: boolean;

	readonly scanType?: 'syn' | 'connect';
	/** --privileged or --unprivileged: which scan type is the default. */
	readonly privileged?: boolean;

	readonly template?: TimingTemplate;
	readonly maxRetries?: number;
	readonly minRate?: number;
	readonly maxRate?: number;
	readonly maxHostRate?: number;
	readonly scanDelay?: Micros;
	readonly maxScanDelay?: Micros;
	readonly minParallelism?: number;
	readonly maxParallelism?: number;
	readonly minRttTimeout?: Micros;
	readonly maxRttTimeout?: Micros;
	readonly initialRttTimeout?: Micros;
	readonly hostTimeout?: Micros;
	readonly minHostGroup?: number;
	readonly maxHostGroup?: number;
	readonly confidence?: number;
	readonly ignoreResets?: boolean;

	readonly send?: 'auto' | 'ip' | 'packet' | 'connect';
	readonly senderThreads?: number;
	readonly worker?: boolean;
	readonly device?: string;
	readonly sourcePort?: number;
	readonly ttl?: number;
	/** --data-length: random bytes behind each SYN. */
	readonly dataLength?: number;

	/** --datadir: the folder with the `nmap-services` that names and ranks ports. */
	readonly dataFolder?: string;
	/** --servicedb: the file itself. */
	readonly servicesFile?: string;
	/** --no-datadir: whether such a file is looked for. */
	readonly useServices: boolean;

	/** --simulate: describes the network that is scanned instead of a real one. */
	readonly simulateFile?: string;

	readonly normalFile?: string;
	readonly xmlFile?: string;
	readonly grepableFile?: string;
	/** -oA: normal, XML and grepable, under this name with .nmap, .xml and .gnmap behind it. */
	readonly allFiles?: string;
	readonly ndjsonFile?: string;
	readonly jsonFile?: string;
	readonly listFile?: string;
	readonly csvFile?: string;
	readonly csvFields?: readonly string[];
	readonly pcapFile?: string;
	/** --explain: of these ports, as -p takes them; `0-` for all. */
	readonly explain?: string;
	readonly explainSvg?: string;
	/** What the XML names as its stylesheet; `false` for none. */
	readonly stylesheet?: string | false;
	readonly appendOutput: boolean;

	readonly results?: 'table' | 'stream';
	/** Bytes. */
	readonly resultsBudget?: number;
	readonly statusFile?: string;

	/** -v0: nothing on standard output but what is written there by name. */
	readonly silent: boolean;
	readonly verbosity: number;
	readonly debugging: number;
	readonly reasons: boolean;
	readonly onlyOpen: boolean;
	readonly packetTrace: boolean;
	readonly statsEvery?: Micros;
	/** --noninteractive: no keys and no progress line. */
	readonly interactive: boolean;
}

/** What an empty command line says. */
export const DEFAULT_SETTINGS: Settings = {
	action: 'scan',
	useConfig: true,
	useServices: true,
	exclude: [],
	reverseNames: 'up',
	systemDns: false,
	resolveAll: false,
	ipv6Multicast: false,
	fast: false,
	sequential: false,
	skipDiscovery: false,
	usualPings: false,
	neighbours: true,
	ignoreDiscoveryResets: false,
	appendOutput: false,
	silent: false,
	verbosity: 0,
	debugging: 0,
	reasons: false,
	onlyOpen: false,
	packetTrace: false,
	interactive: true,
};
