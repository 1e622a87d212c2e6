// Hosts that answer discovery in every way, and what is to be said of them.
import {execFileSync} from 'node:child_process';
import {
	FORGED_MAC,
	firewall,
	forgeHosts,
	listen,
	type FirewallRule,
	type ForgedAnswer,
	type ForgedHosts,
	type Lab,
	type Namespace,
} from '../lab/index.ts';

/** Where a packet is counted that is no answer: one of the reasons to reject it, or as a reply that changes nothing. */
export type CountedAs =
	| 'malformed'
	| 'unsolicited'
	| 'wrongCookie'
	| 'wrongQuote'
	| 'shortQuote'
	| 'redundantReplies';

export interface HostCase {
	readonly what: string;
	/** What answers in the place of the kernel; nobody with an empty list. */
	readonly answers?: readonly ForgedAnswer[];
	/** What the kernel answers; everything else is dropped. */
	readonly answersOnly?: string;
	/** State, reason, TTL and link-layer address. */
	readonly says: string;
	/** Answers that say nothing of the host, at the most: its kernel limits their number. */
	readonly unclear?: number;
	/** What Nmap 7.93 says, where that is another thing on purpose. */
	readonly nmap?: {readonly says: string; readonly because: string};
	/** Each answer to each of its two tries is counted so; of a kernel, the one that it gives. */
	readonly countedAs?: CountedAs;
	/** An address of its own; otherwise the next one of the group. */
	readonly address?: string;
}

/** Hosts that one command asks. */
export interface HostGroup {
	readonly what: string;
	readonly args: readonly string[];
	/** Addresses of hosts that have none: this with their number behind. */
	readonly network: string;
	readonly hosts: readonly HostCase[];
}

const SILENT = 'down no-response';
/** The next hop to 10.99.0.0/16 and fd99::/64, which speaks for their hosts as a router would. */
const ROUTER = '10.77.3.2';
const ROUTER_V6 = 'fd77:3::2';

/** Link-layer addresses of the lab: of the scanner, of the host on its link, and of its router. */
const SCANNER_MAC = '02:77:00:00:03:01';
const KERNEL_MAC = '02:77:00:00:03:02';
const ROUTER_MAC = '02:77:00:00:01:fe';

const STRANGER = '10.99.222.1';
const STRANGER_V6 = 'fd99::dead:1';

const NO_COOKIE_CHECK = 'Nmap compares less of an answer with what it asked';
const NO_FORM_CHECK = 'Nmap looks neither at the length nor at the checksum of an answer';
const NO_UDP_V6 = 'Nmap 7.93 does not know its UDP probes again over IPv6';
const HINT_ONLY = 'Nmap waits for the host all the same, and does not say why it is down';

const CHANGES_NOTHING = {countedAs: 'redundantReplies'} as const;

const kernel = (says: string): HostCase => ({what: 'a host that answers', says});
const silent: HostCase = {what: 'a host that is silent', answers: [], says: SILENT};

const forged = (
	what: string,
	answers: readonly ForgedAnswer[],
	says: string,
	rest: Pick<HostCase, 'countedAs' | 'nmap'> = {},
): HostCase => ({what, answers, says, ...rest});

/** No answer, and counted. */
const rejected = (
	what: string,
	answer: ForgedAnswer,
	countedAs: CountedAs,
	nmap?: HostCase['nmap'],
): HostCase => ({what, answers: [answer], says: SILENT, countedAs, ...(nmap !== undefined && {nmap})});

/** What ICMP errors of others say of a host, whatever it was asked by. */
const errorsAbout = (router: string): readonly HostCase[] => [
	forged('a port unreachable of its own', [{kind: 'icmp', type: 3, code: 3}], 'up port-unreach ttl 64'),
	forged('a protocol unreachable of its own', [{kind: 'icmp', type: 3, code: 2}], 'up proto-unreach ttl 64'),
	...[
		[0, 'net-unreach'],
		[1, 'host-unreach'],
	].map(([code, reason]) =>
		forged(
			`a router says ${reason}`,
			[{kind: 'icmp', type: 3, code: Number(code), from: router}],
			`down ${reason} ttl 64`,
			{nmap: {says: SILENT, because: HINT_ONLY}},
		),
	),
	...[9, 10, 13].map(code =>
		forged(
			`a router says that the probe is prohibited, by 3/${code}`,
			[{kind: 'icmp', type: 3, code, from: router}],
			SILENT,
			CHANGES_NOTHING,
		),
	),
	forged(
		'a router says port unreachable',
		[{kind: 'icmp', type: 3, code: 3, from: router}],
		SILENT,
		CHANGES_NOTHING,
	),
	forged(
		'a router says that the time is exceeded',
		[{kind: 'icmp', type: 11, code: 0, from: router}],
		'down time-exceeded ttl 64',
	),
];

/** Quotes of other probes, and of too little. Nmap knows the number of a SYN again, and not that of an ICMP query. */
const wrongQuotes = (router: string, stranger: string, knowsNumber: boolean): readonly HostCase[] => [
	rejected(
		'an error that quotes another number',
		{kind: 'icmp', type: 3, code: 3, seq: 1},
		'wrongQuote',
		knowsNumber ? undefined : {says: 'up port-unreach ttl 64', because: NO_COOKIE_CHECK},
	),
	rejected(
		'an error that quotes another address',
		{kind: 'icmp', type: 3, code: 1, from: router, asked: stranger},
		'wrongQuote',
	),
	rejected('an error that quotes 7 bytes', {kind: 'icmp', type: 3, code: 3, quote: 7}, 'shortQuote', {
		says: 'up port-unreach ttl 64',
		because: 'Nmap reads the ports, and what is behind them only when it is there',
	}),
];

/** Answers to ICMP queries. */
const queries = (reason: string, otherType: number, bytes: number): readonly HostCase[] => [
	forged('an answer with another TTL', [{kind: 'query', ttl: 200}], `up ${reason} ttl 200`),
	forged('an answer to the second try', [{kind: 'query', skip: 1}], `up ${reason} ttl 64`),
	forged('an answer that comes three times', [{kind: 'query', copies: 3}], `up ${reason} ttl 64`),
	rejected('another identifier', {kind: 'query', id: 1}, 'wrongCookie'),
	rejected('another sequence number', {kind: 'query', seq: 1}, 'wrongCookie', {
		says: `up ${reason} ttl 64`,
		because: NO_COOKIE_CHECK,
	}),
	rejected('an answer from an address not asked', {kind: 'query', from: STRANGER}, 'wrongCookie'),
	forged('an answer to another kind of query', [{kind: 'query', type: otherType}], SILENT),
	rejected('an answer that is cut short', {kind: 'query', length: bytes}, 'malformed', {
		says: `up ${reason} ttl 64`,
		because: NO_FORM_CHECK,
	}),
	rejected('an answer with a wrong checksum', {kind: 'query', corrupt: 1}, 'malformed', {
		says: `up ${reason} ttl 64`,
		because: NO_FORM_CHECK,
	}),
];

const RESET = 'up reset ttl 64';
const SYN_ACK = 'up syn-ack ttl 64';

/** To the SYN of a probe, without those whose verdict depends on --discovery-ignore-rst. */
const synAnswers: readonly HostCase[] = [
	forged('SYN/ACK', [{kind: 'tcp'}], SYN_ACK),
	rejected('SYN/ACK with a wrong acknowledgement', {kind: 'tcp', ack: 2}, 'wrongCookie', {
		says: SYN_ACK,
		because: NO_COOKIE_CHECK,
	}),
	rejected('RST/ACK with a wrong acknowledgement', {kind: 'tcp', flags: 'RA', ack: 2}, 'wrongCookie', {
		says: RESET,
		because: NO_COOKIE_CHECK,
	}),
	rejected('SYN/ACK from an address not asked', {kind: 'tcp', from: STRANGER}, 'wrongCookie'),
	rejected('a bare ACK', {kind: 'tcp', flags: 'A'}, 'unsolicited'),
];

const HOST_GROUPS: readonly Omit<HostGroup, 'network'>[] = [
	{
		what: 'an echo request',
		args: ['-PE'],
		hosts: [
			kernel('up echo-reply ttl 64'),
			silent,
			...queries('echo-reply', 14, 7),
			...errorsAbout(ROUTER),
			...wrongQuotes(ROUTER, STRANGER, false),
		],
	},
	{
		what: 'a timestamp request',
		args: ['-PP'],
		hosts: [kernel('up timestamp-reply ttl 64'), silent, ...queries('timestamp-reply', 0, 19)],
	},
	{
		what: 'an address mask request',
		args: ['-PM'],
		hosts: [
			{...kernel(SILENT), what: 'a kernel that knows no address masks'},
			silent,
			...queries('addressmask-reply', 0, 11),
		],
	},
	{
		what: 'a SYN',
		args: ['-PS23'],
		hosts: [
			kernel(RESET),
			silent,
			forged('a bare RST', [{kind: 'tcp', flags: 'R'}], RESET),
			...synAnswers,
			...errorsAbout(ROUTER),
			...wrongQuotes(ROUTER, STRANGER, true),
		],
	},
	{
		what: 'a SYN, RSTs ignored',
		args: ['-PS23', '--discovery-ignore-rst'],
		hosts: [
			{...kernel(SILENT), ...CHANGES_NOTHING, what: 'a host that resets'},
			forged('SYN/ACK', [{kind: 'tcp'}], SYN_ACK),
			forged('a bare RST', [{kind: 'tcp', flags: 'R'}], SILENT, CHANGES_NOTHING),
		],
	},
	{
		what: 'SYNs to several ports',
		args: ['-PS21-23,80'],
		hosts: [
			{what: 'a host that resets at one', answersOnly: 'tcp dport 80', says: RESET},
			{what: 'a host that listens at one', answersOnly: 'tcp dport 22', says: SYN_ACK},
			silent,
		],
	},
	{
		what: 'an ACK',
		args: ['-PA80'],
		hosts: [
			kernel(RESET),
			silent,
			forged('RST', [{kind: 'tcp', flags: 'R', next: 0}], RESET),
			rejected('RST with another sequence number', {kind: 'tcp', flags: 'R', next: 1}, 'wrongCookie', {
				says: RESET,
				because: NO_COOKIE_CHECK,
			}),
			rejected(
				'RST from an address not asked',
				{kind: 'tcp', flags: 'R', next: 0, from: STRANGER},
				'wrongCookie',
			),
			rejected('SYN/ACK, which answers no ACK', {kind: 'tcp', next: 0}, 'unsolicited'),
			...errorsAbout(ROUTER),
		],
	},
	{
		what: 'a UDP datagram',
		args: ['-PU40125'],
		hosts: [
			kernel('up port-unreach ttl 64'),
			silent,
			forged('a datagram', [{kind: 'udp'}], 'up udp-response ttl 64'),
			rejected('a datagram from another port', {kind: 'udp', port: 1}, 'redundantReplies'),
			rejected('a datagram from an address not asked', {kind: 'udp', from: STRANGER}, 'redundantReplies'),
			rejected(
				'an error that quotes another identification',
				{kind: 'icmp', type: 3, code: 3, id: 1},
				'wrongQuote',
				{
					says: 'up port-unreach ttl 64',
					because: NO_COOKIE_CHECK,
				},
			),
			...errorsAbout(ROUTER),
		],
	},
	{
		what: 'a packet of an IP protocol',
		args: ['-PO253'],
		hosts: [
			kernel('up proto-unreach ttl 64'),
			silent,
			forged('a packet of the protocol', [{kind: 'ip'}], 'up proto-response ttl 64'),
			rejected('a packet of another protocol', {kind: 'ip', protocol: 254}, 'redundantReplies'),
			rejected(
				'a packet of the protocol from an address not asked',
				{kind: 'ip', from: STRANGER},
				'redundantReplies',
			),
			...errorsAbout(ROUTER),
		],
	},
	{
		what: 'the usual probes',
		args: [],
		hosts: [
			kernel('up echo-reply ttl 64'),
			silent,
			{
				what: 'only echo requests are let through',
				answersOnly: 'icmp type echo-request',
				says: 'up echo-reply ttl 64',
			},
			{
				what: 'only SYNs to 443 are',
				answersOnly: 'tcp flags & (syn | ack) == syn tcp dport 443',
				says: RESET,
			},
			{what: 'only ACKs to 80 are', answersOnly: 'tcp flags & (syn | ack) == ack tcp dport 80', says: RESET},
			{
				what: 'only timestamp requests are',
				answersOnly: 'icmp type timestamp-request',
				says: 'up timestamp-reply ttl 64',
			},
		],
	},
	{
		what: 'no probe at all',
		args: ['-Pn'],
		hosts: [
			{...kernel('up user-set'), what: 'a host behind a router'},
			{...silent, says: 'up user-set'},
		],
	},
];

/** Behind a router whose own kernel speaks for them. */
const ROUTER_GROUPS: readonly HostGroup[] = [
	{
		what: 'an echo request, through a router,',
		args: ['-PE'],
		network: '10.96.1.',
		hosts: [
			{what: 'a host behind it', address: '10.77.2.2', says: 'up echo-reply ttl 63'},
			{
				what: 'it has no route',
				says: 'down net-unreach ttl 64',
				nmap: {says: SILENT, because: HINT_ONLY},
			},
			{
				what: 'it does not reach the host',
				address: '10.96.8.1',
				says: 'down host-unreach ttl 64',
				nmap: {says: SILENT, because: HINT_ONLY},
			},
			{what: 'it prohibits the way', address: '10.96.9.1', says: SILENT, unclear: 2},
			{what: 'it drops what comes', address: '10.96.10.1', says: SILENT},
		],
	},
	{
		what: 'a probe that does not get farther than the router',
		args: ['-PE', '--ttl', '1'],
		network: '10.77.2.',
		hosts: [{what: 'a host behind it', address: '10.77.2.2', says: 'down time-exceeded ttl 64'}],
	},
];

const arp = (
	what: string,
	answer: Omit<Extract<ForgedAnswer, {kind: 'arp'}>, 'kind'>,
	countedAs?: CountedAs,
	nmap?: string,
): HostCase => neighbour(what, 'arp-response', {kind: 'arp', ...answer}, countedAs, nmap);

/** With `countedAs` it is no answer; `nmap` says why it is one for Nmap. */
const neighbour = (
	what: string,
	reason: string,
	answer: ForgedAnswer,
	countedAs: CountedAs | undefined,
	because: string | undefined,
): HostCase => {
	const up = `up ${reason} mac ${FORGED_MAC}`;
	return {
		what,
		answers: [answer],
		says: countedAs === undefined ? up : SILENT,
		...(countedAs !== undefined && {countedAs}),
		...(because !== undefined && {nmap: {says: up, because}}),
	};
};

const SELF: HostCase = {what: 'the scanner itself', address: '10.77.3.1', says: 'up localhost-response'};

const WITHOUT_PROBES = {says: 'up user-set', because: 'with -sn and -Pn Nmap asks nobody'};

/** On the scanner's link. */
const LINK_GROUPS: readonly HostGroup[] = [
	{
		what: 'ARP',
		args: ['-PR'],
		network: '10.77.3.1',
		hosts: [
			SELF,
			{what: 'a kernel', address: '10.77.3.3', says: `up arp-response mac ${KERNEL_MAC}`},
			silent,
			arp('an answer', {}),
			arp('an answer that comes twice', {copies: 2}),
			arp('an answer to the second try', {skip: 1}),
			{...silent, what: 'another kind of ARP', answers: [{kind: 'arp', op: 3}]},
			arp('an answer for another address', {from: '10.77.3.222'}, 'redundantReplies'),
			arp(
				'an answer to somebody else',
				{to: '10.77.3.222'},
				'unsolicited',
				'Nmap reads who answers, not to whom',
			),
		],
	},
	{
		what: '-PE, which is not sent on the link',
		args: ['-PE'],
		network: '10.77.3.2',
		hosts: [silent, {what: 'a kernel', address: '10.77.3.3', says: `up arp-response mac ${KERNEL_MAC}`}],
	},
	{
		what: '-Pn, by which nobody is asked,',
		args: ['-Pn'],
		network: '10.77.3.3',
		hosts: [
			{...SELF, nmap: WITHOUT_PROBES},
			{...silent, says: 'up user-set'},
			{...arp('an answer', {}), says: 'up user-set'},
		],
	},
	{
		what: '--disable-arp-ping',
		args: ['--disable-arp-ping', '-PE'],
		network: '10.77.3.4',
		hosts: [
			{what: 'a kernel', address: '10.77.3.3', says: `up echo-reply ttl 64 mac ${KERNEL_MAC}`},
			silent,
			forged('ARP and nothing else', [{kind: 'arp'}], SILENT),
			forged(
				'ARP and echo replies',
				[{kind: 'arp'}, {kind: 'query'}],
				`up echo-reply ttl 64 mac ${FORGED_MAC}`,
			),
		],
	},
];

const na = (
	what: string,
	answer: Omit<Extract<ForgedAnswer, {kind: 'na'}>, 'kind'>,
	countedAs?: CountedAs,
	nmap?: string,
): HostCase => neighbour(what, 'nd-response', {kind: 'na', ...answer}, countedAs, nmap);

const V6_GROUPS: readonly HostGroup[] = [
	{
		what: 'neighbour discovery',
		args: ['-6'],
		network: 'fd77:3::1:',
		hosts: [
			{what: 'the scanner itself', address: 'fd77:3::1', says: 'up localhost-response'},
			{what: 'a kernel', address: 'fd77:3::3', says: `up nd-response mac ${KERNEL_MAC}`},
			silent,
			na('an answer', {}),
			na('an answer to the second try', {skip: 1}),
			na(
				'an answer with another hop limit',
				{ttl: 254},
				'malformed',
				'Nmap does not see that it came from afar',
			),
			na('an answer with a wrong checksum', {corrupt: 1}, 'malformed', NO_FORM_CHECK),
			na('an answer for another address', {asked: 'fd77:3::1:222'}, 'redundantReplies'),
		],
	},
	{
		what: 'an ICMPv6 echo request',
		args: ['-6', '-PE'],
		network: 'fd99::e:',
		hosts: [
			kernel('up echo-reply ttl 64'),
			silent,
			forged('an answer with another hop limit', [{kind: 'query', ttl: 200}], 'up echo-reply ttl 200'),
			forged(
				'an answer behind extension headers',
				[{kind: 'query', extensions: ['hop', 'options']}],
				'up echo-reply ttl 64',
			),
			rejected('another identifier', {kind: 'query', id: 1}, 'wrongCookie'),
			rejected('another sequence number', {kind: 'query', seq: 1}, 'wrongCookie', {
				says: 'up echo-reply ttl 64',
				because: NO_COOKIE_CHECK,
			}),
			rejected('an answer from an address not asked', {kind: 'query', from: STRANGER_V6}, 'wrongCookie'),
			rejected('an answer with a wrong checksum', {kind: 'query', corrupt: 1}, 'malformed', {
				says: 'up echo-reply ttl 64',
				because: NO_FORM_CHECK,
			}),
			forged('a port unreachable of its own', [{kind: 'icmp', type: 1, code: 4}], 'up port-unreach ttl 64'),
			...[
				[0, 'no-route'],
				[3, 'host-unreach'],
			].map(([code, reason]) =>
				forged(
					`a router says ${reason}`,
					[{kind: 'icmp', type: 1, code: Number(code), from: ROUTER_V6}],
					`down ${reason} ttl 64`,
					{nmap: {says: SILENT, because: HINT_ONLY}},
				),
			),
			forged(
				'a router says that the probe is prohibited',
				[{kind: 'icmp', type: 1, code: 1, from: ROUTER_V6}],
				SILENT,
				CHANGES_NOTHING,
			),
			forged(
				'a router says that the time is exceeded',
				[{kind: 'icmp', type: 3, code: 0, from: ROUTER_V6}],
				'down time-exceeded ttl 64',
			),
			...wrongQuotes(ROUTER_V6, STRANGER_V6, false).map(each => ({
				...each,
				answers: each.answers!.map(answer => ({...answer, type: 1, code: 4}) as ForgedAnswer),
			})),
		],
	},
	{
		what: 'a UDP datagram over IPv6',
		args: ['-6', '-PU40125'],
		network: 'fd99::d:',
		hosts: [
			{
				...kernel(SILENT),
				...CHANGES_NOTHING,
				what: 'a kernel that answers in the name of another address',
			},
			silent,
			forged('a port unreachable of its own', [{kind: 'icmp', type: 1, code: 4}], 'up port-unreach ttl 64'),
			forged('a datagram', [{kind: 'udp'}], 'up udp-response ttl 64', {
				nmap: {says: SILENT, because: NO_UDP_V6},
			}),
			rejected('a datagram from another port', {kind: 'udp', port: 1}, 'redundantReplies'),
		],
	},
	{
		what: 'the usual probes over IPv6',
		args: ['-6'],
		network: 'fd99::a:',
		hosts: [
			kernel('up echo-reply ttl 64'),
			silent,
			{
				what: 'only SYNs to 443 are let through',
				answersOnly: 'tcp flags & (syn | ack) == syn tcp dport 443',
				says: RESET,
			},
			{what: 'only ACKs to 80 are', answersOnly: 'tcp flags & (syn | ack) == ack tcp dport 80', says: RESET},
		],
	},
];

export const GROUPS: readonly HostGroup[] = [
	...HOST_GROUPS.map((group, index) => ({...group, network: `10.99.${100 + index}.`})),
	...ROUTER_GROUPS,
	...LINK_GROUPS,
	...V6_GROUPS,
];

/** The hosts of a group by their addresses. */
export const hostsOf = ({network, hosts}: HostGroup): ReadonlyMap<string, HostCase> =>
	new Map(hosts.map((host, index) => [host.address ?? `${network}${index + 1}`, host]));

/** Makes the lab answer as the groups say. */
export const prepareHosts = async (lab: Lab): Promise<void> => {
	const hosts = GROUPS.flatMap(group => [...hostsOf(group)]);
	settleNeighbours(lab);
	lab.scanner.ip('route add 10.96.0.0/16 via 10.77.1.254');
	lab.router.ip(`
		route add unreachable 10.96.8.0/24
		route add prohibit 10.96.9.0/24
		route add blackhole 10.96.10.0/24
	`);
	await listen(lab.direct, [22]);
	firewall(
		lab.direct,
		hosts.flatMap(([address, {answersOnly}]) => lettingOnly(address, answersOnly)),
	);
	const answers: ForgedHosts = Object.fromEntries(
		hosts.flatMap(([address, each]) => (each.answers === undefined ? [] : [[address, each.answers]])),
	);
	await forgeHosts(lab.direct, 'scanner', answers);
};

/** Kernels that stand side by side know each other for good: they send nothing of their own that would be counted. */
const settleNeighbours = ({scanner, direct, router}: Lab): void => {
	// Nor does the scanner's kernel say that it knows nothing of what a forged answer is about.
	execFileSync('ip', ['netns', 'exec', scanner.name, 'nft', '-f', '-'], {input: QUIET});
	direct.ip(`link set scanner address ${KERNEL_MAC}`);
	router.ip(`link set scanner address ${ROUTER_MAC}`);
	scanner.ip(`link set direct address ${SCANNER_MAC}\nlink set router address ${SCANNER_MAC}`);
	know(scanner, 'direct', KERNEL_MAC, ['10.77.3.2', '10.77.3.3', 'fd77:3::2', 'fd77:3::3']);
	know(scanner, 'router', ROUTER_MAC, ['10.77.1.254', 'fd77:1::fe']);
	know(direct, 'scanner', SCANNER_MAC, ['10.77.3.1', 'fd77:3::1']);
	know(router, 'scanner', SCANNER_MAC, ['10.77.1.1', 'fd77:1::1']);
};

const know = (namespace: Namespace, device: string, mac: string, addresses: readonly string[]): void => {
	namespace.ip(
		addresses
			.map(address => `neighbour replace ${address} lladdr ${mac} dev ${device} nud permanent`)
			.join('\n'),
	);
};

const QUIET = `table inet quiet {
	chain output {
		type filter hook output priority filter
		icmp type destination-unreachable drop
		icmpv6 type destination-unreachable drop
	}
}
`;

const lettingOnly = (address: string, packets: string | undefined): FirewallRule[] =>
	packets === undefined
		? []
		: [
				{address, packets, verdict: 'accept'},
				{address, packets: '', verdict: 'drop'},
			];
