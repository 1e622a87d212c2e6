import type {Address} from '../address.ts';
import type {Decision} from './decision.ts';
import type {HostReport, PortResult} from './host-report.ts';
import type {TracedPacket} from '../packet-ring.ts';
import type {Reason} from '../port-state.ts';
import type {ScanPlan} from './scan-plan.ts';
import type {ScanSummary} from './scan-summary.ts';
import type {Micros} from '../time.ts';

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
