import type {Facts} from '../facts.ts';
import type {Finding} from '../finding.ts';
import {EXEMPT_TABLE} from '../parse-facts.ts';
import {numberOf} from './buffers.ts';
import {linkOf} from './route.ts';

/** Whether the kernel follows connections, and how full its table is. */
export const checkConnectionTracking = (facts: Facts): Finding[] => {
	const {kernel, sysctl} = facts;
	const count = numberOf(sysctl['net.netfilter.nf_conntrack_count']);
	const most = numberOf(sysctl['net.netfilter.nf_conntrack_max']);
	if (!kernel.tracksConnections || count === undefined || most === undefined) {
		return [{subject: 'conntrack', severity: 'ok', seen: 'connections are not tracked'}];
	}

	const isBypassed = linkOf(facts)?.type === 'ethernet' && facts.route.isLocal !== true;
	const full = Math.round((100 * count) / most);
	if (count >= FULL * most) {
		return [
			{
				subject: 'conntrack',
				severity: 'slow',
				seen: `the table of connections is ${full} % full (${count} of ${most})`,
				why: 'When it is full the kernel drops packets, those of everybody else on this machine too.',
				cure: 'Make it larger:',
				command: `sudo sysctl -w net.netfilter.nf_conntrack_max=${2 * most}`,
			},
		];
	}

	const connections = `${count} of ${most} connections`;
	if (isBypassed || kernel.rulesTrack === false) {
		const because = isBypassed
			? 'probes pass it by, since they leave as frames (AF_PACKET)'
			: 'no rule of nftables makes it follow probes';
		return [{subject: 'conntrack', severity: 'ok', seen: `${connections}; ${because}`}];
	}

	const port = ownPort(localPorts(facts));
	const when = kernel.rulesTrack ? 'rules make it follow them, and' : 'where rules make it follow them,';
	return [
		{
			subject: 'conntrack',
			severity: 'note',
			seen: `${connections}; ${when} each probe takes one for up to two minutes`,
			why: `Above some ${Math.floor(most / SYN_SENT_SECONDS)} probes a second the table fills up, and then packets are dropped.`,
			// Not the usual ports: other connections leave from those, and stateful firewalls drop what answers them untracked
			cure: `Scan with \`-g ${port}\`, and do not track what leaves from this port; ICMP still is, for half a minute:`,
			command: `sudo nft add table inet ${EXEMPT_TABLE}; sudo nft add chain inet ${EXEMPT_TABLE} out "{ type filter hook output priority raw; }"; sudo nft add rule inet ${EXEMPT_TABLE} out meta l4proto "{ tcp, udp }" th sport ${port} notrack`,
		},
	];
};

const FULL = 0.8;
const SYN_SENT_SECONDS = 120; // net.netfilter.nf_conntrack_tcp_timeout_syn_sent

// As in packages/native: a base from 33,000 to 60,000, and from there on two ports for each of 255 tries at the most.
const FIRST_SOURCE_PORT = 33_000;
const LAST_SOURCE_PORT = 60_509;

/** Whether the kernel drops what comes from an unexpected side: only what it takes part in itself. */
export const checkReversePath = ({sysctl}: Facts): Finding[] =>
	sysctl['net.ipv4.conf.all.rp_filter'] === '1'
		? [
				{
					subject: 'rp_filter',
					severity: 'note',
					seen: 'answers that come in on another interface than the route leads to are dropped',
					why: 'SYN scans see them all the same, as they are captured before. A connect scan with `-e` may not.',
					cure: 'Be less strict:',
					command: 'sudo sysctl -w net.ipv4.conf.all.rp_filter=2',
				},
			]
		: [{subject: 'rp_filter', severity: 'ok', seen: 'not strict'}];

/** Whether the kernel gives out the same ports to its own connections. */
export const checkSourcePorts = (facts: Facts): Finding[] => {
	const range = localPorts(facts);
	if (range === undefined || range[0] > LAST_SOURCE_PORT || range[1] < FIRST_SOURCE_PORT) {
		return [
			{subject: 'source ports', severity: 'ok', seen: 'no other connections leave from those of scans'},
		];
	}

	return [
		{
			subject: 'source ports',
			severity: 'note',
			seen: `other connections leave from ports ${range.join(' to ')}, and so do probes`,
			why: 'Answers are told apart by their sequence numbers, so no state is wrong. A connection from the same port to the same server at the same time may be reset.',
			cure: 'If that matters, let probes leave from a port of their own:',
			command: `halfopen -g ${ownPort(range)} TARGET`,
		},
	];
};

type PortRange = readonly [first: number, last: number];

/** From which ports the kernel takes those of its own connections. */
const localPorts = ({sysctl}: Facts): PortRange | undefined => {
	const [first, last] = sysctl['net.ipv4.ip_local_port_range']?.split(/\s+/).map(Number) ?? [];
	return first === undefined || last === undefined ? undefined : [first, last];
};

const USUAL_LOCAL_PORTS: PortRange = [32_768, 60_999];
const HIGHEST_PORT = 65_535;

/** A port that no other connection leaves from. */
const ownPort = ([first, last]: PortRange = USUAL_LOCAL_PORTS): number =>
	last < HIGHEST_PORT ? last + 1 : first - 1;
