import {
	type Address,
	type Decision,
	formatAddress,
	type HostReport,
	type ProbeKind,
	PROBE_KIND,
	type Reason,
} from '@halfopen/model';
import {PROBE_NAMES} from '../narration/probe-names.ts';
import {formatMilliseconds} from '../text/duration-text.ts';
import {counted} from '../text/counted.ts';
import {drawLadder} from './ladder-text.ts';
import type {Step} from './story.ts';

type Of<What extends Decision['what']> = Extract<Decision, {what: What}>;

/** Steps kept of one host. */
const MOST_STEPS = 40;

/** How it was found out whether a host is up, while that happens. */
export class HostStory {
	/** As they are told: a probe may be told of after an answer to another that left before it. */
	readonly #steps: Step[] = [];
	/** What was sent: kind, port and try, by the number of its step. */
	readonly #asked: {readonly kind: ProbeKind; readonly port: number; readonly attempt: number}[] = [];
	#leftOut = 0;
	#tries = 0;

	onAsked({at, probe, port, attempt}: Of<'host-asked'>): void {
		this.#asked.push({kind: probe, port, attempt});
		this.#tries = Math.max(this.#tries, attempt + 1);
		this.#keep({
			kind: 'packet',
			at,
			direction: 'sent',
			attempt: this.#asked.length,
			label: PROBE_NAMES[probe],
			numbers: port === 0 ? '' : `to ${port}`,
			note: `try ${attempt + 1}`,
			isDeduced: true,
		});
	}

	onAnswered({at, attempt, port, reason, rtt, says}: Of<'host-answered'>): void {
		const probe = this.#asked.findIndex(
			asked => asked.attempt === attempt && asked.port === port && isAnswerTo(reason, asked.kind),
		);
		this.#keep({
			kind: 'packet',
			at,
			direction: 'received',
			...(probe !== -1 && {attempt: probe + 1}),
			label: reason,
			numbers: '',
			...(says !== 'up' && {from: 'on the way'}),
			note: `answers try ${attempt + 1}${rtt === undefined ? '' : ` after ${formatMilliseconds(rtt)}`}`,
			isDeduced: true,
		});
	}

	onSilent({at, attempt, waited}: Of<'host-silent'>): void {
		const text = `no sign of it after try ${attempt + 1} within ${formatMilliseconds(waited)}`;
		this.#keep({kind: 'note', at, text});
	}

	/** As text; empty when the host was not asked. */
	finish({address, status, reason}: HostReport): string {
		return this.#steps.length === 0
			? ''
			: drawLadder({
					title: `${formatAddress(address)} is ${status}`,
					scanner: 'scanner',
					target: formatAddress(address),
					steps: this.#steps.toSorted((a, b) => a.at - b.at),
					stepsLeftOut: this.#leftOut,
					words: [this.#rule(reason, address)],
				});
	}

	#rule(reason: Reason, address: Address): string {
		const rule = RULES[reason];
		if (rule !== undefined) {
			return rule;
		}

		return reason === 'no-response'
			? `${counted(this.#tries, 'try', 'tries')} stayed without an answer: there is no host at ${formatAddress(address)}, or something on the way drops the probes or their answers. -Pn scans it all the same.`
			: `A router says that the way to the host is closed (${reason}), and nothing contradicted: it counts as down.`;
	}

	#keep(step: Step): void {
		if (this.#steps.length < MOST_STEPS) {
			this.#steps.push(step);
		} else {
			this.#leftOut++;
		}
	}
}

/** Which probes each answer of a host itself can belong to; what is not here, any. */
const ANSWERED: Readonly<Partial<Record<Reason, readonly ProbeKind[]>>> = {
	'echo-reply': [PROBE_KIND.echo],
	'timestamp-reply': [PROBE_KIND.timestamp],
	'addressmask-reply': [PROBE_KIND.addressMask],
	'syn-ack': [PROBE_KIND.syn],
	'conn-refused': [PROBE_KIND.syn],
	reset: [PROBE_KIND.syn, PROBE_KIND.ack],
	'udp-response': [PROBE_KIND.udp],
	'proto-response': [PROBE_KIND.protocol],
	'arp-response': [PROBE_KIND.neighbour],
	'nd-response': [PROBE_KIND.neighbour],
};

const isAnswerTo = (reason: Reason, kind: ProbeKind): boolean => ANSWERED[reason]?.includes(kind) ?? true;

const REPEATED = 'The answer repeats a number of our probe that nobody else can know: the host is up.';
const ON_LINK =
	'Who has an address on the link answers for it, or nobody could send to it: the host is up. Nothing else need be asked.';
const REFUSED =
	'The host itself says that it does not take the probe; saying so, it is up. A router would have said it of the host.';

/** The rule that was applied, for readers who do not know it. */
const RULES: Readonly<Partial<Record<Reason, string>>> = {
	'echo-reply': REPEATED,
	'timestamp-reply': REPEATED,
	'addressmask-reply': REPEATED,
	'arp-response': ON_LINK,
	'nd-response': ON_LINK,
	'port-unreach': REFUSED,
	'proto-unreach': REFUSED,
	'syn-ack': 'A SYN/ACK opens a connection: something listens there, so the host is up.',
	reset:
		'An RST refuses what belongs to no connection: something speaks TCP there, so the host is up, unless a firewall sends it in the name of others (--discovery-ignore-rst).',
	'conn-refused': 'The connection was refused, which only a host does: it is up.',
	'udp-response': 'Something answered by UDP: the host is up.',
	'proto-response': 'A packet of the protocol that was asked came back: the host is up.',
	'time-exceeded': 'The probe went round in circles on the way: no way leads to the host, so it is down.',
};
