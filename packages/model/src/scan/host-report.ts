import type {Address} from '../address.ts';
import type {PortState, Reason} from '../port-state.ts';
import type {Micros} from '../time.ts';

/** What is known of one port. */
export interface PortResult {
	readonly port: number;
	readonly state: PortState;
	readonly reason: Reason;
	/** TTL or hop limit of the packet that decided the state; 0 when none did. */
	readonly ttl: number;
	/** Sender of the ICMP error that decided the state, when that was not the target itself. */
	readonly sender?: Address;
}

/** The ports of a host in ascending order. `length` results; reading one allocates it. */
export interface PortTable extends Iterable<PortResult> {
	readonly length: number;
	/** The result at this place, from 0 on. */
	at(index: number): PortResult;
	/** The place after the last of the ports from this one on that have its state and reason. Allocates nothing. */
	endOfRun(index: number): number;
	/** Ports in this state. */
	count(state: PortState): number;
}

/** What the timing knew of a host at the end of its scan. */
export interface HostTimes {
	/** Of round trips: their smoothed length and its variation (RFC 6298 §2). */
	readonly smoothed: Micros;
	readonly variance: Micros;
	/** How long a probe was waited for. */
	readonly timeout: Micros;
}

/** A finished host. */
export interface HostReport {
	readonly address: Address;
	/** The name it was asked for by, when the target was a name. */
	readonly name?: string;
	/** Its name from reverse DNS, when one was looked up and found. */
	readonly reverseName?: string;
	/** Further addresses of the name, which were not scanned. */
	readonly otherAddresses?: readonly Address[];
	/** `unknown` when it was not asked. */
	readonly status: 'up' | 'down' | 'unknown';
	/** What says so. */
	readonly reason: Reason;
	/** TTL or hop limit of the packet that says so; 0 when none does. */
	readonly ttl: number;
	/** Link-layer address, for hosts on the link: six pairs of lower-case hexadecimal digits. */
	readonly mac?: string;
	/** Why it could not be asked, when it could not: no route, or no answer to ARP. */
	readonly problem?: string;
	/** Its time was up before all of its ports had their state; those that had none are `unknown`. */
	readonly isIncomplete?: true;
	/** Share of tries that were lost on the way, there or back; absent when nothing answered. */
	readonly loss?: number;
	/** Silent ports that are expected to be answering ones of which every try was lost. */
	readonly expectedMissed?: number;
	/** Absent when nothing answered. */
	readonly times?: HostTimes;
	/** When it was asked first, and when it was done, in milliseconds since the epoch. */
	readonly startedAt: number;
	readonly endedAt: number;
	readonly ports: PortTable;
	/** Probes that left for the host, tries included; absent where they are not counted by host, as in a sweep. */
	readonly probesSent?: number;
	/** Those of them that asked whether it is up; absent when none did. */
	readonly discoveryProbes?: number;
}
