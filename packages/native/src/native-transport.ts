import {randomBytes, randomInt} from 'node:crypto';
import {
	MOST_PAYLOAD,
	MOST_SENDER_THREADS,
	PROBE_KIND,
	PROBE_RECORD_BYTES,
	ProbeProducer,
	REPLY_RECORD_BYTES,
	ReplyConsumer,
	Ring,
	ScanError,
	micros,
	type Address,
	type AddressKey,
	type Clock,
	type Micros,
	type Path,
	type PathRange,
	type ProbeKind,
	type TracedPacket,
	type Transport,
	type TransportCounters,
} from '@halfopen/model';
import {loadAddon} from './load-addon.ts';
import {withRemedy} from './native-failure.ts';
import type {NativeAddon, NativeOptions, NativeTransportHandle} from './native.ts';
import {NullPaths} from './null-paths.ts';
import {PacketTrace} from './packet-trace.ts';
import {PathBook} from './path-book.ts';
import {PathSlots} from './path-slots.ts';
import type {Paths} from './paths.ts';
import {RouteWatch} from './route-watch.ts';
import {RouteFinder} from './routes.ts';
import type {SendChoice} from './send-method.ts';
import {Sleep} from './sleep.ts';

export interface NativeTransportOptions {
	/**
	 * Tries that can be told apart, up to 255: source ports `sourcePortBase` … `sourcePortBase + tries - 1` are ours, and
	 * with `discovery` as many above.
	 */
	readonly tries: number;
	/**
	 * Raw IP socket or AF_PACKET; `auto` takes AF_PACKET wherever frames can be addressed. `null` builds packets and
	 * drops them: it opens no socket, captures nothing and needs no privilege, for measuring what comes before the kernel.
	 */
	readonly send?: SendChoice | 'null';
	/** With `null`, each probe is answered by a SYN/ACK, for measuring what comes after the kernel. */
	readonly nullAnswers?: boolean;
	/** Every probe leaves here, whatever the routes say. */
	readonly device?: string;
	/** Every probe leaves from this port; tries are then told apart by their sequence numbers alone. */
	readonly sourcePort?: number;
	/** Random between 33,000 and 60,000 by default. */
	readonly sourcePortBase?: number;
	/** TTL or hop limit; random between 37 and 59 for each packet by default. */
	readonly ttl?: number;
	/**
	 * Probes that find hosts, besides SYN: all kinds, or these. Only answers to what is named here are captured, and a
	 * probe of another kind is refused (EINVAL).
	 */
	readonly discovery?: true | readonly ProbeKind[];
	/** Data behind every SYN, ACK, echo request and UDP header, of 65,435 bytes at the most; what does not fit the MTU of an interface, that refuses. */
	readonly payload?: Uint8Array;
	/** 16 bytes that sequence numbers are keyed with; random by default. */
	readonly key?: Uint8Array;
	/** Copies packets for `takePackets`, from the first on; see `setTracing`. */
	readonly trace?: boolean;
	/** Threads that send, 1 to 16, each with a probe ring; 1 by default. They share the rate; see `ProbeProducer`. */
	readonly senderThreads?: number;
	/** Records in each probe ring, a power of two; 16,384 by default. */
	readonly probeCapacity?: number;
	/** Records in the reply ring, a power of two; 16,384 by default. */
	readonly replyCapacity?: number;
	/** Packets handed to the kernel at once, at the most: 1 to 256, 256 by default. Fewer where the rate is low. */
	readonly batch?: number;
	/** Kernel memory for the frames of each interface; 8 MiB by default. */
	readonly captureBufferBytes?: number;
}

/**
 * Sends and receives raw packets on this machine's interfaces.
 * @throws ScanError `ERR_HALFOPEN_PERMISSION`, `ERR_HALFOPEN_INTERFACE`, `ERR_HALFOPEN_SYSTEM`, or
 * `ERR_HALFOPEN_OPTION` for what cannot be: more tries than a record can tell apart, too many threads
 */
export const openNativeTransport = (options: NativeTransportOptions): Transport =>
	withRemedy(() => new NativeTransport(loadAddon(), options));

const PROBE_CAPACITY = 16_384;
const REPLY_CAPACITY = 16_384;
const BATCH = 256;
const CAPTURE_BUFFER_BYTES = 8 << 20;
const LOWEST_SOURCE_PORT = 33_000;
const HIGHEST_SOURCE_PORT = 60_000;

/** Below this rate, in packets per second, each probe that was sent is worth waking for. */
const SLOW_RATE = 1000;

class NativeTransport implements Transport {
	readonly clock: Clock;
	readonly probes: ProbeProducer;
	readonly replies: ReplyConsumer;
	readonly tries: number;
	readonly #handle: NativeTransportHandle;
	readonly #paths: Paths;
	readonly #routeWatch: RouteWatch;
	#trace: PacketTrace | undefined;
	/** The senders had nothing to do until then. */
	#sendingSince = micros(0);
	readonly #senders: number;
	readonly #sleep: Sleep;
	#rate = Infinity;
	#isStopped = false;
	#finalCounters: TransportCounters | undefined; // Once closed

	constructor(addon: NativeAddon, options: NativeTransportOptions) {
		checkOptions(options);
		const routes = new RouteFinder(options.device); // First: it says it best when there is no such device
		this.#senders = options.senderThreads ?? 1;
		const probeRings = Array.from(
			{length: this.#senders},
			() => new Ring(options.probeCapacity ?? PROBE_CAPACITY, PROBE_RECORD_BYTES),
		);
		const replyRing = new Ring(options.replyCapacity ?? REPLY_CAPACITY, REPLY_RECORD_BYTES);
		this.clock = {now: () => micros(addon.now())};
		this.probes = new ProbeProducer(...probeRings);
		this.replies = new ReplyConsumer(replyRing);
		this.tries = options.tries;
		this.#sleep = new Sleep(this.clock);
		const wake = (): void => this.#sleep.end();
		this.#handle = new addon.NativeTransport(
			{
				...nativeOptions(options),
				probes: probeRings.map(({bytes}) => bytes),
				replies: replyRing.bytes,
			},
			wake,
		);
		this.setTracing(options.trace === true);
		const send = options.send ?? 'auto';
		this.#paths =
			send === 'null'
				? new NullPaths(this.#handle)
				: new PathBook({
						addon,
						handle: this.#handle,
						slots: new PathSlots(this.probes, id => this.#clearPath(id)),
						routes,
						clock: this.clock,
						send,
						onChange: wake,
					});
		this.#routeWatch = new RouteWatch(this.#handle, this.#paths, this.clock);
	}

	pathTo(address: Address, mac?: string): Path {
		return this.#paths.open(address, mac);
	}

	releasePath(path: Path): void {
		this.#paths.release(path);
	}

	linkTo(address: Address): Path | undefined {
		return this.#paths.link(address);
	}

	pathCovering(key: AddressKey): PathRange | undefined {
		return this.#paths.covering(key);
	}

	setRate(packetsPerSecond: number): void {
		if (packetsPerSecond !== this.#rate && !this.#isClosed) {
			this.#rate = packetsPerSecond;
			this.#handle.setRate(packetsPerSecond);
		}
	}

	flush(): void {
		if (this.#trace !== undefined && this.probes.unsent === 0) {
			this.#sendingSince = this.clock.now();
		}

		this.probes.publish(this.#wakeSender);
	}

	async wait(deadline: Micros): Promise<void> {
		if (this.#isClosed) {
			return;
		}

		this.flush();
		const {ring} = this.replies;
		ring.announceWait();
		if (this.#hasNews) {
			this.#sleep.end();
		}

		await this.#sleep.until(deadline);
		ring.takeWaiter(); // Awake: nobody needs to ring
		if (!this.#isClosed) {
			withRemedy(() => this.#handle.throwFailure());
			this.#routeWatch.look();
		}
	}

	takeWarnings(): readonly string[] {
		return this.#routeWatch.takeWarnings();
	}

	/** The memory for copies is made when they are first wanted. */
	setTracing(isOn: boolean): void {
		if (this.#isClosed) {
			return;
		}

		if (isOn && this.#trace === undefined) {
			this.#trace = new PacketTrace(this.#senders);
			const {sentRings, receivedRing} = this.#trace;
			this.#handle.attachTraces(
				sentRings.map(({bytes}) => bytes),
				receivedRing.bytes,
			);
		}

		this.#handle.setTracing(isOn);
	}

	takePackets(): TracedPacket[] {
		const isSending = (): boolean => !this.#isStopped && this.probes.unsent > 0;
		return this.#trace?.take(isSending, this.#sendingSince) ?? [];
	}

	counters(): TransportCounters {
		return this.#finalCounters ?? this.#handle.counters();
	}

	stop(): void {
		if (!this.#isStopped) {
			this.#isStopped = true;
			this.#handle.stop();
		}
	}

	async close(): Promise<void> {
		if (this.#isClosed) {
			return;
		}

		this.stop();
		this.#finalCounters = this.#handle.counters();
		this.#paths.close();
		this.#handle.close();
		this.#sleep.end();
	}

	readonly #wakeSender = (ring: number): void => {
		if (!this.#isClosed) {
			this.#handle.wakeSender(ring);
		}
	};

	#clearPath(id: number): void {
		if (!this.#isClosed) {
			this.#handle.clearPath(id);
		}
	}

	get #isClosed(): boolean {
		return this.#finalCounters !== undefined;
	}

	/**
	 * What the native threads would have rung for, had they known that we are about to sleep. The sender rings when it
	 * ran dry and when half of the ring is free again; not for each batch.
	 */
	get #hasNews(): boolean {
		const {unsent} = this.probes;
		const sent = this.probes.pending - unsent;
		const enough = unsent === 0 || this.#rate < SLOW_RATE ? 1 : this.probes.capacity / 2;
		return this.replies.waiting > 0 || sent >= enough;
	}
}

const MOST_TRIES = 255; // A record has a byte for the try

const NO_PAYLOAD = new Uint8Array(0);

const checkOptions = ({
	tries,
	senderThreads = 1,
	payload = NO_PAYLOAD,
	nullAnswers,
	send,
}: NativeTransportOptions): void => {
	expectWhole('tries', tries, MOST_TRIES);
	expectWhole('sender threads', senderThreads, MOST_SENDER_THREADS);
	expectWhole('bytes of payload', payload.length, MOST_PAYLOAD, 0);
	if (senderThreads > 1 && nullAnswers === true) {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			`Expected one sender thread with answers to itself, got \`${senderThreads}\``,
		);
	}

	if (nullAnswers === true && send !== 'null') {
		throw new ScanError(
			'ERR_HALFOPEN_OPTION',
			`Expected to send by \`null\` with answers to itself, got \`${send}\``,
		);
	}
};

const expectWhole = (what: string, value: number, most: number, least = 1): void => {
	if (!Number.isInteger(value) || value < least || value > most) {
		throw new ScanError('ERR_HALFOPEN_OPTION', `Expected ${least} to ${most} ${what}, got \`${value}\``);
	}
};

const destinationOf = ({send, nullAnswers}: NativeTransportOptions): NativeOptions['destination'] => {
	if (send !== 'null') {
		return 'network';
	}

	return nullAnswers === true ? 'echo' : 'nowhere';
};

/** Bit n stands for kind n. */
const kindBits = (discovery: true | readonly ProbeKind[]): number => {
	const kinds = discovery === true ? Object.values(PROBE_KIND) : [PROBE_KIND.syn, ...discovery];
	return kinds.reduce<number>((bits, kind) => bits | (1 << kind), 0);
};

type FixedOptions = Omit<NativeOptions, 'probes' | 'replies'>;

const nativeOptions = (options: NativeTransportOptions): FixedOptions => ({
	key: options.key ?? randomBytes(16),
	sourcePortBase: options.sourcePortBase ?? randomInt(LOWEST_SOURCE_PORT, HIGHEST_SOURCE_PORT),
	tries: options.tries,
	...(options.sourcePort !== undefined && {fixedSourcePort: options.sourcePort}),
	...(options.ttl !== undefined && {hopLimit: options.ttl}),
	kinds: kindBits(options.discovery ?? []),
	...(options.payload !== undefined && {payload: options.payload}),
	...(options.device !== undefined && {device: options.device}),
	destination: destinationOf(options),
	batch: options.batch ?? BATCH,
	captureBufferBytes: options.captureBufferBytes ?? CAPTURE_BUFFER_BYTES,
});
