import {type Micros, micros} from '../time.ts';

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
	/** Probes that left. */
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
