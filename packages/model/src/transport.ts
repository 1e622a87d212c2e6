import type {Address, AddressKey} from './address.ts';
import type {TracedPacket} from './packet-ring.ts';
import type {ProbeProducer} from './probe-ring.ts';
import type {ReplyConsumer} from './reply-ring.ts';
import type {Clock, Micros} from './time.ts';

/** Threads that a transport may send from. */
export const MOST_SENDER_THREADS = 16;

/** Bytes of data behind a header of a probe: leaves room for the longest headers in the longest IP packet. */
export const MOST_PAYLOAD = 65_435;

/**
 * How probes leave and replies come back: real packets, connect(), or a simulated network.
 * All calls come from the thread that runs the engine.
 */
export interface Transport {
	readonly clock: Clock;
	/** Probes to be sent, in this order. */
	readonly probes: ProbeProducer;
	/** Valid replies, in the order received. */
	readonly replies: ReplyConsumer;
	/** Tries that can be told apart: a probe's `attempt` is below this. */
	readonly tries: number;

	/**
	 * The way to an address, by the kernel's routes. Its status may be `resolving` for a while; the bell
	 * rings when it changes. Give it back with `releasePath`. The link-layer address of a target on the link need not be
	 * looked for when it is given.
	 */
	pathTo(address: Address, mac?: string): Path;
	/** Probes that were written with it leave all the same. */
	releasePath(path: Path): void;

	/**
	 * The way to all who are on the link of an address, for probes of kind `neighbour`; `undefined` where an address is
	 * not on a link with link-layer addresses, or is our own. All addresses of one link share it, and it is never given back.
	 */
	linkTo?(address: Address): Path | undefined;

	/**
	 * The way to an address and to all those around it that certainly share it, when it is known at once and needs no
	 * giving back: through a router, to our own addresses, or to nowhere. `undefined` where only `pathTo` can tell, as
	 * on the link, where each neighbour has its own link-layer address. Costs no more than a look-up in memory when asked
	 * for many addresses of one range.
	 */
	pathCovering?(key: AddressKey): PathRange | undefined;

	/** Sends no faster than this, in packets per second; `Infinity` for no limit. Bursts are one batch at the most. */
	setRate(packetsPerSecond: number): void;

	/** Shows the sender what was written to `probes`. */
	flush(): void;

	/** Resolves at `deadline`, or earlier when something happened: a reply, a probe sent, a path resolved. */
	wait(deadline: Micros): Promise<void>;

	/**
	 * What changed since the last call that the user should know, one line each: a route that leads elsewhere now, an
	 * interface that went.
	 */
	takeWarnings?(): readonly string[];

	/** Copies packets for `takePackets` from now on, or no more. Absent where there are no packets. */
	setTracing?(isOn: boolean): void;

	/** Packets traced since the last call, by time; always empty unless tracing is on. */
	takePackets(): TracedPacket[];

	counters(): TransportCounters;

	/**
	 * Sends and receives no more. What was opened is closed in the background, for which `close` waits. Absent where
	 * closing takes no time. Safe to call twice.
	 */
	stop?(): void;

	/** Stops threads and frees what was opened. Probes that were not sent yet are dropped. Safe to call twice. */
	close(): Promise<void>;
}

/** A way out to one address or, through a router, to many. */
export interface Path {
	/** For probe records. */
	readonly id: number;
	readonly status: 'resolving' | 'ready' | 'unreachable';
	/** The interface, as in `eth0`. */
	readonly device: string;
	/** Our address on the way. */
	readonly source: Address;
	/** The target is one of our own addresses. */
	readonly local: boolean;
	/** Link-layer address of the target itself, when it is on the link and known. */
	readonly mac?: string;
	/** Why it is unreachable, for the user. */
	readonly problem?: string;
}

/** Addresses to which one path leads. */
export interface PathRange {
	/** `ready` or `unreachable`, and valid as long as the transport is open. */
	readonly path: Path;
	/** The range, both ends included; of the family of the address that was asked about. */
	readonly first: AddressKey;
	readonly last: AddressKey;
}

/** Counts since the transport was opened. What was received and led to no reply is counted by the reason. */
export interface TransportCounters {
	/** Packets handed to the kernel, and their bytes from the IP header on. */
	readonly sent: number;
	readonly sentBytes: number;
	/** Probes that the kernel refused for good. */
	readonly sendErrors: number;
	/** Times that the sender waited for room in a kernel queue (ENOBUFS, EAGAIN). */
	readonly sendWaits: number;
	/** Replies delivered, and their bytes from the IP header on. */
	readonly received: number;
	readonly receivedBytes: number;
	/** Frames that were cut short or inconsistent. */
	readonly malformed: number;
	/** Well-formed packets that answer nothing of ours: other ports, other kinds. */
	readonly unsolicited: number;
	/** TCP to our ports whose acknowledgement is not of a probe: forged, stale, or from an address not asked. */
	readonly wrongCookie: number;
	/** ICMP errors whose quote is not of a probe: wrong addresses, ports or sequence number. */
	readonly wrongQuote: number;
	/** ICMP errors that quote less than the 8 bytes of RFC 792. */
	readonly shortQuote: number;
	/** Replies lost because the reply ring was full. */
	readonly repliesLost: number;
	/** Packets that the kernel captured and had no room for in its buffer. */
	readonly kernelDrops: number;
	/** Packets that an interface lost before the kernel had them. */
	readonly interfaceDrops: number;
	/** Packets missing from the trace because its ring was full. */
	readonly traceLost: number;
}

/** A transport that has seen nothing yet. */
export const NO_COUNTS: TransportCounters = {
	sent: 0,
	sentBytes: 0,
	sendErrors: 0,
	sendWaits: 0,
	received: 0,
	receivedBytes: 0,
	malformed: 0,
	unsolicited: 0,
	wrongCookie: 0,
	wrongQuote: 0,
	shortQuote: 0,
	repliesLost: 0,
	kernelDrops: 0,
	interfaceDrops: 0,
	traceLost: 0,
};
