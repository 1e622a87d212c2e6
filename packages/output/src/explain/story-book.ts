import {
	formatAddress,
	formatAddressKey,
	isAboutHost,
	type Address,
	type Decision,
	type HostReport,
	type Micros,
	type PortResult,
	type PortState,
	type Reason,
	type TracedPacket,
} from '@halfopen/model';
import {isTold, splitPorts, type HidingRules} from '../host/hidden-states.ts';
import {type NamedServices, serviceCells} from '../host/service-cells.ts';
import {escapeName} from '../text/escape-text.ts';
import {probeSubject} from '../trace/probe-subject.ts';
import {HostStory} from './host-story.ts';
import {decisionStep, packetSteps, type SubjectPacket} from './steps.ts';
import type {PacketStep, Step, Story} from './story.ts';

/** Stories kept at a time: those of hosts that are being scanned. */
const MOST_STORIES = 10_000;
/** Hosts that are known to have been told of: more than linger for late answers at a time. */
const MOST_TOLD = 5000;
/** Packets and decisions kept of one story. */
const MOST_STEPS = 80;

/** Keeps what happened to ports until their hosts are reported. */
export class StoryBook {
	/** The ports that are explained; all of them when there are none. */
	readonly #ports: ReadonlySet<number>;
	readonly #scanType: 'syn' | 'connect';
	/** By address, as text, and port. */
	readonly #hosts = new Map<string, Map<number, Draft>>();
	/** Hosts that were told of lately. */
	readonly #told = new Set<string>();
	readonly #serviceOn: (port: number) => string;
	/** How hosts are being found, and when they were. */
	readonly #hostStories = new Map<string, HostStory>();
	readonly #foundAt = new Map<string, Micros>();
	#count = 0;
	#isFull = false;

	constructor(ports: Iterable<number>, scanType: 'syn' | 'connect', named: NamedServices = {}) {
		this.#ports = new Set(ports);
		this.#scanType = scanType;
		this.#serviceOn = serviceCells(named, escapeName);
	}

	/** There were too many ports at a time; the stories of some are not told. */
	get isFull(): boolean {
		return this.#isFull;
	}

	packet(packet: TracedPacket): void {
		const {at, direction} = packet;
		const subject = probeSubject(packet);
		if (subject !== undefined) {
			this.#draft(subject.address, subject.port)?.packet({at, direction, subject});
		}
	}

	decision(decision: Decision): void {
		const key = formatAddressKey(decision.address.value);
		if (!isAboutHost(decision)) {
			this.#draft(key, decision.port)?.decision(decision);
			return;
		}

		switch (decision.what) {
			case 'host-asked': {
				this.#hostStory(key)?.onAsked(decision);
				break;
			}

			case 'host-answered': {
				this.#hostStories.get(key)?.onAnswered(decision);
				break;
			}

			case 'host-silent': {
				this.#hostStories.get(key)?.onSilent(decision);
				break;
			}

			case 'host-decided': {
				if (decision.status === 'up') {
					this.#foundAt.set(key, decision.at);
				}

				break;
			}
		}
	}

	/** How it was found out whether a host that is done is up, as text; empty when nobody asked, or it is not told of. */
	takeHost(report: HostReport, rules: HidingRules): string {
		const key = formatAddressKey(report.address.value);
		const story = this.#hostStories.get(key);
		this.#hostStories.delete(key);
		return story === undefined || !isTold(report, rules) ? '' : story.finish(report);
	}

	/**
	 * The stories of a host that is done, which are forgotten here: of the ports that were asked for by number, or of
	 * those that its report lists, with one example for each reason that it only counts.
	 */
	take(report: HostReport, rules: HidingRules): Story[] {
		const key = formatAddressKey(report.address.value);
		const drafts = this.#hosts.get(key);
		const foundAt = this.#foundAt.get(key);
		this.#hosts.delete(key);
		this.#foundAt.delete(key);
		this.#remember(key);
		if (drafts === undefined) {
			return [];
		}

		this.#count -= drafts.size;
		const results = resultsOf(report, drafts);
		return this.#chosen(report, rules).flatMap(({port, likewise}) => {
			const ending = {
				address: report.address,
				port,
				service: this.#serviceOn(port),
				likewise,
				result: results.get(port),
				foundAt,
			};
			return drafts.get(port)?.finish(ending) ?? [];
		});
	}

	/** The stories of all ports that have a state, of a scan without reports of hosts. */
	takeRest(): Story[] {
		const stories = [...this.#hosts.values()].flatMap(drafts =>
			[...drafts]
				.sort(([a], [b]) => a - b)
				.flatMap(([port, draft]) => draft.finish({port, service: this.#serviceOn(port), likewise: 0}) ?? []),
		);
		this.#hosts.clear();
		this.#count = 0;
		return stories;
	}

	/** What still comes from a host that was told of is no new story. */
	#remember(key: string): void {
		this.#told.add(key);
		if (this.#told.size > MOST_TOLD) {
			this.#told.delete(this.#told.values().next().value ?? key);
		}
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

	#hostStory(key: string): HostStory | undefined {
		let story = this.#hostStories.get(key);
		if (story === undefined && this.#hostStories.size < MOST_STORIES) {
			story = new HostStory();
			this.#hostStories.set(key, story);
		}

		return story;
	}

	#draft(address: string, port: number): Draft | undefined {
		if (this.#ports.size > 0 && !this.#ports.has(port)) {
			return undefined;
		}

		const known = this.#hosts.get(address)?.get(port);
		if (known !== undefined || this.#told.has(address)) {
			return known;
		}

		if (this.#count >= MOST_STORIES) {
			this.#isFull = true;
			return undefined;
		}

		const draft = new Draft(this.#scanType);
		const drafts = this.#hosts.get(address) ?? new Map<number, Draft>();
		this.#hosts.set(address, drafts.set(port, draft));
		this.#count++;
		return draft;
	}
}

/** What is known of a port only when its story is told. */
interface Ending {
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

const resultsOf = (
	{ports}: HostReport,
	drafts: ReadonlyMap<number, unknown>,
): ReadonlyMap<number, PortResult> => {
	const results = new Map<number, PortResult>();
	for (const result of ports) {
		if (drafts.has(result.port)) {
			results.set(result.port, result);
		}
	}

	return results;
};

/**
 * A story while it happens. Packets and decisions come from different threads, so a packet may be told after what was
 * decided because of it: they are put in order at the end.
 */
class Draft {
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
