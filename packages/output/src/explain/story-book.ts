import {
	formatAddress,
	formatAddressKey,
	type Address,
	type Decision,
	type HostReport,
	type Micros,
	type PortState,
	type Reason,
	type TracedPacket,
} from '@halfopen/model';
import {splitPorts, type HidingRules} from '../host/hidden-states.ts';
import {probeSubject} from '../trace/probe-subject.ts';
import {decisionStep, packetStep} from './steps.ts';
import type {Step, Story} from './story.ts';

/** Stories kept at a time: those of hosts that are being scanned. */
const MOST_STORIES = 10_000;
/** Steps kept of one story. */
const MOST_STEPS = 40;

/** Keeps what happened to ports until their hosts are reported. */
export class StoryBook {
	/** The ports that are explained; all of them when there are none. */
	readonly #ports: ReadonlySet<number>;
	readonly #scanType: 'syn' | 'connect';
	/** By address, as text, and port. */
	readonly #hosts = new Map<string, Map<number, Draft>>();
	#count = 0;
	#leftOut = 0;

	constructor(ports: Iterable<number>, scanType: 'syn' | 'connect') {
		this.#ports = new Set(ports);
		this.#scanType = scanType;
	}

	/** Ports of which nothing was kept since there were too many at a time. */
	get leftOut(): number {
		return this.#leftOut;
	}

	packet(packet: TracedPacket): void {
		const subject = probeSubject(packet.direction, packet.bytes);
		if (subject !== undefined) {
			this.#draft(subject.address, subject.port)?.packet(packet, subject);
		}
	}

	decision(decision: Decision): void {
		const key = formatAddressKey(decision.address.value);
		this.#draft(key, decision.port)?.decision(decision, this.#scanType);
	}

	/**
	 * The stories of a host that is done, which are forgotten here: of the ports that were asked for by number, or of
	 * those that its report lists, with one example for each reason that it only counts.
	 */
	take(report: HostReport, rules: HidingRules): Story[] {
		const key = formatAddressKey(report.address.value);
		const drafts = this.#hosts.get(key);
		this.#hosts.delete(key);
		if (drafts === undefined) {
			return [];
		}

		this.#count -= drafts.size;
		const senders = sendersOf(report);
		return this.#chosen(report, rules).flatMap(({port, likewise}) => {
			const draft = drafts.get(port);
			return draft?.finish({address: report.address, port, likewise, sender: senders.get(port)}) ?? [];
		});
	}

	/** The stories of all ports that have a state, of a scan without reports of hosts. */
	takeRest(): Story[] {
		const stories = [...this.#hosts.values()].flatMap(drafts =>
			[...drafts]
				.sort(([a], [b]) => a - b)
				.flatMap(([port, draft]) => draft.finish({port, likewise: 0}) ?? []),
		);
		this.#hosts.clear();
		this.#count = 0;
		return stories;
	}

	#chosen({ports}: HostReport, rules: HidingRules): {port: number; likewise: number}[] {
		if (this.#ports.size > 0) {
			return [...this.#ports].map(port => ({port, likewise: 0}));
		}

		const {listed, hidden} = splitPorts(ports, rules);
		return [
			...listed.map(({port}) => ({port, likewise: 0})),
			...hidden.flatMap(({reasons}) =>
				reasons.map(({count, ports: ranges}) => ({
					port: Number.parseInt(ranges, 10),
					likewise: count - 1,
				})),
			),
		];
	}

	#draft(address: string, port: number): Draft | undefined {
		if (this.#ports.size > 0 && !this.#ports.has(port)) {
			return undefined;
		}

		let drafts = this.#hosts.get(address);
		if (drafts === undefined) {
			this.#hosts.set(address, (drafts = new Map()));
		}

		let draft = drafts.get(port);
		if (draft === undefined) {
			if (this.#count >= MOST_STORIES) {
				this.#leftOut++;
				return undefined;
			}

			this.#count++;
			drafts.set(port, (draft = new Draft()));
		}

		return draft;
	}
}

type Subject = NonNullable<ReturnType<typeof probeSubject>>;

/** What is known of a port only when its story is told. */
interface Ending {
	readonly address?: Address;
	readonly port: number;
	readonly likewise: number;
	/** Who sent the ICMP error that decided, when that was not the host. */
	readonly sender?: string | undefined;
}

const sendersOf = ({ports}: HostReport): ReadonlyMap<number, string> => {
	const senders = new Map<number, string>();
	for (const {port, sender} of ports) {
		if (sender !== undefined) {
			senders.set(port, formatAddress(sender));
		}
	}

	return senders;
};

/** A story while it happens. After the port has its state only what changes that again is kept. */
class Draft {
	readonly #steps: Step[] = [];
	readonly #sequences: number[] = [];
	/** The last packet received after the port had its state. */
	#late: Step | undefined;
	#leftOut = 0;
	#scanner: string | undefined;
	#address: Address | undefined;
	#verdict: {readonly state: PortState; readonly reason: Reason; readonly at: Micros} | undefined;

	packet(packet: TracedPacket, subject: Subject): void {
		if (packet.direction === 'sent') {
			if (this.#verdict !== undefined && packet.at > this.#verdict.at) {
				return; // A canary: it asks about the path, not about the port.
			}

			if ('tcp' in subject) {
				this.#scanner ??= `${subject.source}:${subject.tcp.sourcePort}`;
				this.#sequences.push(subject.tcp.sequence);
			}
		}

		const step = packetStep(packet, subject, this.#sequences);
		if (this.#verdict === undefined || packet.direction === 'sent') {
			this.#add(step);
		} else {
			this.#late = step;
		}
	}

	decision(decision: Decision, scanType: 'syn' | 'connect'): void {
		this.#address ??= decision.address;
		if (decision.what === 'state-set') {
			if (this.#late !== undefined) {
				this.#add(this.#late);
				this.#late = undefined;
			}

			if (decision.previous !== 'unknown') {
				this.#add({kind: 'note', at: decision.at, text: `${decision.previous} no longer: ${decision.state}`});
			}

			const {state, reason, at} = decision;
			this.#verdict = {state, reason, at};
			return;
		}

		const step = this.#verdict === undefined ? decisionStep(decision, scanType) : undefined;
		if (step !== undefined) {
			this.#add(step);
		}
	}

	/** `undefined` while there is no state to be explained. */
	finish({address = this.#address, port, likewise, sender}: Ending): Story | undefined {
		if (this.#verdict === undefined || address === undefined) {
			return undefined;
		}

		const {state, reason} = this.#verdict;
		return {
			address,
			port,
			...(this.#scanner !== undefined && {scanner: this.#scanner}),
			state,
			reason,
			steps: this.#shown(sender).toSorted((a, b) => a.at - b.at),
			stepsLeftOut: this.#leftOut,
			likewise,
		};
	}

	/** What the trace shows need not be deduced. */
	#shown(sender: string | undefined): Step[] {
		const isTraced = this.#steps.some(step => step.kind === 'packet' && step.isDeduced === undefined);
		return isTraced
			? this.#steps.filter(step => step.kind === 'note' || step.isDeduced === undefined)
			: this.#steps.map(step =>
					sender !== undefined && step.kind === 'packet' && step.direction === 'received'
						? {...step, from: sender}
						: step,
				);
	}

	#add(step: Step): void {
		if (this.#steps.length < MOST_STEPS) {
			this.#steps.push(step);
		} else {
			this.#leftOut++;
		}
	}
}
