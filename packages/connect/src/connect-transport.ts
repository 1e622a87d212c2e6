import {constants} from 'node:os';
import {
	MILLISECOND,
	NO_COUNTS,
	PROBE_KIND,
	PROBE_RECORD_BYTES,
	ProbeConsumer,
	ProbeProducer,
	ReleasedPaths,
	REPLY_KIND,
	REPLY_RECORD_BYTES,
	ReplyConsumer,
	ReplyProducer,
	Ring,
	addressOf,
	formatAddress,
	ipv6,
	micros,
	type Address,
	type Clock,
	type Micros,
	type Path,
	type ProbeRecord,
	type ReplyKind,
	type TracedPacket,
	type Transport,
	type TransportCounters,
} from '@halfopen/model';
import {Bell} from './bell.ts';
import type {ConnectOutcome} from './connect-outcome.ts';
import {ConnectPath} from './connect-path.ts';
import {Connection, type Endpoint} from './connection.ts';
import {descriptorLimit} from './descriptor-limit.ts';
import {onceLooked} from './once-looked.ts';
import {Pacer} from './pacer.ts';
import {SourceAddresses} from './source-address.ts';

export interface ConnectTransportOptions {
	/** Tries that can be told apart. */
	readonly tries: number;
	/** Connections leave with an address of this interface. */
	readonly device?: string;
	/** Connections at one time; 500 by default, and always fewer than the process may have descriptors. */
	readonly concurrency?: number;
	/** Records in the probe ring, a power of two; 1024 by default. */
	readonly probeCapacity?: number;
	/** Records in the reply ring, a power of two; 4096 by default. */
	readonly replyCapacity?: number;
}

/**
 * Probes by connect(), for users who may not send raw packets. The kernel sends the SYNs and repeats them by its
 * own rules, and keeps the packets to itself: TTLs are 0, bytes are not counted, nothing is traced. There are SYN probes
 * only; others are refused (EINVAL).
 * Throws a `ScanError` when there is no such device.
 */
export const openConnectTransport = (options: ConnectTransportOptions): Transport =>
	new ConnectTransport(options);

const DEFAULT_CONCURRENCY = 500;
const SPARE_DESCRIPTORS = 64; // For files, pipes and whatever else the process has open
const LONGEST_LIFE = micros(10_000_000); // What has no outcome by then is given up
const LIFE_WHEN_FULL = 1_000_000; // µs: after this the oldest makes room for a probe that waits
const SHORTAGE_REST = 10_000; // µs: until our side is asked again for what it had none left of

/** A probe that was taken from the ring. */
type TakenProbe = {readonly probe: ProbeRecord; readonly takenAt: Micros};

/** A probe on its way. */
type Flight = TakenProbe & {readonly connection: Connection};

class ConnectTransport implements Transport {
	readonly clock: Clock = {now: () => micros(performance.now() * 1000)};
	readonly probes: ProbeProducer;
	readonly replies: ReplyConsumer;
	readonly tries: number;
	readonly #outgoing: ProbeConsumer;
	readonly #incoming: ReplyProducer;
	readonly #sources: SourceAddresses;
	readonly #paths = new Map<number, ConnectPath>();
	readonly #released: ReleasedPaths;
	readonly #bell: Bell = new Bell(this.clock);
	readonly #pacer = new Pacer();
	readonly #flights = new Map<string, Flight>(); // By target and port; oldest first
	readonly #postponed = new Map<string, TakenProbe>(); // Found no room on our side; by target and port
	readonly #counters = {...NO_COUNTS};
	#concurrency: number;
	#restUntil = micros(0);
	#lastPath = 0;
	#timer: NodeJS.Timeout | undefined;
	#looks = false;
	#closed = false;

	constructor(options: ConnectTransportOptions) {
		const probeRing = new Ring(options.probeCapacity ?? 1024, PROBE_RECORD_BYTES);
		const replyRing = new Ring(options.replyCapacity ?? 4096, REPLY_RECORD_BYTES);
		this.probes = new ProbeProducer(probeRing);
		this.#released = new ReleasedPaths(this.probes, id => this.#paths.delete(id));
		this.replies = new ReplyConsumer(replyRing);
		this.tries = options.tries;
		this.#outgoing = new ProbeConsumer(probeRing);
		this.#incoming = new ReplyProducer(replyRing);
		this.#sources = new SourceAddresses(options.device);
		this.#concurrency = Math.max(
			1,
			Math.min(options.concurrency ?? DEFAULT_CONCURRENCY, descriptorLimit() - SPARE_DESCRIPTORS),
		);
	}

	pathTo(address: Address): Path {
		const path = new ConnectPath(++this.#lastPath, address, this.#sources);
		this.#paths.set(path.id, path);
		return path;
	}

	releasePath(path: Path): void {
		this.#released.add(path.id);
	}

	setRate(packetsPerSecond: number): void {
		this.#pacer.setRate(packetsPerSecond, this.clock.now());
		this.#send();
	}

	flush(): void {
		this.probes.publish();
		this.#send();
	}

	async wait(deadline: Micros): Promise<void> {
		if (!this.#closed) {
			await this.#bell.sleep(this.replies.waiting > 0 ? this.clock.now() : deadline);
		}
	}

	takePackets(): TracedPacket[] {
		return [];
	}

	counters(): TransportCounters {
		return {...this.#counters};
	}

	close(): Promise<void> {
		this.#closed = true;
		clearTimeout(this.#timer);
		for (const {connection} of this.#flights.values()) {
			connection.abandon();
		}

		this.#flights.clear();
		this.#postponed.clear();
		this.#bell.ring();
		return Promise.resolve();
	}

	/**
	 * Starts what may start now, and sees to it that the rest is looked at again. Outcomes that came before `lookedAt` are
	 * known.
	 */
	#send(lookedAt = -Infinity): void {
		while (!this.#closed && (this.#postponed.size > 0 || this.#outgoing.hasNext)) {
			const now = this.clock.now();
			const roomAt = this.#roomAt();
			const at = Math.max(this.#pacer.dueAt, this.#restUntil, roomAt);
			if (at > now) {
				this.#counters.sendWaits += roomAt > now ? 1 : 0;
				this.#sendAfter(at - now);
				return;
			}

			if (roomAt > lookedAt) {
				this.#sendOnceLooked();
				return;
			}

			this.#makeRoom();
			this.#pacer.take(now);
			this.#startNext(now);
		}
	}

	#sendAfter(duration: number): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#send(), Math.ceil(duration / MILLISECOND));
	}

	#sendOnceLooked(): void {
		if (!this.#looks) {
			this.#looks = true;
			const now = this.clock.now();
			onceLooked(() => {
				this.#looks = false;
				this.#send(now);
			});
		}
	}

	/** When there is room for one more, unless a connection ends before: when the oldest may be given up. */
	#roomAt(): number {
		const [oldest] = this.#flights.values();
		return oldest === undefined || this.#flights.size < this.#concurrency
			? -Infinity
			: oldest.takenAt + LIFE_WHEN_FULL;
	}

	#makeRoom(): void {
		const [oldest] = this.#flights.keys();
		if (oldest !== undefined && this.#flights.size >= this.#concurrency) {
			this.#giveUp(oldest);
		}
	}

	#startNext(now: Micros): void {
		const [postponed] = this.#postponed;
		if (postponed !== undefined) {
			const [key, taken] = postponed;
			this.#postponed.delete(key);
			this.#start(taken);
		} else if (this.#outgoing.peek().kind !== PROBE_KIND.syn) {
			this.#refuseNext(now, constants.errno.EINVAL);
		} else if (this.#paths.get(this.#outgoing.peek().path)?.status === 'ready') {
			const probe = this.#outgoing.take(now);
			this.#counters.sent++;
			this.#giveUp(keyOf(probe)); // The try before
			this.#start({probe, takenAt: now});
			this.#bell.ring();
		} else {
			this.#refuseNext(now, constants.errno.EHOSTUNREACH);
		}
	}

	#refuseNext(now: Micros, errno: number): void {
		this.#outgoing.take(now, errno);
		this.#counters.sendErrors++;
		this.#bell.ring();
	}

	#giveUp(key: string): void {
		this.#flights.get(key)?.connection.abandon();
		this.#flights.delete(key);
		this.#postponed.delete(key);
	}

	#start(taken: TakenProbe): void {
		const key = keyOf(taken.probe);
		const connection = new Connection(this.#endpointOf(taken.probe), LONGEST_LIFE, outcome => {
			this.#flights.delete(key);
			this.#finish(taken, outcome);
			this.#send();
		});
		this.#flights.set(key, {...taken, connection});
	}

	#endpointOf({target, port, path}: ProbeRecord): Endpoint {
		const zone = this.#paths.get(path)?.zone;
		const address = typeof target === 'bigint' ? ipv6(target, zone) : addressOf(target);
		const source = this.#sources.of(address);
		return {
			host: formatAddress(address),
			port,
			...(source !== undefined && {localAddress: formatAddress(source)}),
		};
	}

	#finish(taken: TakenProbe, outcome: ConnectOutcome): void {
		switch (outcome.is) {
			case 'accepted': {
				this.#reply(taken.probe, REPLY_KIND.connectAccepted, 0);
				return;
			}

			case 'failed': {
				this.#reply(taken.probe, REPLY_KIND.connectFailed, outcome.failure);
				return;
			}

			case 'short': {
				this.#postpone(taken);
				return;
			}

			case 'impossible': {
				this.#counters.sendErrors++;
			}
		}
	}

	/** Our side had no room: from now on it is asked for less, and for this one again in a while. */
	#postpone(taken: TakenProbe): void {
		const now = this.clock.now();
		this.#counters.sendWaits++;
		this.#concurrency = Math.max(1, Math.min(this.#concurrency, this.#flights.size));
		this.#restUntil = micros(now + SHORTAGE_REST);
		if (now - taken.takenAt < LONGEST_LIFE) {
			this.#postponed.set(keyOf(taken.probe), taken);
		} else {
			this.#counters.sendErrors++;
		}
	}

	#reply(probe: ProbeRecord, kind: ReplyKind, icmpCode: number): void {
		const {target, port, attempt} = probe;
		const isDelivered = this.#incoming.write({
			kind,
			family: typeof target === 'number' ? 4 : 6,
			target,
			port,
			attempt,
			receivedAt: this.clock.now(),
			ttl: 0,
			sender: target,
			icmpType: 0,
			icmpCode,
			window: 0,
			tcpFlags: 0,
		});
		this.#counters[isDelivered ? 'received' : 'repliesLost']++;
		this.#bell.ring();
	}
}

const keyOf = ({target, port}: ProbeRecord): string => `${target}:${port}`;
