import type {ProbeKind} from '../probe-ring.ts';
import type {Micros} from '../time.ts';

/** What a scan is going to do, known once names are resolved and the transport is open. */
export interface ScanPlan {
	/** Half-open with raw packets, or by connect(). */
	readonly scanType: 'syn' | 'connect';
	readonly hostsTotal: number;
	/** Ports of each host, ascending. */
	readonly ports: Uint16Array;
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
	/** The same moment on the clock of packets and decisions. */
	readonly startedAtClock: Micros;
	/** How hosts are found. */
	readonly discovery: DiscoveryPlan;
	/** Every target is on a link: hosts are found by ARP, or by neighbour discovery (ND), and by nothing else. */
	readonly onlyBy?: 'ARP' | 'ND';
	/** Present when all pairs of address and port are asked in one random order. */
	readonly sweep?: SweepPlan;
}

/** One way to ask whether a host is up. */
export interface DiscoveryProbe {
	readonly kind: ProbeKind;
	/** Of TCP or UDP, or the number of an IP protocol; 0 for the others. */
	readonly port: number;
}

/** How hosts are found before their ports are scanned, or instead of it. */
export interface DiscoveryPlan {
	/** Sent to every target that is not asked by ARP or neighbour discovery. When there are none, those targets are up. */
	readonly probes: readonly DiscoveryProbe[];
	/** Whether targets on a link are asked by ARP or neighbour discovery, and by nothing else. */
	readonly neighbours: boolean;
	/** Whether a RST is taken for no sign of a host: firewalls send them in the name of hosts that do not exist. */
	readonly ignoreResets: boolean;
	/** No ports are scanned. */
	readonly only: boolean;
}

/** Every target is scanned, but for those on a link that do not answer ARP or neighbour discovery. */
export const WITHOUT_DISCOVERY: DiscoveryPlan = {
	probes: [],
	neighbours: true,
	ignoreResets: false,
	only: false,
};

/** How a sweep is going to be done. */
export interface SweepPlan {
	/** Pairs of address and port in the order, or in this shard of it. */
	readonly positions: number;
	/** States kept for a report of every host, or told once and forgotten. */
	readonly results: 'table' | 'stream';
	/** Why, for the user. */
	readonly because: string;
	/** Memory for the states, in bytes. */
	readonly resultBytes: number;
	/** Memory for what is on its way at the most, whatever the rate. */
	readonly mostWindowBytes: number;
}
