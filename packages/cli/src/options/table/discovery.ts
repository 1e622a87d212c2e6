import {parsePorts, parseProtocols, type ServiceLookup} from '@halfopen/targets';
import type {DiscoveryProbeSpec} from '@halfopen/scanner';
import type {Argument} from '../argument.ts';
import {optionError, withOption} from '../option-error.ts';
import {flag, option, type OptionEntry, type OptionRow} from '../option.ts';
import type {Settings} from '../settings.ts';

/** A list behind the letter, as in `-PS22,80`. Empty when nothing is there. */
const glued = (label: string, check: (list: string) => unknown): Argument<string> => ({
	label,
	isOptional: true,
	isGlued: true,
	read: (value, name) => {
		const list = value === 'true' ? '' : value;
		if (list !== '') {
			try {
				check(list);
			} catch (error) {
				throw withOption(name, error);
			}
		}

		return list;
	},
	schema: {anyOf: [{const: true}, {type: 'string'}, {type: 'integer', minimum: 0}]},
	completes: 'nothing',
});

/** Which services there are is known later, when a file of them is read. */
const ANY_SERVICE: ServiceLookup = {portsNamed: () => [0], isListed: () => true};

const PORT_LIST = glued('PORTS', list => {
	if (/[A-Za-z]:/.test(list)) {
		throw optionError(`Expected ports without a prefix such as \`T:\`, got \`${list}\``);
	}

	parsePorts(list, ANY_SERVICE);
});

const PROTOCOL_LIST = glued('PROTOCOLS', parseProtocols);

/** Adds a probe. One with a list may be given once: a second would leave in doubt what holds. */
const withPing = (
	{pings = []}: Settings,
	ping: DiscoveryProbeSpec,
	name: string,
): Pick<Settings, 'pings'> => {
	const isSecond = LISTED.has(ping.kind) && pings.some(({kind}) => kind === ping.kind);
	if (isSecond) {
		throw optionError(`${name}: expected once, got it twice; commas join lists`);
	}

	return {pings: [...pings, ping]};
};

const LISTED: ReadonlySet<DiscoveryProbeSpec['kind']> = new Set(['syn', 'ack', 'udp', 'protocol']);

/** A probe that goes to ports. */
const toPorts = (
	kind: 'syn' | 'ack' | 'udp',
	row: Pick<OptionRow<string>, 'names' | 'help' | 'details'>,
	besides: Partial<Settings> = {},
): OptionEntry =>
	option({
		...row,
		argument: PORT_LIST,
		set: (ports, settings, name) => ({
			...withPing(settings, ports === '' ? {kind} : {kind, ports}, name),
			...besides,
		}),
	});

/** A probe that is one of its kind. */
const plain = (
	kind: 'echo' | 'timestamp' | 'address-mask',
	row: Pick<OptionEntry, 'names' | 'help'>,
): OptionEntry => flag({...row, set: settings => withPing(settings, {kind}, row.names[0])});

export const DISCOVERY: readonly OptionEntry[] = [
	flag({
		names: ['-sn', '-sP'],
		help: 'Find out which hosts are up, and scan no ports',
		isOnlyTyped: true,
		set: ({action}) => (action === 'list' ? {} : {action: 'discover'}),
	}),
	flag({
		names: ['-Pn', '-P0', '-PN', '-PD'],
		help: 'Do not ask first which hosts are up: scan every target',
		details:
			'Targets on the link that do not answer ARP or neighbour discovery are down all the same: nothing can be sent to them.',
		set: {skipDiscovery: true},
	}),
	plain('echo', {names: ['-PE', '-PI'], help: 'Find hosts by ICMP echo requests'}),
	plain('timestamp', {names: ['-PP'], help: 'Find hosts by ICMP timestamp requests'}),
	plain('address-mask', {names: ['-PM'], help: 'Find hosts by ICMP address mask requests'}),
	toPorts('syn', {
		names: ['-PS'],
		help: 'Find hosts by SYNs to these ports, as in -PS22,443; port 80 if not said',
		details:
			'Each -P option adds probes, and together they replace the usual ones: an echo request, a SYN to port 443, an ACK to port 80 and, over IPv4, a timestamp request; without raw packets, connections to ports 80 and 443. Targets on the link are asked by ARP or neighbour discovery instead.',
	}),
	toPorts('ack', {
		names: ['-PA', '-PT'],
		help: 'Find hosts by ACKs to these ports; port 80 if not said',
	}),
	toPorts('udp', {
		names: ['-PU'],
		help: 'Find hosts by UDP to these ports; port 40125 if not said',
	}),
	option({
		names: ['-PO'],
		argument: PROTOCOL_LIST,
		help: 'Find hosts by packets of these IP protocols; 1,2,4 if not said',
		set: (protocols, settings, name) =>
			withPing(settings, protocols === '' ? {kind: 'protocol'} : {kind: 'protocol', protocols}, name),
	}),
	toPorts(
		'ack',
		{names: ['-PB'], help: 'Find hosts by the usual probes, with ACKs to these ports'},
		{usualPings: true},
	),
	flag({
		names: ['-PR'],
		help: 'Find hosts on the link by ARP or neighbour discovery. So it is without',
		set: {},
	}),
	flag({
		names: ['--disable-arp-ping'],
		help: 'Find hosts on the link as others are found, not by ARP or neighbour discovery',
		set: {neighbours: false},
	}),
	flag({
		names: ['--discovery-ignore-rst'],
		help: 'Take no RST for a sign of a host: for firewalls that send them in the name of others',
		set: {ignoreDiscoveryResets: true},
	}),
];
