import {loadTable} from './firewall.ts';
import type {Background, Namespace} from './namespace.ts';
import {labProgram} from './programs.ts';

/** A packet that answers the SYNs to a port in the target's place. */
export type ForgedAnswer = {
	/** The sender it names; by default the address that was asked. */
	readonly from?: string;
	/** Milliseconds after the SYN. */
	readonly delay?: number;
	readonly copies?: number;
	/** SYNs that go unanswered first. */
	readonly skip?: number;
	readonly ttl?: number;
	/** IPv6 extension headers of the answer, in this order. */
	readonly extensions?: readonly ExtensionHeader[];
} & (
	| {
			readonly kind: 'tcp';
			/** Letters of FSRPAUEC; `SA` by default. */
			readonly flags?: string;
			/** It acknowledges the sequence number asked plus this; 1 by default. */
			readonly ack?: number;
	  }
	| {
			readonly kind: 'icmp';
			readonly type: number;
			readonly code: number;
			/** Bytes of the TCP header that it quotes; 8 by default. */
			readonly quote?: number;
			/** Added to the sequence number that it quotes. */
			readonly seq?: number;
			/** The destination that it quotes; by default the real one. */
			readonly asked?: string;
			/** IPv6 extension headers in what it quotes. */
			readonly quoted?: readonly ExtensionHeader[];
	  }
);

/** Of RFC 8200 §4: `fragment` is the first of a packet, `later` another, without the header of TCP or ICMP. */
export type ExtensionHeader = 'hop' | 'routing' | 'options' | 'fragment' | 'later';

/** All answers to a SYN, by port. */
export type ForgedAnswers = Readonly<Record<number, readonly ForgedAnswer[]>>;

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
	return namespace.start(await labProgram('responder'), [device, ...formatAnswers(answers)]);
};

/** Arguments of the responder program. */
export const formatAnswers = (answers: ForgedAnswers): string[] =>
	Object.entries(answers).flatMap(([port, list]) => list.map(answer => formatAnswer(port, answer)));

const formatAnswer = (port: string, {kind, ...values}: ForgedAnswer): string =>
	[
		`${port}:${kind}`,
		...Object.entries(values).map(([key, value]) => `${key}=${[value].flat().join('+')}`),
	].join(',');
