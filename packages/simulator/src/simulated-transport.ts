import {
	NO_COUNTS,
	PROBE_RECORD_BYTES,
	ProbeConsumer,
	ProbeProducer,
	ReleasedPaths,
	REPLY_RECORD_BYTES,
	ReplyConsumer,
	ReplyProducer,
	Ring,
	micros,
	type Address,
	type Clock,
	type Micros,
	type Path,
	type ProbeRecord,
	type Reply,
	type TracedPacket,
	type Transport,
	type TransportCounters,
} from '@halfopen/model';
import {EventQueue} from './event-queue.ts';
import {Network, type NetworkLosses} from './network.ts';
import {probeBytes, replyBytes} from './packet-size.ts';
import {NOBODY, PathTable} from './path-table.ts';
import type {SimulatedNetwork} from './simulated-network.ts';
import {TokenBucket} from './token-bucket.ts';

export interface SimulationOptions {
	/** Tries that can be told apart; 16 by default. */
	readonly tries?: number;
	/** Records in the probe ring, a power of two; 4096 by default. */
	readonly probeCapacity?: number;
	/** Records in the reply ring, a power of two; 65,536 by default. */
	readonly replyCapacity?: number;
	/** What the clock shows at first; 0 by default. */
	readonly startAt?: Micros;
	/** From the first thing that happens in a `wait` to its end: what happens meanwhile is found together; 50 µs by default. */
	readonly wakeDelay?: Micros;
	/** Times in which the caller is held up: a wait that would end in one ends when it is over. Ascending. */
	readonly stalls?: readonly Stall[];
	/** Times at which the clock leaps ahead while the network stands still, as when a virtual machine is paused. */
	readonly leaps?: readonly Leap[];
}

export interface Stall {
	readonly at: Micros;
	readonly length: Micros;
}

export interface Leap {
	readonly at: Micros;
	readonly by: Micros;
}

/** A transport over a simulated network. Its clock moves in `wait` and `advanceTo` only. */
export interface SimulatedTransport extends Transport {
	/** Every probe that left, in order. */
	readonly sentProbes: readonly ObservedProbe[];
	/** What the network swallowed so far. */
	readonly losses: Readonly<NetworkLosses>;
	/** Lets the time pass until `time`. */
	advanceTo(time: Micros): void;
}

/** A probe as it left. */
export interface ObservedProbe extends Omit<ProbeRecord, 'path'> {
	readonly at: Micros;
}

export const openSimulatedTransport = (
	network: SimulatedNetwork,
	options: SimulationOptions = {},
): SimulatedTransport => new Simulation(network, options);

const BATCH = 64; // Probes that may leave in a row to catch up, at the most
const CATCH_UP_SECONDS = 0.001; // What a sender that woke late makes up for
const DEFAULT_INTERFACE_RATE = 1_000_000;
const DEFAULT_WAKE_DELAY = micros(50);
const EHOSTUNREACH = 113;
const WAITS_PER_TURN = 1024; // Waits end in microtasks; other work of the process gets a turn this often

class Simulation implements SimulatedTransport {
	readonly clock: Clock;
	readonly probes: ProbeProducer;
	readonly replies: ReplyConsumer;
	readonly tries: number;
	readonly sentProbes: ObservedProbe[] = [];
	readonly #events = new EventQueue();
	readonly #network: Network;
	readonly #paths: PathTable;
	readonly #released: ReleasedPaths;
	readonly #outgoing: ProbeConsumer;
	readonly #incoming: ReplyProducer;
	readonly #interface: TokenBucket;
	readonly #pace = new TokenBucket(Infinity, BATCH);
	readonly #wakeDelay: Micros;
	readonly #stalls: Stall[];
	readonly #counters = {...NO_COUNTS};
	#now: Micros;
	#rang = false;
	#waits = 0;
	#closed = false;

	constructor(network: SimulatedNetwork, options: SimulationOptions) {
		const probeRing = new Ring(options.probeCapacity ?? 4096, PROBE_RECORD_BYTES);
		const replyRing = new Ring(options.replyCapacity ?? 65_536, REPLY_RECORD_BYTES);
		this.#now = options.startAt ?? micros(0);
		this.#wakeDelay = options.wakeDelay ?? DEFAULT_WAKE_DELAY;
		this.#stalls = [...(options.stalls ?? [])];
		for (const {at, by} of options.leaps ?? []) {
			this.#events.schedule(at, () => this.#leap(by));
		}

		this.#interface = new TokenBucket(network.interfaceRate ?? DEFAULT_INTERFACE_RATE, 1);
		this.#outgoing = new ProbeConsumer(probeRing);
		this.#incoming = new ReplyProducer(replyRing);
		this.clock = {now: () => this.#now};
		this.probes = new ProbeProducer(probeRing);
		this.replies = new ReplyConsumer(replyRing);
		this.tries = options.tries ?? 16;
		this.#network = new Network(network, this.#events, reply => this.#receive(reply));
		this.#paths = new PathTable(network, this.clock, this.#events, () => this.#ring());
		this.#released = new ReleasedPaths(this.probes, id => {
			this.#paths.forget(id);
		});
	}

	get losses(): Readonly<NetworkLosses> {
		return this.#network.losses;
	}

	pathTo(address: Address, mac?: string): Path {
		const path = this.#network.describe(address.value)?.path;
		if (mac !== undefined) {
			return this.#paths.open(address, {...path, resolvingFor: micros(0), mac});
		}

		return this.#paths.open(address, this.#isNobody(address) ? NOBODY : path);
	}

	linkTo(address: Address): Path | undefined {
		return this.#network.isNeighbour(address) && this.#network.describe(address.value)?.path?.local !== true
			? this.#paths.openLink(address.family)
			: undefined;
	}

	releasePath(path: Path): void {
		this.#released.add(path.id);
	}

	setRate(packetsPerSecond: number): void {
		this.#pace.setLimit(
			packetsPerSecond,
			Math.min(BATCH, 1 + Math.floor(packetsPerSecond * CATCH_UP_SECONDS)),
			this.#now,
		);
	}

	flush(): void {
		this.probes.publish();
	}

	async wait(deadline: Micros): Promise<void> {
		if (++this.#waits % WAITS_PER_TURN === 0) {
			await new Promise(resolve => {
				setImmediate(resolve);
			});
		}

		if (!this.#closed) {
			this.#runUntilBell(deadline);
			this.#sitOutStalls();
		}
	}

	advanceTo(time: Micros): void {
		while (this.#nextAt() <= time) {
			this.#step();
		}

		this.#now = later(this.#now, time);
	}

	takePackets(): TracedPacket[] {
		return [];
	}

	counters(): TransportCounters {
		return {...this.#counters};
	}

	close(): Promise<void> {
		this.#closed = true;
		this.#events.clear();
		return Promise.resolve();
	}

	#isNobody(address: Address): boolean {
		return this.#network.isNeighbour(address) && this.#network.describe(address.value) === undefined;
	}

	/** Lets the time pass until `deadline`, or until shortly after something happened. */
	#runUntilBell(deadline: Micros): void {
		let until = this.#rang || this.replies.waiting > 0 ? this.#now : later(this.#now, deadline);
		for (let at = this.#nextAt(); at <= until && at !== Infinity; at = this.#nextAt()) {
			const rangBefore = this.#rang;
			this.#step();
			if (this.#rang && !rangBefore) {
				until = earlier(until, micros(at + this.#wakeDelay));
			}
		}

		if (until === Infinity) {
			throw new Error('Expected a deadline, got a wait in which nothing can happen');
		}

		this.#now = later(this.#now, until);
		this.#rang = false;
	}

	#sitOutStalls(): void {
		for (let next = this.#stalls[0]; next !== undefined && next.at <= this.#now; next = this.#stalls[0]) {
			this.#stalls.shift();
			this.advanceTo(micros(next.at + next.length));
		}
	}

	#leap(by: Micros): void {
		this.#events.delay(by);
		this.#now = micros(this.#now + by);
	}

	/** When anything is due next. */
	#nextAt(): Micros {
		return earlier(this.#events.nextAt, this.#nextDeparture());
	}

	#nextDeparture(): Micros {
		return this.#outgoing.hasNext && !this.#closed
			? this.#interface.nextAt(this.#pace.nextAt(this.#now))
			: micros(Infinity);
	}

	/** Lets the one thing happen that is due next. */
	#step(): void {
		const departure = this.#nextDeparture();
		if (this.#events.nextAt <= departure) {
			this.#now = this.#events.nextAt;
			this.#events.runNext();
		} else {
			this.#now = departure;
			this.#sendNext();
		}
	}

	#sendNext(): void {
		const {path, ...probe} = this.#outgoing.peek();
		this.#pace.take(this.#now);
		this.#interface.take(this.#now);
		this.#ring();
		if (!this.#paths.isReady(path)) {
			this.#outgoing.take(this.#now, EHOSTUNREACH);
			this.#counters.sendErrors++;
			return;
		}

		const record = this.#outgoing.take(this.#now);
		this.sentProbes.push({at: this.#now, ...probe});
		this.#counters.sent++;
		this.#counters.sentBytes += probeBytes(typeof probe.target === 'number' ? 4 : 6, probe.kind);
		this.#network.send(record, this.#now);
	}

	#receive(reply: Reply): void {
		this.#ring();
		if (!this.#incoming.write(reply)) {
			this.#counters.repliesLost++;
			return;
		}

		this.#counters.received++;
		this.#counters.receivedBytes += replyBytes(reply);
	}

	/** Something happened: the wait is to end. */
	#ring(): void {
		this.#rang = true;
	}
}

const earlier = (one: Micros, other: Micros): Micros => (other < one ? other : one);
const later = (one: Micros, other: Micros): Micros => (other > one ? other : one);
