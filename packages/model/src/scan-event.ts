import type {Address} from './address.ts';
import type {TracedPacket} from './packet-ring.ts';
import type {PortState, Reason} from './port-state.ts';
import type {ProbeKind} from './probe-ring.ts';
import {type Micros, micros} from './time.ts';

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
	at(index: number): PortResult;
	/** Ports in this state. */
	count(state: PortState): number;
}

/** What the timing knew of a host at the end of its scan. */
export interface HostTimes {
	readonly smoothed: Micros;
	readonly variance: Micros;
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
	readonly reason: Reason;
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
	/** Milliseconds since the epoch. */
	readonly startedAt: number;
	readonly endedAt: number;
	readonly ports: PortTable;
	/** Probes sent to the host, tries included; absent where they are not counted by host, as in a sweep. */
	readonly probesSent?: number;
	/** Those of them that asked whether it is up; absent when none did. */
	readonly discoveryProbes?: number;
}

/** What a decision of the engine was about; for `-d`, `--explain` and tests. */
export type Decision = {
	readonly at: Micros;
	readonly address: Address;
	readonly port: number;
	readonly attempt: number;
} & (
	| {readonly what: 'probe-sent'}
	| {readonly what: 'probe-failed'; readonly errno: number}
	| {readonly what: 'probe-timed-out'; readonly timeout: Micros}
	| {readonly what: 'retransmission-queued'}
	| {readonly what: 'tries-exhausted'}
	| {
			readonly what: 'reply-matched';
			readonly rtt: Micros | undefined;
			readonly state: PortState;
			readonly reason: Reason;
	  }
	| {readonly what: 'reply-ignored'; readonly because: string}
	| {
			readonly what: 'state-set';
			readonly state: PortState;
			readonly reason: Reason;
			readonly previous: PortState;
	  }
	/** A probe was sent to find out whether the host is up; `port` is that of the probe. */
	| {readonly what: 'host-asked'; readonly probe: ProbeKind}
	/** An answer to such a probe, and what it says. A router that says `unreachable` may be wrong, and shortens the wait. */
	| {
			readonly what: 'host-answered';
			readonly rtt: Micros | undefined;
			readonly reason: Reason;
			readonly says: 'up' | 'down' | 'unreachable';
	  }
	/** No answer to a try, which is all probes of the plan, for so long; the host is asked again. */
	| {readonly what: 'host-silent'; readonly waited: Micros}
	/** The host is up or down. Of one that is down, after how many tries. */
	| {
			readonly what: 'host-decided';
			readonly status: 'up' | 'down';
			readonly reason: Reason;
			readonly tries: number;
	  }
);

/** Whether a decision is about a host, and whether it is up, rather than about one of its ports. */
export const isAboutHost = ({what}: Pick<Decision, 'what'>): boolean => what.startsWith('host-');

/** Where a scan stands. */
export interface Progress {
	/** Since the scan began. */
	readonly elapsed: Micros;
	readonly hostsDone: number;
	readonly hostsUp: number;
	/** Hosts being scanned now. */
	readonly hostsActive: number;
	readonly hostsTotal: number;
	/** Ports with a verdict, and all ports of all hosts. */
	readonly portsDone: number;
	readonly portsTotal: number;
	readonly probesSent: number;
	/** Probes per second, on average since the scan began. */
	readonly rate: number;
	/** Probes per second over the last second or so. This and what follows is absent before the scan began. */
	readonly rateNow?: number;
	/** Ports that answered. */
	readonly portsAnswered?: number;
	/** Share of tries lost on the way; absent when nothing answered. */
	readonly loss?: number;
	/** How long the rest takes at the speed of late; absent while that cannot be told. */
	readonly timeLeft?: Micros;
	/** Hosts that were asked whether they are up, and those that answered so; absent where none is asked. */
	readonly hostsAsked?: number;
	readonly hostsFound?: number;
}

/** The end of a scan. */
export interface ScanSummary {
	readonly hostsUp: number;
	readonly hostsDown: number;
	readonly hostsTotal: number;
	readonly elapsed: Micros;
	readonly probesSent: number;
	readonly probesSentBytes: number;
	readonly repliesReceived: number;
	readonly repliesReceivedBytes: number;
	/** Share of tries lost on the way, over all hosts; absent when nothing answered. */
	readonly loss?: number;
	/** Silent ports that are expected to be answering ones of which every try was lost. */
	readonly expectedMissed: number;
	/** Ports of all hosts that were reported, and how many of them answered. */
	readonly portsScanned: number;
	readonly portsAnswered: number;
	/** Valid replies that changed nothing: second answers, and those to probes of hosts already reported. */
	readonly repliesRedundant: number;
	/** What was received and was no reply, by reason; see `TransportCounters`. */
	readonly rejected: Readonly<
		Record<'malformed' | 'unsolicited' | 'wrongCookie' | 'wrongQuote' | 'shortQuote', number>
	>;
	/** Losses on our own side: replies and packets that were dropped before they were looked at. */
	readonly lost: Readonly<Record<'repliesLost' | 'kernelDrops' | 'interfaceDrops' | 'sendErrors', number>>;
	/** Packets missing from the trace because it was not taken fast enough; absent when there are none. */
	readonly traceLost?: number;
	/** How hosts were found; absent where none was asked. */
	readonly discovery?: DiscoveryTotals;
	/** Where every probe of a sweep ended. */
	readonly sweep?: SweepTotals;
}

/** The account of asking hosts whether they are up. */
export interface DiscoveryTotals {
	/** Hosts that were asked, and those that answered so. */
	readonly hostsAsked: number;
	readonly hostsFound: number;
	readonly probesSent: number;
	/** Share of tries lost on the way, a try being all probes of the plan; absent when nothing answered. */
	readonly loss?: number;
	/** Hosts called down that are expected to be up. */
	readonly expectedMissed: number;
	/** Hosts that were asked at the same time, at the most, and the memory for them in bytes. */
	readonly widestWindow: number;
	readonly windowBytes: number;
}

/** The account of a sweep: every position of its order ended as exactly one of these. */
export interface SweepTotals {
	/** The sum of the others but the last two. */
	readonly positions: number;
	readonly open: number;
	readonly closed: number;
	/** Filtered: rejected by an ICMP error, or silent after all tries. */
	readonly rejected: number;
	readonly silent: number;
	/** Not asked: no path leads to the address. */
	readonly unreachable: number;
	/** Not asked, or asked and not waited for: the scan was ended early. */
	readonly unfinished: number;
	/** Positions from the oldest unfinished to the newest asked, at the most, and the memory for them. */
	readonly widestWindow: number;
	readonly windowBytes: number;
}

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

/** Where a scan stands before it began. */
export const NOT_BEGUN: Progress = {
	elapsed: micros(0),
	hostsDone: 0,
	hostsUp: 0,
	hostsActive: 0,
	hostsTotal: 0,
	portsDone: 0,
	portsTotal: 0,
	probesSent: 0,
	rate: 0,
};

/** The end of a scan that sent nothing. */
export const NOTHING_SENT: ScanSummary = {
	hostsUp: 0,
	hostsDown: 0,
	hostsTotal: 0,
	elapsed: micros(0),
	probesSent: 0,
	probesSentBytes: 0,
	repliesReceived: 0,
	repliesReceivedBytes: 0,
	expectedMissed: 0,
	portsScanned: 0,
	portsAnswered: 0,
	repliesRedundant: 0,
	rejected: {malformed: 0, unsolicited: 0, wrongCookie: 0, wrongQuote: 0, shortQuote: 0},
	lost: {repliesLost: 0, kernelDrops: 0, interfaceDrops: 0, sendErrors: 0},
};

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
	/** Present when all pairs of address and port are asked in one random order. */
	readonly sweep?: SweepPlan;
}

/** What a scan says while it runs, in the order in which things happen. */
export type ScanEvent =
	/** Targets and ports are known; nothing was sent yet. Warnings about targets come before. */
	| {readonly type: 'started'; readonly plan: ScanPlan}
	/** A host is up. Its report follows, when its ports are scanned. Not told of hosts that were not asked. */
	| {
			readonly type: 'host-found';
			readonly address: Address;
			readonly reason: Reason;
			readonly ttl: number;
			readonly mac?: string;
	  }
	/** A host is being scanned from now on. */
	| {readonly type: 'host-started'; readonly address: Address}
	/** A port has its state, or a late answer changed it. */
	| {readonly type: 'port'; readonly address: Address; readonly result: PortResult; readonly late: boolean}
	/** A host is done. */
	| {readonly type: 'host'; readonly report: HostReport}
	/** A packet that was sent or received; only when the scan traces packets. */
	| {readonly type: 'packet'; readonly packet: TracedPacket}
	/** What the engine decided; only when the scan tells its decisions. */
	| {readonly type: 'decision'; readonly decision: Decision}
	/** The rate of probes, to one host or to all, is another one; only when the scan tells its decisions. */
	| {
			readonly type: 'rate';
			readonly at: Micros;
			/** Absent for the rate of all hosts together. */
			readonly address?: Address;
			/** Probes per second. */
			readonly rate: number;
			readonly because: string;
	  }
	/** The memory for outstanding probes of a sweep, at first and when it grew; only when the scan tells its decisions. */
	| {
			readonly type: 'window';
			readonly at: Micros;
			/** Positions that have room in it, and the memory for them. */
			readonly positions: number;
			readonly bytes: number;
			/** It never takes more, whatever the rate. */
			readonly mostBytes: number;
			/** What it follows from: rate in probes per second, timeout, and tries of a silent port. */
			readonly rate: number;
			readonly timeout: Micros;
			readonly tries: number;
	  }
	/** Something that the user should know and that ends nothing. */
	| {readonly type: 'warning'; readonly message: string}
	/** The last event. */
	| {readonly type: 'end'; readonly summary: ScanSummary};
