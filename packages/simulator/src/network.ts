import {
	type Address,
	type AddressKey,
	addressOf,
	type Micros,
	type ProbeRecord,
	type Reply,
} from '@halfopen/model';
import type {Answer} from './answers.ts';
import type {EventQueue} from './event-queue.ts';
import {Host} from './host.ts';
import type {Link} from './link.ts';
import {NarrowLine} from './narrow-line.ts';
import {readAddress} from './read-address.ts';
import {isWithin} from './prefix.ts';
import {Router} from './router.ts';
import type {SimulatedHost, SimulatedNetwork} from './simulated-network.ts';

/** Packets that the network swallowed, by the reason. What a silent port swallows is not among them. */
export type NetworkLosses = {
	/** Probes, and answers, lost on a link. */
	out: number;
	back: number;
	/** Probes that found the queue of a bottleneck full. */
	bottleneck: number;
	/** Probes that a limit of the host left without an answer. */
	limited: number;
	/** Probes to addresses without a host. */
	nowhere: number;
};

/** Carries probes to hosts and their answers back. */
export class Network {
	readonly losses: NetworkLosses = {out: 0, back: 0, bottleneck: 0, limited: 0, nowhere: 0};
	readonly #description: SimulatedNetwork;
	readonly #events: EventQueue;
	readonly #deliver: (reply: Reply) => void;
	readonly #bottleneck: NarrowLine | undefined;
	readonly #descriptions: ReadonlyMap<AddressKey, SimulatedHost>;
	readonly #hosts = new Map<AddressKey, Host>(); // Made when first probed: there may be many
	readonly #router: Router | undefined;

	constructor(description: SimulatedNetwork, events: EventQueue, deliver: (reply: Reply) => void) {
		this.#description = description;
		this.#events = events;
		this.#deliver = deliver;
		this.#bottleneck = description.bottleneck && new NarrowLine(description.bottleneck);
		this.#router =
			description.router && new Router(description.router, description.link ?? {}, description.seed);
		this.#descriptions = new Map(description.hosts.map(host => [readAddress(host.address).value, host]));
	}

	/** The host at this address, as described. */
	describe(address: AddressKey): SimulatedHost | undefined {
		return this.#descriptions.get(address);
	}

	/** Puts a probe on the wire. */
	send(probe: ProbeRecord, at: Micros): void {
		const pastShared = this.#bottleneck ? this.#bottleneck.pass(at) : at;
		const host = this.#hostAt(probe.target) ?? this.#routerOf(probe.target);
		if (host === undefined) {
			this.losses.nowhere++;
			return;
		}

		const bottleneck = host instanceof Host ? host.bottleneck : undefined;
		const past = pastShared !== undefined && bottleneck ? bottleneck.pass(pastShared) : pastShared;
		if (past === undefined) {
			this.losses.bottleneck++;
			return;
		}

		const arrivals = host.wayOut.carry(past);
		this.losses.out += arrivals.length === 0 ? 1 : 0;
		for (const arrival of arrivals) {
			const answersAt = host instanceof Host ? arrival : host.answersAt(arrival);
			this.#events.schedule(answersAt, reachedAt => this.#reach(host, probe, reachedAt));
		}
	}

	/** Whether an address is on our own link. */
	isNeighbour(address: Address): boolean {
		const {neighbours = []} = this.#description;
		return neighbours.some(prefix => isWithin(address, prefix));
	}

	#routerOf(target: AddressKey): Router | undefined {
		return this.#router === undefined || this.isNeighbour(addressOf(target)) ? undefined : this.#router;
	}

	#hostAt(address: AddressKey): Host | undefined {
		const known = this.#hosts.get(address);
		const description = this.#descriptions.get(address);
		if (known !== undefined || description === undefined) {
			return known;
		}

		const {link = {}, seed} = this.#description;
		const host = new Host(description, description.link ?? link, seed);
		this.#hosts.set(address, host);
		return host;
	}

	#reach(host: Host | Router, probe: ProbeRecord, at: Micros): void {
		const answer = host.answer(probe, at);
		if (answer === 'limited') {
			this.losses.limited++;
		} else if (answer !== 'silence') {
			this.#sendBack(host, answer, at);
		}
	}

	#sendBack(host: {readonly wayBack: Link}, answer: Answer, at: Micros): void {
		const arrivals = host.wayBack.carry(at);
		this.losses.back += arrivals.length === 0 ? 1 : 0;
		for (const arrival of arrivals) {
			this.#events.schedule(arrival, receivedAt => this.#deliver({...answer, receivedAt}));
		}
	}
}
