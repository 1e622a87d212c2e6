import type {ScanOptionName} from '@halfopen/model';
import type {DiscoveryProbeSpec} from '@halfopen/scanner';
import type {Settings} from './settings.ts';

/** How an option of the library was typed; `undefined` for a word that is no option, or one that is not typed. */
export const typedName = (name: string, settings: Settings): string | undefined => {
	const typed = Object.hasOwn(TYPED_NAMES, name) ? TYPED_NAMES[name as ScanOptionName] : undefined;
	return typeof typed === 'function' ? typed(settings) : typed;
};

const TYPED_NAMES: Readonly<Record<ScanOptionName, string | ((settings: Settings) => string) | undefined>> = {
	targets: undefined,
	family: '-6',
	exclude: '--exclude',
	resolveAll: '--resolve-all',
	ipv6Patterns: '--ipv6-patterns',
	ipv6Multicast: '--ipv6-multicast',
	ports: '-p',
	excludePorts: '--exclude-ports',
	topPorts: '--top-ports',
	portRatio: '--port-ratio',
	services: ({servicesFile}) => (servicesFile === undefined ? '--datadir' : '--servicedb'),
	discovery: settings => discoveryName(settings),
	scanType: ({scanType}) => (scanType === 'connect' ? '-sT' : '-sS'),
	template: '-T',
	maxRetries: '--max-retries',
	minRate: '--min-rate',
	maxRate: '--max-rate',
	scanDelay: '--scan-delay',
	maxScanDelay: '--max-scan-delay',
	minParallelism: '--min-parallelism',
	maxParallelism: '--max-parallelism',
	minRttTimeout: '--min-rtt-timeout',
	maxRttTimeout: '--max-rtt-timeout',
	initialRttTimeout: '--initial-rtt-timeout',
	confidence: '--confidence',
	ignoreResets: '--defeat-rst-ratelimit',
	hostTimeout: '--host-timeout',
	minHostGroup: '--min-hostgroup',
	maxHostGroup: '--max-hostgroup',
	sequential: '-r',
	seed: '--seed',
	order: '--order',
	shard: '--shard',
	pairs: '--pairs',
	maxHostRate: '--max-host-rate',
	results: '--results',
	resultsBudget: '--results-budget',
	senderThreads: '--sender-threads',
	worker: '--worker',
	device: '-e',
	sourcePort: '-g',
	ttl: '--ttl',
	dataLength: '--data-length',
	send: '--send',
	reverseNames: '-R',
	dnsServers: '--dns-servers',
	systemDns: '--system-dns',
	portEvents: undefined,
	trace: ({packetTrace}) => (packetTrace ? '--packet-trace' : '--pcap'),
	decisions: '-d',
	simulate: '--simulate',
	signal: undefined,
};

/** One of several will do. */
const discoveryName = ({pings, usualPings, neighbours}: Settings): string => {
	if (pings !== undefined) {
		const {kind} = pings[0];
		return kind === 'ack' && usualPings ? '-PB' : PING_NAMES[kind];
	}

	return neighbours ? '--discovery-ignore-rst' : '--disable-arp-ping';
};

const PING_NAMES: Readonly<Record<DiscoveryProbeSpec['kind'], string>> = {
	echo: '-PE',
	timestamp: '-PP',
	'address-mask': '-PM',
	syn: '-PS',
	ack: '-PA',
	udp: '-PU',
	protocol: '-PO',
};
