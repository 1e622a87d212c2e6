import type {AddressFamily} from '@halfopen/model';
import {inputFile, list} from '../argument.ts';
import {ipv6Patterns} from '../ipv6-patterns.ts';
import {optionError} from '../option-error.ts';
import {flag, once, option, type OptionEntry} from '../option.ts';
import type {Settings} from '../settings.ts';

const family =
	(wanted: AddressFamily) =>
	({family: previous}: Settings): Partial<Settings> => {
		if (previous !== undefined && previous !== wanted) {
			throw optionError('-4 and -6: expected one of them, got both');
		}

		return {family: wanted};
	};

export const TARGETS: readonly OptionEntry[] = [
	option({
		names: ['-iL'],
		argument: inputFile,
		help: 'Scan the targets in FILE too; - for standard input',
		details: 'Targets stand between blanks and line ends; # begins a comment that ends with the line.',
		set: (file, settings, name) => ({inputFile: once(settings.inputFile, file, name)}),
	}),
	option({
		names: ['--pairs'],
		argument: inputFile,
		help: 'Scan the addresses with ports in FILE, as in 192.0.2.7:22, and nothing else',
		set: (file, settings, name) => ({pairsFile: once(settings.pairsFile, file, name)}),
	}),
	option({
		names: ['--exclude'],
		argument: list('LIST'),
		help: 'Never ask these targets, separated by commas',
		set: (targets, {exclude}) => ({exclude: [...exclude, ...targets]}),
	}),
	option({
		names: ['--excludefile'],
		argument: inputFile,
		help: 'Never ask the targets in FILE',
		set: (file, settings, name) => ({excludeFile: once(settings.excludeFile, file, name)}),
	}),
	flag({
		names: ['-sL'],
		help: 'List the targets and their names, and ask none of them',
		isOnlyTyped: true,
		set: {action: 'list'},
	}),
	flag({
		names: ['--resolve-all'],
		help: 'Scan every address of a name, not only the first',
		set: {resolveAll: true},
	}),
	flag({
		names: ['--unique'],
		help: 'Scan each address once. Always so: an address that is named twice is scanned once',
		set: {},
	}),
	flag({names: ['-n'], help: 'Look up no names of addresses', set: {reverseNames: 'never'}}),
	flag({
		names: ['-R'],
		help: 'Look up the names of all addresses, not only of hosts that are up',
		set: {reverseNames: 'all'},
	}),
	option({
		names: ['--dns-servers'],
		argument: list('LIST'),
		help: 'Ask these name servers, separated by commas, for the names of addresses',
		set: dnsServers => ({dnsServers}),
	}),
	flag({
		names: ['--system-dns'],
		help: "Look up names of addresses by the system's resolver, with /etc/hosts",
		set: {systemDns: true},
	}),
	flag({names: ['-4'], help: 'Scan IPv4; so it is without -6', set: family(4)}),
	flag({
		names: ['-6'],
		help: 'Scan IPv6: addresses, prefixes, and names by their AAAA records',
		details: 'A link-local address needs its link, as in fe80::1%eth0, or -e. See docs/ipv6.md.',
		set: family(6),
	}),
	flag({
		names: ['--ipv6-multicast'],
		help: 'Scan who is on the link of -e, or on any: all nodes are asked, and those that answer are targets',
		set: {ipv6Multicast: true},
	}),
	option({
		names: ['--ipv6-patterns'],
		argument: ipv6Patterns,
		help: 'Of IPv6 prefixes too large to walk, ask the likely addresses, such as low-byte,ports',
		details:
			'Between commas: low-byte (::1 to ::ff, or as many bits as low-byte:16 says), ports (::80, ::53:1), words (::cafe), eui64:OUI or eui64:VENDOR (made from MAC addresses), ipv4:ADDRESSES (::192.0.2.7, ::192:0:2:7), and seeds:N (N before and behind those of --ipv6-seeds).',
		set: (patterns, {ipv6Patterns: previous = []}) => ({ipv6Patterns: [...previous, ...patterns]}),
	}),
	option({
		names: ['--ipv6-seeds'],
		argument: inputFile,
		help: 'Ask for the last 64 bits of the addresses in FILE, and for those near them, in each prefix too large to walk',
		set: (file, settings, name) => ({ipv6SeedsFile: once(settings.ipv6SeedsFile, file, name)}),
	}),
];
