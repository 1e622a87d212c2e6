import {type AddressKey, type DiscoveryPlan, type Micros, micros, type Transport} from '@halfopen/model';
import type {TargetSet} from '@halfopen/targets';
import {GroupTiming, type TimingParameters} from '@halfopen/timing';
import {firstCanaryOf, firstDiscoveryOf} from '../attempts.ts';
import {DepartedProbes} from '../departed-probes.ts';
import {DecisionLog} from '../decision-log.ts';
import {EventBuffer} from '../event-buffer.ts';
import {DiscoveryState} from '../discovery/discovery-state.ts';
import {OwnLosses} from '../own-losses.ts';
import {SpeedMeter} from '../speed-meter.ts';
import {AnsweringHosts} from './answering-hosts.ts';
import {groupSize} from './group-size.ts';
import {HostQueue} from './host-queue.ts';
import {type HostReporter, hostReporter} from './host-report.ts';
import type {HostScan} from './host-scan.ts';
import {ProbeWindow} from './probe-window.ts';
import {ReadyQueue} from './ready-queue.ts';
import {WakeQueue} from './wake-queue.ts';

/** What to scan, and how. */
export interface ScanLoopOptions {
	readonly transport: Transport;
	readonly targets: TargetSet;
	/** How hosts are found, before their ports are scanned or instead of it; `WITHOUT_DISCOVERY` by default. */
	readonly discovery?: DiscoveryPlan;
	/** Many targets are asked in the order that this gives; without it, and when they are few, as they were named. */
	readonly targetSeed?: bigint;
	/** Ascending; empty when hosts are only found. */
	readonly ports: Uint16Array;
	/** The order in which the ports of a host are asked: indices into `ports`. */
	readonly order: Uint32Array;
	/** So many ports at the beginning of `order` were picked; the others are in random order. */
	readonly picked: number;
	readonly timing: TimingParameters;
	/** How long one host may take, from its first probe; what it told by then is reported. */
	readonly hostTimeout?: Micros;
	/** Hosts scanned side by side, at the least and at the most. */
	readonly minHostGroup?: number;
	readonly maxHostGroup?: number;
	/** Which ports have an event of their own; the report of a host has them all. */
	readonly portEvents: 'open' | 'all';
	/** Whether decisions are told. */
	readonly decisions: boolean;
	/** Asked once more about every address right before a probe to it is written. */
	readonly isExcluded?: (key: AddressKey) => boolean;
	/** Milliseconds since the epoch, of a time of the transport's clock. */
	readonly timeOfDay: (at: Micros) => number;
}

/** All that a running scan knows. The steps of the scan loop are functions over it, one in each file. */
export class ScanState {
	readonly options: ScanLoopOptions;
	readonly transport: Transport;
	readonly startedAt: Micros;
	readonly group: GroupTiming;
	readonly window: ProbeWindow = new ProbeWindow();
	readonly hosts: HostQueue;
	/** Finds the hosts. */
	readonly discovery: DiscoveryState;
	readonly answering: AnsweringHosts = new AnsweringHosts();
	readonly departed: DepartedProbes = new DepartedProbes();
	/** Hosts that may have a probe to send, asked in turn. */
	readonly ready: ReadyQueue<HostScan> = new ReadyQueue<HostScan>();
	/** When a probe of a host times out, or its delay ends. */
	readonly wakes: WakeQueue<HostScan> = new WakeQueue<HostScan>();
	readonly events: EventBuffer = new EventBuffer();
	readonly decisions: DecisionLog;
	readonly report: HostReporter;
	/** Errors of sends that the user was told of. */
	readonly errnosTold: Set<number> = new Set();
	probesSent = 0;
	portsDone = 0;
	/** Ports found open or closed so far. */
	portsHeard = 0;
	repliesRedundant = 0;
	/** Sums over the hosts that were reported. */
	expectedMissed = 0;
	portsScanned = 0;
	portsAnswered = 0;
	readonly speed: SpeedMeter = new SpeedMeter();
	readonly ownLosses: OwnLosses;
	/** Attempts from these on are canaries, and probes that look for hosts. */
	readonly firstCanary: number;
	readonly firstDiscovery: number;
	readonly #portIndex = new Int32Array(65_536).fill(-1);

	constructor(options: ScanLoopOptions) {
		const {transport, targets, ports, timing} = options;
		this.options = options;
		this.transport = transport;
		this.startedAt = transport.clock.now();
		this.hosts = new HostQueue(transport, targets.size, groupSize(options));
		this.decisions = new DecisionLog(options, this.events);
		this.group = new GroupTiming(timing, this.startedAt, (rate, because, at) =>
			this.decisions.onRate(undefined, rate, because, at),
		);
		this.discovery = new DiscoveryState(options, this.group, this.startedAt, (rate, because, at) =>
			this.decisions.onRate(undefined, rate, `discovery: ${because}`, at),
		);
		this.firstCanary = firstCanaryOf(timing);
		this.firstDiscovery = firstDiscoveryOf(timing);
		this.ownLosses = new OwnLosses(transport, this.group);
		this.report = hostReporter(options.timeOfDay);
		for (const [index, port] of ports.entries()) {
			this.#portIndex[port] = index;
		}
	}

	/** Place of a port in the results of a host; -1 when it is not scanned. */
	portIndex(port: number): number {
		return this.#portIndex[port];
	}

	/** The host is asked for its next probe, if it has one. */
	markReady(host: HostScan): void {
		if (!host.isReady && !host.isDone && host.hasProbe) {
			host.isReady = true;
			this.ready.push(host);
		}
	}

	/** The host is woken when its oldest probe on the way times out, or its own time is up. */
	scheduleTimeout(host: HostScan): void {
		const {head} = host.inFlight;
		const sentAt =
			head === -1 ? micros(Infinity) : (this.window.sentAt(head, this.window.attempt(head)) ?? 0);
		const wakeAt = Math.min(host.timing.overdueAt(micros(sentAt)), host.endsAt);
		if (wakeAt < Infinity) {
			this.wakes.schedule(host, micros(wakeAt));
		}
	}
}
