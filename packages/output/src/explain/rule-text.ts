import {formatAddress, type Reason} from '@halfopen/model';
import type {Story} from './story.ts';

/** The rule that made the state out of the last packet, or of their lack, for readers who do not know it. */
export const ruleText = (story: Story): string => RULES[story.reason]?.(story) ?? otherRule(story);

const RULES: Readonly<Partial<Record<Reason, (story: Story) => string>>> = {
	'syn-ack': ({scanType}) =>
		scanType === 'connect'
			? 'The connection was accepted: a program listens on this port, so it is open. The connection is closed at once; unlike a half-open one, the program sees it come and go.'
			: 'A SYN/ACK is the second of the three packets that open a TCP connection: a program listens on this port, so it is open. The third is never sent; our kernel, which knows of no such connection, answers with RST, and the half-open connection is gone.',
	'split-handshake-syn': () =>
		'A SYN in answer to a SYN opens the connection from both ends at once (RFC 9293 §3.5): a program takes connections on this port, so it is open.',
	reset: () =>
		'An RST in answer to a SYN says that the host is there and that nothing listens on this port (RFC 9293 §3.5.2): it is closed.',
	'conn-refused': () =>
		'The connection was refused: the host is there and nothing listens on this port, so it is closed.',
	'no-response': ({steps}) => {
		const tries = steps.filter(step => step.kind === 'packet' && step.direction === 'sent').length;
		const asked = tries === 1 ? 'One probe' : `${tries} probes in a row`;
		return `A host answers a SYN whether something listens or not. ${asked} stayed without an answer: something on the way, a firewall as a rule, drops the probes or their answers. The port is filtered. That they were lost by chance is possible; how likely, the expected missed ports tell (-v).`;
	},
};

const otherRule = ({reason, address, steps}: Story): string => {
	const last = steps.findLast(step => step.kind === 'packet' && step.direction === 'received');
	const sender = last?.kind === 'packet' ? last.from : undefined;
	const [who, what] =
		sender === undefined
			? [
					`${formatAddress(address)} itself`,
					'it rejects what comes to this port, as a firewall on the host does',
				]
			: [sender, 'something on the way there, a router or firewall, rejects it'];
	return `Neither an open nor a closed port answers with an ICMP error (${reason}). ${who} says that the probe does not get to the port: ${what}. The port is filtered.`;
};
