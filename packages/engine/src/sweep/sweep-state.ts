import {type Micros, micros, SECOND, type Transport} from '@halfopen/model';
import type {ProbeOrder, ScanSpace} from '@halfopen/targets';
import {
	type Answer,
	expectedMissed,
	GroupTiming,
	HostTiming,
	type ProbeNote,
	triesNeeded,
} from '@halfopen/timing';
import {DecisionLog} from '../decision-log.ts';
import {EventBuffer} from '../event-buffer.ts';
import {OwnLosses} from '../own-losses.ts';
import {SpeedMeter} from '../speed-meter.ts';
import {DepartedProbes} from '../departed-probes.ts';
import {DueQueue} from '../due-queue.ts';
import {HostRate} from './host-rate.ts';
import {LeavingProbes} from './leaving-probes.ts';
import {NoteBook} from '../note-book.ts';
import {MOST_SPAN} from './plan-sweep.ts';
import {PositionQueue} from '../position-queue.ts';
import {PositionWindow} from './position-window.ts';
import {RecentResults} from './recent-results.ts';
import {ResultTable} from './result-table.ts';
import {SpreadCanaries} from '../spread-canaries.ts';
import type {SweepOptions} from './sweep-options.ts';
import {SweepPaths} from './sweep-paths.ts';
import type {SweepResults} from './sweep-results.ts';
import {sweepTiming} from './sweep-timing.ts';
import {TriesGiven, type TriesRun} from './tries-given.ts';

/** Where positions ended so far. */
export interface SweepCounts {
	open: number;
	closed: number;
	rejected: number;
	silent: number;
	unreachable: number;
}

/** How long late answers are waited for at the end, when there were any. */
const LINGER = SECOND;

/** All that a running sweep knows. Its steps are functions over it, one in each file. */
export class SweepState {
	readonly options: SweepOptions;
	readonly transport: Transport;
	readonly space: ScanSpace;
	readonly order: ProbeOrder;
	readonly startedAt: Micros;
	readonly group: GroupTiming;
	/** All addresses share one timing: in random order, what a few answer is what all answer. */
	readonly timing: HostTiming;
	readonly window: PositionWindow = new PositionWindow(MOST_SPAN);
	readonly notes: NoteBook = new NoteBook();
	readonly leaving: LeavingProbes;
	readonly departed: DepartedProbes = new DepartedProbes();
	/** Positions on their way, in the order in which they left. */
	readonly inFlight: PositionQueue = new PositionQueue();
	/** Positions to be sent as soon as may be. */
	readonly ready: PositionQueue = new PositionQueue();
	/** Positions to be sent at a certain time. */
	readonly deferred: DueQueue = new DueQueue();
	readonly canaries: SpreadCanaries = new SpreadCanaries();
	readonly paths: SweepPaths;
	readonly hostRate: HostRate | undefined;
	readonly table: ResultTable | undefined;
	readonly results: SweepResults;
	readonly tries: TriesGiven = new TriesGiven();
	readonly events: EventBuffer = new EventBuffer();
	readonly decisions: DecisionLog;
	readonly speed: SpeedMeter = new SpeedMeter();
	readonly ownLosses: OwnLosses;
	readonly counts: SweepCounts = {open: 0, closed: 0, rejected: 0, silent: 0, unreachable: 0};
	/** Errors of sends that the user was told of. */
	readonly errnosTold: Set<number> = new Set();
	/** The end of the positions that are being opened. */
	end: number;
	/** Set once every position had its tries: positions of which the silent ones are asked again. */
	again: TriesRun | undefined;
	isDone = false;
	/** When the last probe left, and the longest that an answer took. */
	lastSentAt: number = -Infinity;
	longestRtt = 0;
	/** Some answers came after the last try of their port had its time. */
	hasLateAnswers = false;
	probesSent = 0;
	repliesRedundant = 0;

	constructor(options: SweepOptions) {
		const {transport, space, order, maxHostRate} = options;
		const {parameters, mostPerHost} = sweepTiming(options.timing, maxHostRate);
		this.options = options;
		this.transport = transport;
		this.space = space;
		this.order = order;
		this.startedAt = transport.clock.now();
		this.end = order.size;
		this.paths = new SweepPaths(transport);
		this.hostRate = mostPerHost === Infinity ? undefined : new HostRate(mostPerHost);
		this.table = options.results === 'table' ? new ResultTable(space.size) : undefined;
		this.results = this.table ?? new RecentResults();
		this.decisions = new DecisionLog(options, this.events);
		this.group = new GroupTiming(parameters, this.startedAt, (rate, because, at) =>
			this.decisions.onRate(undefined, rate, because, at),
		);
		this.timing = new HostTiming(
			this.group,
			order.size,
			0,
			this.startedAt,
			(rate, because, at) => this.decisions.onRate(undefined, rate, because, at),
			'sweep',
		);
		this.leaving = new LeavingProbes(this.timing, this.notes);
		this.ownLosses = new OwnLosses(transport, this.group);
	}

	/** Attempts from this one on are canaries. */
	get firstCanary(): number {
		return this.options.timing.maxRetries + 1;
	}

	/** Positions that ended, whichever way. */
	get settled(): number {
		const {open, closed, rejected, silent, unreachable} = this.counts;
		return open + closed + rejected + silent + unreachable;
	}

	/** Positions that answered themselves. */
	get answered(): number {
		return this.counts.open + this.counts.closed;
	}

	/** Tries that silence takes, as far as is known now: for as many answers as the whole sweep will have had. */
	get triesNeeded(): number {
		const {size} = this.order;
		const {group, answered, settled} = this;
		const atTheEnd = settled === 0 ? 0 : (answered * size) / settled;
		const evidence = {ports: size, answered: atTheEnd, loss: group.loss.value};
		return triesNeeded(evidence, group.parameters);
	}

	/** Positions that are expected to be answering ones of which every try was lost. */
	get expectedMissed(): number {
		const {runs} = this.tries;
		const length = runs.reduce((sum, {from, to}) => sum + to - from, 0);
		const {answered, group, counts} = this;
		const missed = runs.reduce(
			(sum, {from, to, least}) =>
				sum + ((to - from) / length) * expectedMissed({answered, doubt: group.loss.value ** least}),
			0,
		);
		return Math.min(missed, counts.silent);
	}

	/** Until then answers may come that were given up, though nothing is waited for. */
	get lingersUntil(): Micros {
		return micros(this.lastSentAt + Math.max(this.longestRtt, this.hasLateAnswers ? LINGER : 0));
	}

	/** What came of a probe, as the timing sees it; `note` is that of its latest try, if that was answered. */
	learn(answer: Answer, note: ProbeNote | undefined): void {
		const {sentAt, receivedAt} = answer;
		if (!this.group.standstill.isWithin(sentAt, receivedAt)) {
			this.longestRtt = Math.max(this.longestRtt, receivedAt - sentAt);
		}

		this.timing.learn(answer, note);
	}

	/** A probe is no longer in the ring; with an `errno` other than 0 it did not leave. */
	countTaken(errno: number): void {
		this.probesSent += errno === 0 ? 1 : 0;
	}

	/** When the oldest probe on its way is overdue; `Infinity` when none is waited for. */
	nextTimeout(now: Micros): Micros {
		const {inFlight, window, timing, canaries} = this;
		const position = inFlight.length === 0 ? -1 : window.positionOf(inFlight.first);
		const sentAt =
			inFlight.length === 0
				? Infinity
				: position === -1
					? now // Answered and left behind: to be taken out
					: (window.sentAt(position, window.attempt(position), now) ?? now);
		return timing.overdueAt(micros(Math.min(sentAt, canaries.oldestSentAt)));
	}
}
