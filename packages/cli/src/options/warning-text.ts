import type {DiscoveryProbeSpec, ScanOptions} from '@halfopen/scanner';
import type {Settings} from './settings.ts';

/** A warning of the library, with its options called as they were typed. */
export const warningText = (message: string, settings: Settings): string =>
	message.replace(
		/^`(?<name>\w+)`/,
		(quoted, name: keyof ScanOptions) => TYPED_NAMES[name]?.(settings) ?? quoted,
	);

/** What may have been typed for an option that the library warns of. */
const TYPED_NAMES: Partial<Record<keyof ScanOptions, (settings: Settings) => string>> = {
	dataLength: () => '--data-length',
	device: () => '-e',
	discovery: settings => discoveryName(settings),
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
