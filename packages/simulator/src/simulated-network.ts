import type {Micros} from '@halfopen/model';

/** A network as plain data. The same description and the same probes give the same run. */
export interface SimulatedNetwork {
	/** Decides every random draw. */
	readonly seed: number;
	readonly hosts: readonly SimulatedHost[];
	/** The link of hosts that say nothing else; by default packets arrive at once and whole. */
	readonly link?: SimulatedLink;
	/** A narrow place that all probes pass on their way out. */
	readonly bottleneck?: Bottleneck;
	/** What our own interface can send, in packets per second; a million by default. */
	readonly interfaceRate?: number;
	/** Our addresses; 192.0.2.1 and 2001:db8::1 by default. */
	readonly sources?: {readonly ipv4?: string; readonly ipv6?: string};
}

/** One address. Probes to addresses without a host vanish. */
export interface SimulatedHost {
	/** As text, of either family. */
	readonly address: string;
	/** Behaviour by port ranges, as in `{'22,8000-8100': 'open'}`. Ranges must not overlap. */
	readonly ports?: {readonly [ranges: string]: PortBehaviour};
	/** Behaviour of the ports not listed; `closed` by default. A tarpit, or a proxy that takes every SYN, is `open`. */
	readonly otherPorts?: PortBehaviour;
	readonly link?: SimulatedLink;
	/** A narrow place on the way out to this host alone. */
	readonly bottleneck?: Bottleneck;
	/** RSTs that the host sends; the others are never sent. */
	readonly rstLimit?: PacketLimit;
	/** ICMP errors sent on behalf of the host. */
	readonly icmpLimit?: PacketLimit;
	/** SYNs that reach the host; the others are dropped without an answer. */
	readonly synLimit?: PacketLimit;
	/** TTL of its packets when they reach us; 64 by default. */
	readonly ttl?: number;
	/** The way to it. */
	readonly path?: SimulatedPath;
}

/** What a port does with a SYN. A split handshake is a lone SYN in answer. */
export type PortBehaviour = 'open' | 'closed' | 'silent' | 'split-handshake' | PortRejection;

/** An ICMP error, of the version that belongs to the family of the host. */
export interface PortRejection {
	readonly type: number;
	readonly code: number;
	/** Who sends it, as text; the host by default. */
	readonly from?: string;
}

/** How packets fare between us and a host. Chances are 0 to 1, for each packet on its own. */
export interface SimulatedLink {
	/** One way. */
	readonly delay?: Micros;
	/** Up to this much more, evenly spread; packets still keep their order. */
	readonly jitter?: Micros;
	/** Chance of a probe, and of an answer, to be lost. */
	readonly loss?: {readonly out?: number; readonly back?: number};
	/** Further loss, in runs of packets, each way by itself. */
	readonly bursts?: LossBursts;
	/** Chance of a packet to arrive twice. */
	readonly duplicate?: number;
	/** Chance of a packet to be held back for up to one more delay, so that others overtake it. */
	readonly reorder?: number;
}

/** Loss in bursts (the model of Gilbert, 1960): while one lasts, every packet is lost. */
export interface LossBursts {
	/** Chance of a packet to begin a burst. */
	readonly begin: number;
	/** Chance of a packet within a burst to be the last: bursts are `1 / end` packets long on average. */
	readonly end: number;
}

/** A queue in front of a slow line. What finds it full is dropped. */
export interface Bottleneck {
	readonly packetsPerSecond: number;
	/** Packets that wait, the one on the line included. */
	readonly queue: number;
}

/** A token bucket, full at first. */
export interface PacketLimit {
	readonly perSecond: number;
	/** Packets in a row before the limit shows; 1 by default. */
	readonly burst?: number;
}

export interface SimulatedPath {
	/** Time from the first `pathTo` until the status is known; none by default. */
	readonly resolvingFor?: Micros;
	/** Why no probe can be sent to it, if so. */
	readonly unreachable?: string;
	/** The host is one of our own addresses. */
	readonly local?: boolean;
	/** Link-layer address, for a host on the link. */
	readonly mac?: string;
}
