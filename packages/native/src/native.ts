// Every export of the addon, and nothing else. native/src/addon/ implements them.
//
// Failures of the system are thrown as NativeFailure. Arguments are not checked much there: what a user can get
// wrong is checked on this side.
import type {AddressKey, TransportCounters} from '@halfopen/model';

export interface NativeAddon {
	/** Sizes and offsets of the shared records, as C++ has them. */
	readonly layouts: Readonly<Record<'ring' | 'probe' | 'reply' | 'packet', RecordLayout>>;
	readonly NativeTransport: new (options: NativeOptions, onBell: () => void) => NativeTransportHandle;
	/** Microseconds of CLOCK_MONOTONIC, the clock of all records. */
	now(): number;
	/** Opens what a scan needs and closes it again; throws why that is not possible. */
	throwRawPacketProblem(): void;
	listInterfaces(): NativeInterface[];
	/** The kernel's way to an address, through this interface unless the index is 0. */
	findRoute(target: AddressKey, interfaceIndex: number): NativeRoute;
	/** Which IPv4 addresses the kernel treats alike; `undefined` where policy rules make that hard to say. */
	readRouteRanges(): NativeRouteRanges | undefined;
	/** What the kernel knows of a host on the link; `undefined` when it never looked for it. */
	findNeighbour(interfaceIndex: number, address: AddressKey): NativeNeighbour | undefined;
	/** Makes the kernel look for a host on the link, or check that it is still there. Needs CAP_NET_ADMIN. */
	askNeighbour(interfaceIndex: number, address: AddressKey): void;
}

export interface RecordLayout {
	/** Of one record; of the header, for a ring. */
	readonly bytes: number;
	readonly offsets: Readonly<Record<string, number>>;
}

/** An exception of the addon: what failed, in which call. */
export interface NativeFailure extends Error {
	/** As in `socket(AF_PACKET, SOCK_RAW)`. */
	readonly operation: string;
	readonly errno: number;
	/** As in `EPERM`. */
	readonly code: string;
	/** What errno cannot say; may be empty. */
	readonly detail: string;
}

export interface NativeOptions {
	/** Memory of the rings; kept until `close`. Each ring of probes has a sender thread of its own. */
	readonly probes: readonly Uint8Array[];
	readonly replies: Uint8Array;
	/** 16 bytes: what sequence numbers are keyed with. */
	readonly key: Uint8Array;
	/** Try n leaves from port `sourcePortBase` + n, or all from `fixedSourcePort`. */
	readonly sourcePortBase: number;
	readonly tries: number;
	readonly fixedSourcePort?: number;
	/** Of every probe; random without it. */
	readonly hopLimit?: number;
	/** Kinds of probes that may be sent, bit n for kind n of PROBE_KIND. Answers to others are not looked for. */
	readonly kinds: number;
	/** Behind every probe that can have data. */
	readonly payload?: Uint8Array;
	/** Where every probe of the raw IP sender leaves. */
	readonly device?: string;
	/** `nowhere` builds packets and drops them, `echo` also answers each with a SYN/ACK; neither opens a socket. */
	readonly destination: 'network' | 'nowhere' | 'echo';
	/** Packets handed to the kernel at once. */
	readonly batch: number;
	/** Kernel memory of each interface's capture. */
	readonly captureBufferBytes: number;
}

/** Senders, receiver and their threads; running from construction to `close`. */
export interface NativeTransportHandle {
	/** Makes `id` name a path. No probe that names it may be left in the ring from an earlier use. */
	setPath(id: number, path: NativePath): void;
	/** Makes `id` name nothing; under the same condition. */
	clearPath(id: number): void;
	/** Captures replies on this interface too, from before it returns. */
	capture(device: string): void;
	/** Packets per second, or `Infinity`. */
	setRate(packetsPerSecond: number): void;
	/** Wakes the sender thread of this ring, an index of `probes`: it sleeps while the ring is empty. */
	wakeSender(ring: number): void;
	/**
	 * Memory of the rings for copies of packets: of those sent, one for each sender thread, and of those received. Once,
	 * before tracing begins; kept until `close`.
	 */
	attachTraces(sent: readonly Uint8Array[], received: Uint8Array): void;
	/** Copies packets from now on, or no more. */
	setTracing(isOn: boolean): void;
	counters(): TransportCounters;
	/** Whether routes, interfaces or their addresses changed since the last call. */
	takeRouteChange(): boolean;
	/** Throws why capturing ended by itself, if it did. */
	throwFailure(): void;
	/** Sends and receives no more; the threads end while the caller goes on. Safe to call twice. */
	stop(): void;
	/** Stops, joins the threads, and closes everything. Safe to call twice; the rest throws afterwards. */
	close(): void;
}

/**
 * A way out: over AF_PACKET when it has link-layer addresses, over the raw IP socket when not. With a source address
 * alone it leads to all who are on the link.
 */
export interface NativePath {
	readonly source: AddressKey;
	readonly interfaceIndex: number;
	/** Six bytes each. */
	readonly destinationMac?: Uint8Array;
	readonly sourceMac?: Uint8Array;
}

export interface NativeInterface {
	readonly index: number;
	readonly name: string;
	/** ARPHRD_ of `<net/if_arp.h>`. */
	readonly hardwareType: number;
	/** IFF_ of netdevice(7). */
	readonly flags: number;
	readonly mtu: number;
	readonly mac: Uint8Array | undefined;
	readonly addresses: readonly {readonly address: AddressKey; readonly prefixLength: number}[];
}

export interface NativeRoute {
	/** RTN_ of rtnetlink(7). */
	readonly type: number;
	readonly interfaceIndex: number;
	readonly source: AddressKey;
	readonly gateway: AddressKey | undefined;
}

/** Addresses from one start up to the next are matched by the same routes. */
export interface NativeRouteRanges {
	/** Ascending; the first is 0. */
	readonly starts: Uint32Array;
	/** For each start, 1 where the kernel may decide differently for each address all the same. */
	readonly isUneven: Uint8Array;
}

export interface NativeNeighbour {
	/** NUD_ of rtnetlink(7). */
	readonly state: number;
	readonly mac: Uint8Array | undefined;
}
