import {
	formatAddress,
	type Address,
	type Decision,
	type Micros,
	type PortResult,
	type PortState,
	type Reason,
} from '@halfopen/model';
import {decisionStep, packetSteps, type SubjectPacket} from './steps.ts';
import type {PacketStep, Step, Story} from './story.ts';

/** Packets and decisions kept of one story. */
const MOST_STEPS = 80;

/** What is known of a port only when its story is told. */
export interface Ending {
	readonly address?: Address;
	readonly port: number;
	/** Empty when it is not known. */
	readonly service: string;
	readonly likewise: number;
	/** What the report of its host says, when there is one. */
	readonly result?: PortResult | undefined;
	/** What was sent before asked for the host, not for the port. */
	readonly foundAt?: Micros | undefined;
}

/**
 * How a port came by its state, while that happens. Packets and decisions come from different threads, so a packet may be told after what was
 * decided because of it: they are put in order at the end.
 */
export class PortStory {
	readonly #scanType: 'syn' | 'connect';
	readonly #packets: SubjectPacket[] = [];
	readonly #decided: Step[] = [];
	/** The last packet received after the port had its state: news only if that changes the state. */
	#late: SubjectPacket | undefined;
	#leftOut = 0;
	#address: Address | undefined;
	#verdict: {readonly state: PortState; readonly reason: Reason; readonly at: Micros} | undefined;

	constructor(scanType: 'syn' | 'connect') {
		this.#scanType = scanType;
	}

	packet(packet: SubjectPacket): void {
		if (this.#verdict === undefined || packet.at <= this.#verdict.at) {
			this.#keep(this.#packets, packet);
		} else if (packet.direction === 'received') {
			this.#late = packet; // What is sent now asks about the path, not about the port.
		}
	}

	decision(decision: Decision): void {
		this.#address ??= decision.address;
		if (decision.what === 'state-set') {
			const {state, reason, at, previous} = decision;
			if (this.#late !== undefined) {
				this.#keep(this.#packets, this.#late);
				this.#late = undefined;
			}

			if (previous !== 'unknown') {
				this.#keep(this.#decided, {kind: 'note', at, text: `no longer ${previous}, but ${state}`});
			}

			this.#verdict = {state, reason, at};
			return;
		}

		const step = this.#verdict === undefined ? decisionStep(decision, this.#scanType) : undefined;
		if (step !== undefined) {
			this.#keep(this.#decided, step);
		}
	}

	/** `undefined` while there is no state to be explained. */
	finish({address = this.#address, port, service, likewise, result, foundAt}: Ending): Story | undefined {
		const verdict = this.#verdict ?? result;
		if (verdict === undefined || verdict.state === 'unknown' || address === undefined) {
			return undefined;
		}

		const {state, reason} = verdict;
		const sender = result?.sender && formatAddress(result.sender);
		const packets = withoutDiscovery(this.#packets, foundAt);
		const traced = packetSteps(packets);
		const scanner = packets.find(({direction}) => direction === 'sent')?.subject;
		return {
			address,
			port,
			...(service !== '' && {service}),
			...(scanner !== undefined &&
				'tcp' in scanner && {scanner: `${scanner.source}:${scanner.tcp.sourcePort}`}),
			scanType: this.#scanType,
			state,
			reason,
			steps: [...traced, ...untraced(this.#decided, traced, sender)].sort((a, b) => a.at - b.at),
			stepsLeftOut: this.#leftOut,
			likewise,
		};
	}

	#keep<Each>(list: Each[], one: Each): void {
		if (this.#packets.length + this.#decided.length < MOST_STEPS) {
			list.push(one);
		} else {
			this.#leftOut++;
		}
	}
}

/** Probes that asked for the host may have gone to the same port; they left from other ports of ours. */
const withoutDiscovery = (
	packets: readonly SubjectPacket[],
	foundAt: Micros | undefined,
): readonly SubjectPacket[] => {
	if (foundAt === undefined) {
		return packets;
	}

	const sources = new Set(
		packets.flatMap(({at, direction, subject}) =>
			direction === 'sent' && at <= foundAt && 'tcp' in subject ? [subject.tcp.sourcePort] : [],
		),
	);
	return packets.filter(
		({direction, subject}) =>
			!('tcp' in subject) ||
			!sources.has(direction === 'sent' ? subject.tcp.sourcePort : subject.tcp.targetPort),
	);
};

/** What was decided and is no packet, or a packet that the trace does not have. */
const untraced = (
	decided: readonly Step[],
	traced: readonly PacketStep[],
	sender: string | undefined,
): Step[] =>
	decided
		.filter(
			step =>
				step.kind === 'note' ||
				!traced.some(
					({direction, attempt, at}) =>
						direction === step.direction && (attempt === step.attempt || at === step.at),
				),
		)
		.map(step =>
			sender !== undefined && step.kind === 'packet' && step.direction === 'received'
				? {...step, from: sender}
				: step,
		);
