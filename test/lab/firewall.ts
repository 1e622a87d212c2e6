import {execFileSync} from 'node:child_process';
import type {Namespace} from './namespace.ts';

/** How a port is refused, and the words that nftables has for it. */
export const REJECTIONS = {
	'tcp-reset': 'tcp reset',
	'net-unreach': 'icmp type net-unreachable',
	'host-unreach': 'icmp type host-unreachable',
	'proto-unreach': 'icmp type prot-unreachable',
	'port-unreach': 'icmp type port-unreachable',
	'net-prohibited': 'icmp type net-prohibited',
	'host-prohibited': 'icmp type host-prohibited',
	'admin-prohibited': 'icmp type admin-prohibited',
} as const;

export type Rejection = keyof typeof REJECTIONS;

/** The same for IPv6, named after the errors of RFC 4443 §3.1. */
export const REJECTIONS_V6 = {
	'tcp-reset': 'tcp reset',
	'no-route': 'icmpv6 type no-route',
	'admin-prohibited': 'icmpv6 type admin-prohibited',
	'address-unreach': 'icmpv6 type addr-unreachable',
	'port-unreach': 'icmpv6 type port-unreachable',
	'policy-fail': 'icmpv6 type policy-fail',
	'reject-route': 'icmpv6 type reject-route',
} as const;

export type RejectionV6 = keyof typeof REJECTIONS_V6;

/** What happens to packets that come for an address. Rules are tried in order. */
export interface FirewallRule {
	/** Of TCP, as in `25,110-120`; all ports without. */
	readonly ports?: string;
	/** Which packets, in the words of nftables, as in `icmp type echo-request`; instead of those of TCP; all with ''. */
	readonly packets?: string;
	/** Address or prefix; any without. */
	readonly address?: string;
	readonly verdict: 'accept' | 'drop' | {readonly reject: Rejection} | {readonly rejectV6: RejectionV6};
	/** Of a million packets that fit, so many meet the verdict, at random; all without. */
	readonly perMillion?: number;
}

/**
 * Replaces the firewall of a namespace. The rules are for packets to the namespace itself and for
 * those that it forwards, of either version of IP.
 */
export const firewall = (namespace: Namespace, rules: readonly FirewallRule[]): void => {
	loadTable(namespace, 'firewall', rules);
};

/** Replaces one table of the namespace: several may stand side by side. */
export const loadTable = (namespace: Namespace, table: string, rules: readonly FirewallRule[]): void => {
	execFileSync('ip', ['netns', 'exec', namespace.name, 'nft', '-f', '-'], {
		input: formatTable(table, rules),
	});
};

/** The commands for `nft -f` that make the table anew. */
export const formatTable = (table: string, rules: readonly FirewallRule[]): string => `table inet ${table}
delete table inet ${table}
table inet ${table} {
	chain rules {
${rules.map(rule => `\t\t${formatRule(rule)}\n`).join('')}	}
	chain input {
		type filter hook input priority filter
		jump rules
	}
	chain forward {
		type filter hook forward priority filter
		jump rules
	}
}
`;

const formatRule = ({ports, packets, address, verdict, perMillion}: FirewallRule): string =>
	[
		address === undefined ? '' : `${address.includes(':') ? 'ip6' : 'ip'} daddr ${address}`,
		packets ?? (ports === undefined ? 'meta l4proto tcp' : `tcp dport {${ports}}`),
		perMillion === undefined ? '' : `numgen random mod 1000000 < ${perMillion}`,
		formatVerdict(verdict),
	]
		.filter(part => part !== '')
		.join(' ');

const formatVerdict = (verdict: FirewallRule['verdict']): string => {
	if (typeof verdict === 'string') {
		return verdict;
	}

	const rejection = 'reject' in verdict ? REJECTIONS[verdict.reject] : REJECTIONS_V6[verdict.rejectV6];
	return `reject with ${rejection}`;
};
