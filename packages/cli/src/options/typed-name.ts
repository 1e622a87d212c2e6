import type {DiscoveryProbeSpec, ScanOptions} from '@halfopen/scanner';
import type {Settings} from './settings.ts';

/** How an option of the library was typed; `undefined` for a word that is no option, or one that cannot be typed wrong. */
export const typedName = (name: string, settings: Settings): string | undefined =>
	Object.hasOwn(TYPED_NAMES, name) ? TYPED_NAMES[name as keyof ScanOptions]?.(settings) : undefined;

/** What may have been typed for an option that the library warns of, or refuses. */
const TYPED_NAMES: Partial<Record<keyof ScanOptions, (settings: Settings) => string>> = {
	dataLength: () => '--data-length',
	device: () => '-e',
	discovery: settings => discoveryName(settings),
	dnsServers: () => '--dns-servers',
	hostTimeout: () => '--host-timeout',
	maxHostGroup: () => '--max-hostgroup',
	minHostGroup: () => '--min-hostgroup',
	send: () => '--send',
	senderThreads: () => '--sender-threads',
	sourcePort: () => '-g',
	trace: ({packetTrace}) => (packetTrace ? '--packet-trace' : '--pcap'),
	ttl: () => '--ttl',
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
