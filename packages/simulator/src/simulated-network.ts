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
	/** Prefixes on our own link, as in `10.0.0.0/22`: who is there answers ARP or neighbour discovery. */
	readonly neighbours?: readonly string[];
	/** The last router before the hosts that are not on our link. Without it, probes to nobody vanish. */
	readonly router?: SimulatedRouter;
}

/** What speaks in the place of hosts that do not exist. */
export interface SimulatedRouter {
	/** Who says that a host is unreachable, by an ICMP error; nobody by default. */
	readonly address?: string;
	/** How long it looks for a host before it says so; not at all by default. */
	readonly givesUpAfter?: Micros;
	/** What it says; the rest is dropped. */
	readonly limit?: PacketLimit;
	/** It is a firewall that answers TCP by a RST in the name of any address, and nothing else. */
	readonly resets?: boolean;
	/** TTL of its packets when they reach us; 64 by default. */
	readonly ttl?: number;
}

/** One address. Probes to addresses without a host vanish, unless there is a router that says so. */
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
	/** What it does with probes that ask whether it is up; a SYN is for its port. */
	readonly pings?: SimulatedPings;
	/** The way to it. */
	readonly path?: SimulatedPath;
}

/** What a host does with each kind of probe, by default what Linux does. */
export interface SimulatedPings {
	/** ICMP echo, and packets of the protocols 1 and 58; answered by default. */
	readonly echo?: PingBehaviour;
	/** Answered by default, over IPv4. */
	readonly timestamp?: PingBehaviour;
	/** Silent by default. */
	readonly addressMask?: PingBehaviour;
	/** TCP ACK, and packets of protocol 6. By default a RST, but from a port that answers no SYN what a SYN has. */
	readonly ack?: PingBehaviour;
	/** UDP, and packets of protocol 17; port unreachable by default. */
	readonly udp?: PingBehaviour;
	/** Packets of other IP protocols; an error says that the protocol is unreachable by default. */
	readonly protocol?: PingBehaviour;
	/** ARP and neighbour solicitations; answered by default. */
	readonly neighbour?: PingBehaviour;
}

/** An answer of the kind that was asked for, none, or an ICMP error instead. */
export type PingBehaviour = 'answer' | 'silent' | PortRejection;

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
	/** Link-layer address, for a host on the link; one made of its address where it is among the neighbours. */
	readonly mac?: string;
}
