import {execFileSync} from 'node:child_process';
import {loadTable} from './firewall.ts';
import type {Background, Namespace} from './namespace.ts';
import {labProgram} from './programs.ts';

/** A packet that answers in the target's place. */
export type ForgedAnswer = {
	/** The sender it names; by default the address that was asked. */
	readonly from?: string;
	/** Milliseconds after the probe. */
	readonly delay?: number;
	readonly copies?: number;
	/** Probes that go unanswered first. */
	readonly skip?: number;
	readonly ttl?: number;
	/** Added to the checksum of TCP, UDP or ICMP. */
	readonly corrupt?: number;
	/** IPv6 extension headers of the answer, in this order. */
	readonly extensions?: readonly ExtensionHeader[];
} & (
	| {
			readonly kind: 'tcp';
			/** Letters of FSRPAUEC; `SA` by default. */
			readonly flags?: string;
			/** It acknowledges the sequence number asked plus this; 1 by default. */
			readonly ack?: number;
			/** Its sequence number is what the probe acknowledges plus this; 0 without. */
			readonly next?: number;
	  }
	| {
			readonly kind: 'icmp';
			readonly type: number;
			readonly code: number;
			/** Bytes behind the IP header that it quotes; 8 by default. */
			readonly quote?: number;
			/** Added to bytes 4 to 7 of those: the sequence number of TCP, identifier and sequence number of ICMP. */
			readonly seq?: number;
			/** Added to the identification of the IPv4 header that it quotes. */
			readonly id?: number;
			/** The destination that it quotes; by default the real one. */
			readonly asked?: string;
			/** IPv6 extension headers in what it quotes. */
			readonly quoted?: readonly ExtensionHeader[];
	  }
	| {
			/** The answer to an ICMP query: an echo request, say. */
			readonly kind: 'query';
			/** By default the one that belongs to the query. */
			readonly type?: number;
			/** Added to identifier and sequence number. */
			readonly id?: number;
			readonly seq?: number;
			/** Bytes of it; by default as many as the query has. */
			readonly length?: number;
	  }
	| {
			readonly kind: 'udp';
			/** Added to the port that it comes from. */
			readonly port?: number;
	  }
	| {
			/** An empty packet of an IP protocol; that of the probe by default. */
			readonly kind: 'ip';
			readonly protocol?: number;
	  }
	| {
			/** The answer to an ARP request. */
			readonly kind: 'arp';
			readonly mac?: string;
			/** 2 by default. */
			readonly op?: number;
			/** Whom it tells; by default who asked. */
			readonly to?: string;
	  }
	| {
			/** The answer to a neighbour solicitation. */
			readonly kind: 'na';
			readonly mac?: string;
			/** The target that it tells of; by default the real one. */
			readonly asked?: string;
	  }
);

/** The link-layer address of forged neighbours. */
export const FORGED_MAC = '02:66:00:00:00:01';

/** Of RFC 8200 §4: `fragment` is the first of a packet, `later` another, without the header of TCP or ICMP. */
export type ExtensionHeader = 'hop' | 'routing' | 'options' | 'fragment' | 'later';

/** All answers to a SYN, by port. */
export type ForgedAnswers = Readonly<Record<number, readonly ForgedAnswer[]>>;

/** All answers to any probe, by the address that is asked. */
export type ForgedHosts = Readonly<Record<string, readonly ForgedAnswer[]>>;

/**
 * Answers SYNs that come in by a device, in place of the namespace's kernel, whose own answers for these
 * ports are suppressed from now on.
 */
export const forge = async (
	namespace: Namespace,
	device: string,
	answers: ForgedAnswers,
): Promise<Background> => {
	loadTable(namespace, 'forged', [{ports: Object.keys(answers).join(','), verdict: 'drop'}]);
	return respond(namespace, device, answers);
};

/** Answers whatever comes for these addresses by a device, in place of the namespace's kernel. */
export const forgeHosts = async (
	namespace: Namespace,
	device: string,
	hosts: ForgedHosts,
): Promise<Background> => {
	execFileSync('ip', ['netns', 'exec', namespace.name, 'nft', '-f', '-'], {input: silence(hosts)});
	return respond(namespace, device, hosts);
};

/** Before all rules, and before what is forwarded. */
const silence = (hosts: ForgedHosts): string => {
	const rules = Object.keys(hosts).map(host => `${host.includes(':') ? 'ip6' : 'ip'} daddr ${host} drop`);
	return `table inet standins
delete table inet standins
table inet standins {
	chain prerouting {
		type filter hook prerouting priority raw
		${rules.join('\n\t\t')}
	}
}
`;
};

const respond = async (
	namespace: Namespace,
	device: string,
	answers: ForgedAnswers | ForgedHosts,
): Promise<Background> => namespace.start(await labProgram('responder'), [device, ...formatAnswers(answers)]);

/** Arguments of the responder program. */
export const formatAnswers = (answers: ForgedAnswers | ForgedHosts): string[] =>
	Object.entries(answers).flatMap(([whom, list]) => list.map(answer => formatAnswer(whom, answer)));

const formatAnswer = (whom: string, {kind, ...values}: ForgedAnswer): string =>
	[
		`${whom}:${kind}`,
		...Object.entries(values).map(([key, value]) => `${key}=${[value].flat().join('+')}`),
	].join(',');
