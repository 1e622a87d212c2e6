import type {Address} from '@halfopen/model';

/** What is known of this machine. What could not be read is absent. */
export interface Facts {
	readonly process: ProcessFacts;
	readonly packets: PacketFacts;
	readonly kernel: KernelFacts;
	readonly processor: ProcessorFacts;
	readonly interfaces: readonly InterfaceFacts[];
	/** The way to the target, or to the Internet. */
	readonly route: RouteFacts;
	/** Values of /proc/sys, by name as in sysctl(8). */
	readonly sysctl: Readonly<Record<SysctlName, string | undefined>>;
}

export interface ProcessFacts {
	readonly uid?: number;
	/** Effective capabilities, one bit each (capabilities(7)). */
	readonly capabilities?: bigint;
	/** The program that needs them. */
	readonly node: string;
	/** How many files may be open. */
	readonly openFiles?: number;
}

export interface PacketFacts {
	/** Why raw packets cannot be sent or captured, by code and message of the error; absent when they can. */
	readonly problem?: {readonly code: string; readonly message: string};
}

export interface KernelFacts {
	readonly platform: string;
	/** As in `6.1.0-18-amd64`. */
	readonly release: string;
	/** Whether the module nf_conntrack is loaded. */
	readonly tracksConnections: boolean;
	/** Whether a rule has it follow connections over the target's version of IP; absent when that cannot be told. */
	readonly rulesTrack?: boolean;
	readonly clockSource?: string;
}

export interface ProcessorFacts {
	/** Processors that this process may use. */
	readonly count: number;
	/** Share of them that a control group grants, in processors. */
	readonly quota?: number;
	/** As in `powersave`. */
	readonly governor?: string;
}

export interface InterfaceFacts {
	readonly name: string;
	readonly type: 'ethernet' | 'loopback' | 'point-to-point' | 'other';
	readonly isUp: boolean;
	readonly hasCarrier?: boolean;
	readonly mtu: number;
	/** Whether it has an address to send from that is good for more than its own link. */
	readonly hasAddress: boolean;
	/** Mbit/s. */
	readonly speed?: number;
	/** Queues that the driver has, for each direction. */
	readonly receiveQueues?: number;
	readonly sendQueues?: number;
	/** Descriptors of the receive and the send ring, and how many there may be (ethtool -g). */
	readonly rings?: Rings;
	/** Whether the card merges received packets (ethtool -k). */
	readonly largeReceiveOffload?: boolean;
	/** Packets that the interface dropped since it is there. */
	readonly receiveDrops?: number;
}

export interface Rings {
	readonly receive?: number;
	readonly receiveMost?: number;
	readonly send?: number;
	readonly sendMost?: number;
}

export interface RouteFacts {
	/** Absent when no target was named: then the route is that to the Internet. */
	readonly target?: Address;
	/** Why there is none. */
	readonly problem?: string;
	readonly device?: string;
	readonly gateway?: Address;
	/** The target is this machine. */
	readonly isLocal?: boolean;
	/** Whether the kernel knows the link-layer address of the next hop; absent where none is needed. */
	readonly isNeighbourKnown?: boolean;
}

/** What is read from /proc/sys. */
export const SYSCTL_NAMES = [
	'net.core.bpf_jit_enable',
	'net.core.rmem_max',
	'net.core.wmem_max',
	'net.ipv4.conf.all.rp_filter',
	'net.ipv4.ip_local_port_range',
	'net.ipv4.neigh.default.gc_thresh3',
	'net.netfilter.nf_conntrack_count',
	'net.netfilter.nf_conntrack_max',
	'user.max_user_namespaces',
	'kernel.unprivileged_userns_clone',
	'kernel.apparmor_restrict_unprivileged_userns',
] as const;

export type SysctlName = (typeof SYSCTL_NAMES)[number];
