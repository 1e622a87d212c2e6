import {
	type Address,
	type DiscoveryPlan,
	type DiscoveryProbe,
	type DiscoveryTotals,
	type Micros,
	micros,
	PROBE_KIND,
	type Reason,
	WITHOUT_DISCOVERY,
} from '@halfopen/model';
import type {TargetSet} from '@halfopen/targets';
import {
	DiscoveryTiming,
	type DiscoveryWay,
	type GroupTiming,
	type RateListener,
	type TryHistory,
} from '@halfopen/timing';
import {DueQueue} from '../due-queue.ts';
import {NoteBook} from '../note-book.ts';
import type {ScanLoopOptions} from '../by-host/scan-state.ts';
import {DiscoveryCanaries} from './discovery-canaries.ts';
import {DiscoveryPaths} from './discovery-paths.ts';
import {PlacesToAsk} from './places-to-ask.ts';
import {RunQueue} from './run-queue.ts';
import {SampleProbe} from './sample-probe.ts';
import {Sequels} from './sequels.ts';
import {SilentTargets} from './silent-targets.ts';
import {TargetOrder} from './target-order.ts';
import {TargetWindow} from './target-window.ts';
import {TimedQueue} from './timed-queue.ts';

/** What was seen of a host that is up, while probes to it are leaving or its path is missing. */
export interface Sign {
	readonly reason: Reason;
	readonly ttl: number;
	readonly mac?: string;
	/** Absent when it was not asked. */
	readonly answer?: {
		readonly probe: number;
		readonly attempt: number;
		readonly receivedAt: Micros;
		readonly isTelling: boolean;
		/** It does not say which try it answers, and is taken to be a late one: tries before it need not be lost. */
		readonly isLate: boolean;
	};
	readonly rtt?: Micros;
}

/** Why a target is down. */
export interface DownVerdict {
	readonly reason: Reason;
	readonly ttl: number;
	readonly problem?: string;
}

/** What a router said of a host. */
export interface Hint {
	readonly reason: Reason;
	readonly ttl: number;
	/** The try that it answered, and how long that took. */
	readonly attempt: number;
	readonly took: Micros;
}

/** Targets by what waits for them, each with the time from which they wait. */
interface Waits {
	/** Asked, until they are asked again. */
	readonly retry: TimedQueue;
	/** Asked for the last time, until they are called down. */
	readonly verdict: TimedQueue;
	/** Probes on their way. */
	readonly flight: TimedQueue;
}

/** All that is known of finding hosts. Its steps are functions over it and the scan, one in each file. */
export class DiscoveryState {
	readonly plan: DiscoveryPlan;
	readonly targets: TargetSet;
	readonly order: TargetOrder;
	/** Targets that are still to be begun with. */
	readonly places: PlacesToAsk;
	readonly timing: DiscoveryTiming;
	readonly paths: DiscoveryPaths;
	readonly window: TargetWindow;
	readonly notes: NoteBook = new NoteBook();
	readonly sample: SampleProbe;
	readonly canaries: DiscoveryCanaries = new DiscoveryCanaries();
	/** Targets with probes to be written, in turn; and those whose turn is at a certain time. */
	readonly ready: TimedQueue = new TimedQueue();
	readonly deferred: DueQueue = new DueQueue();
	readonly waits: Readonly<Record<DiscoveryWay, Waits>> = {path: newWaits(), link: newWaits()};
	/** Targets that a router called unreachable, until that is believed; and what it said. */
	readonly graces: DueQueue = new DueQueue();
	readonly hints: Map<number, Hint> = new Map();
	/** Targets whose path is being looked for. */
	readonly parked: Set<number> = new Set();
	/** What was seen of targets that are up and not handed over yet. */
	readonly signs: Map<number, Sign> = new Map();
	/** Why targets are down that are not reported yet: probes to them are leaving. */
	readonly verdicts: Map<number, DownVerdict> = new Map();
	readonly sequels: Sequels;
	/** Targets that stayed silent: not judged yet, and to be reported. */
	readonly silent: SilentTargets = new SilentTargets();
	readonly proven: RunQueue = new RunQueue();
	/** Those that left. */
	probesSent = 0;
	hostsAsked = 0;
	hostsFound = 0;
	/** Hosts that were called down because they were silent, by the tries that they had. */
	readonly #down: Map<TryHistory, number> = new Map();
	readonly #probes: Readonly<Record<DiscoveryWay, readonly DiscoveryProbe[]>>;

	constructor(options: ScanLoopOptions, group: GroupTiming, now: Micros, onRateChange: RateListener) {
		const {transport, targets, discovery = WITHOUT_DISCOVERY, targetSeed} = options;
		this.plan = discovery;
		this.targets = targets;
		this.#probes = {path: discovery.probes, link: NEIGHBOUR_PROBES};
		this.order = new TargetOrder(targets.size, discovery.probes.length > 0 ? targetSeed : undefined);
		this.places = new PlacesToAsk(targets.size);
		this.paths = new DiscoveryPaths(transport, {byLink: discovery.neighbours || asksNobody(discovery)});
		this.sample = new SampleProbe(discovery.probes.length);
		this.window = new TargetWindow(Math.max(1, discovery.probes.length));
		this.timing = new DiscoveryTiming(group, targets.size, discovery.probes.length, now, onRateChange);
		this.sequels = new Sequels(this.timing);
	}

	/** The probes of a try. */
	probesOf(way: DiscoveryWay): readonly DiscoveryProbe[] {
		return this.#probes[way];
	}

	/** The target at a place in the order in which they are asked. */
	addressAt(place: number): Address {
		return this.targets.at(this.order.at(place));
	}

	/** A host was called down because it was silent. */
	countSilent(history: TryHistory): void {
		this.#down.set(history, (this.#down.get(history) ?? 0) + 1);
	}

	/** Hosts that are expected to be among them though they are up, by all that is known of loss now. */
	get #expectedMissed(): number {
		let [hosts, doubts] = [0, 0];
		for (const [{doubt}, count] of this.#down) {
			hosts += count;
			doubts += count * doubt;
		}

		return hosts === 0 ? 0 : Math.min(this.timing.silence.expectedMissed(doubts / hosts), hosts);
	}

	/** `undefined` when nobody was asked. */
	get totals(): DiscoveryTotals | undefined {
		const {hostsAsked, hostsFound, probesSent, timing, window} = this;
		return hostsAsked === 0
			? undefined
			: {
					hostsAsked,
					hostsFound,
					probesSent,
					...(timing.measuredLoss !== undefined && {loss: timing.measuredLoss}),
					expectedMissed: this.#expectedMissed,
					widestWindow: window.widest,
					windowBytes: window.bytes,
				};
	}

	/** Probes are on their way, or their targets wait to be judged. */
	isAsking(way: DiscoveryWay): boolean {
		const {retry, verdict, flight} = this.waits[way];
		return retry.length + verdict.length + flight.length > 0;
	}

	/** When something is overdue; `Infinity` when nothing is waited for, as in most of a scan. */
	get nextTimeout(): Micros {
		const {graces, canaries} = this;
		const {patience} = this.timing;
		let next: number = graces.nextAt;
		for (const way of WAYS) {
			next = this.isAsking(way) ? Math.min(next, this.#nextTimeoutOf(way)) : next;
		}

		const {oldestSentAt} = canaries;
		return micros(
			oldestSentAt === Infinity
				? next
				: Math.min(next, patience.waitedSince(oldestSentAt) + patience.canaryTimeout),
		);
	}

	#nextTimeoutOf(way: DiscoveryWay): number {
		const {retry, verdict, flight} = this.waits[way];
		const {patience} = this.timing;
		return Math.min(
			patience.waitedSince(retry.firstAt) + patience.retryAfter(way),
			patience.waitedSince(verdict.firstAt) + patience.verdictAfter(way),
			patience.waitedSince(flight.firstAt) + patience.verdictAfter(way),
		);
	}
}

/** Then nobody's path is needed either, and the kernel does not look for neighbours. */
const asksNobody = ({only, probes}: DiscoveryPlan): boolean => only && probes.length === 0;

export const WAYS: readonly DiscoveryWay[] = ['path', 'link'];

const NEIGHBOUR_PROBES: readonly DiscoveryProbe[] = [{kind: PROBE_KIND.neighbour, port: 0}];

const newWaits = (): Waits => ({
	retry: new TimedQueue(),
	verdict: new TimedQueue(),
	flight: new TimedQueue(),
});
