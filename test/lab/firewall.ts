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

/** What happens to TCP packets that come for some ports of an address. Rules are tried in order. */
export interface FirewallRule {
	/** As in `25,110-120`; all ports without. */
	readonly ports?: string;
	/** Address or prefix; any without. */
	readonly address?: string;
	readonly verdict: 'accept' | 'drop' | {readonly reject: Rejection};
	/** Of a million packets that fit, so many meet the verdict, at random; all without. */
	readonly perMillion?: number;
}

/**
 * Replaces the firewall of a namespace. The rules are for packets to the namespace itself and for
 * those that it forwards. IPv4 only.
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
export const formatTable = (table: string, rules: readonly FirewallRule[]): string => `table ip ${table}
delete table ip ${table}
table ip ${table} {
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

const formatRule = ({ports, address, verdict, perMillion}: FirewallRule): string =>
	[
		address === undefined ? '' : `ip daddr ${address}`,
		ports === undefined ? 'meta l4proto tcp' : `tcp dport {${ports}}`,
		perMillion === undefined ? '' : `numgen random mod 1000000 < ${perMillion}`,
		typeof verdict === 'string' ? verdict : `reject with ${REJECTIONS[verdict.reject]}`,
	]
		.filter(part => part !== '')
		.join(' ');
