import {type Micros, micros} from '../time.ts';

/** The end of a scan. */
export interface ScanSummary {
	/**
	 * Hosts that are up, and those that are not or that no path leads to. Of a sweep that is a shard, or ended early: those of
	 * which something was asked. Without reports of hosts that is how many are expected among the ports that were asked.
	 */
	readonly hostsUp: number;
	readonly hostsDown: number;
	/** Hosts among the targets, asked or not. */
	readonly hostsTotal: number;
	readonly elapsed: Micros;
	/** Probes that left: those of the hosts, and those that looked for hosts on a whole link or tried the way to others. */
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
