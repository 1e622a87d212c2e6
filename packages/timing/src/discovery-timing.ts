import {type Micros, micros, SECOND} from '@halfopen/model';
import {CanarySpacing} from './canary-spacing.ts';
import type {DiscoveryAnswer, DiscoveryWay} from './discovery-answer.ts';
import {DiscoveryChances} from './discovery-chances.ts';
import {DiscoveryLoss} from './discovery-loss.ts';
import {DiscoveryPatience} from './discovery-patience.ts';
import {DiscoverySilence} from './discovery-silence.ts';
import type {GroupTiming, RateListener} from './group-timing.ts';
import type {ProbeNote} from './host-timing.ts';
import type {LossSpan} from './loss-span.ts';
import {INITIAL_BURST, LOOK_AHEAD, Pace} from './pace.ts';
import {PathModel} from './path-model.ts';
import type {PathObserver} from './path-observer.ts';
import {ENDS_SPAN} from './rate-change.ts';
import type {ProbeKind} from './round.ts';
import {unboundedTimeout} from './rtt.ts';
import type {TryHistory} from './try-history.ts';

/** Hosts that are asked at once at first, as far as the rate is concerned: a probe rarely meets the same one. */
const INITIAL_HOSTS = 8;

/** Every host on a link hears each probe: no more than this per second. */
const LINK_RATE = 10_000;

/** Probes in flight, as a multiple of what the rate puts there within the timeout. */
const FLIGHT_GAIN = 2;
const LEAST_FLIGHT = 128;

/**
 * The timing of asking many hosts whether they are up: when the next probe may leave, how long answers are waited for, how
 * many tries a host gets. The rate is that of one more path model beside those of the hosts that are scanned: what
 * finding hosts overruns, as a router that looks for them, scans may not.
 */
export class DiscoveryTiming {
	readonly patience: DiscoveryPatience;
	readonly silence: DiscoverySilence;
	readonly #group: GroupTiming;
	readonly #path: PathModel;
	readonly #pace: Pace;
	readonly #linkPace: Pace;
	readonly #chances: DiscoveryChances;
	readonly #loss: DiscoveryLoss;
	readonly #canaries = new CanarySpacing();
	#inFlight = 0;

	/** `hosts` is the number of those that are going to be asked, `probes` that of a try along a path. */
	constructor(
		group: GroupTiming,
		hosts: number,
		probes: number,
		now: Micros,
		onRateChange: RateListener = () => {},
	) {
		const {initialRate, blindRate} = group.parameters;
		const {maxRate} = group;
		this.#group = group;
		this.patience = new DiscoveryPatience(group);
		this.#chances = new DiscoveryChances(
			() => this.#loss.standard,
			() => group.loss.outcome,
		);
		this.#loss = new DiscoveryLoss(
			probes,
			() => group.loss.outcome,
			counts => this.#chances.expectationOf(counts),
		);
		this.silence = new DiscoverySilence(this.#loss, group.parameters, hosts);
		group.expectLossOf(() => this.#loss.packets);
		this.#linkPace = new Pace(now, 0);
		this.#pace = new Pace(now, maxRate === Infinity ? INITIAL_BURST * INITIAL_HOSTS : 0);
		this.#path = new PathModel(
			{
				initialRate: Math.min(initialRate * INITIAL_HOSTS, maxRate),
				blindRate: Math.min(blindRate * INITIAL_HOSTS, maxRate),
				leastRate: Math.min(initialRate, maxRate),
				ceiling: group,
			},
			this.#observer(onRateChange),
			now,
		);
	}

	/** Probes per second. */
	get rate(): number {
		return this.#path.rate;
	}

	/** Share of tries that were lost; `undefined` when nothing answered. */
	get measuredLoss(): number | undefined {
		return this.#loss.measured;
	}

	/** When the next probe may leave; see `GroupTiming.nextSendAt`, which counts as well. */
	nextSendAt(way: DiscoveryWay): Micros {
		const nextAt = way === 'link' ? Math.max(this.#pace.nextAt, this.#linkPace.nextAt) : this.#pace.nextAt;
		return micros(nextAt - LOOK_AHEAD);
	}

	/** Nothing tells whether the way is open: a host that is known to answer should be asked, unless it must be spared. */
	get wantsCanary(): boolean {
		return this.#canaries.isDue && this.patience.gap === 0;
	}

	/** No canary may be asked now: it is not looked for again before some more probes. */
	onNoCanary(): void {
		this.#canaries.onNone(this.#path.rate);
	}

	/** How many probes may leave one after the other now, before anything else happens. */
	roomAt(now: Micros, way: DiscoveryWay): number {
		this.#path.update(now);
		const {floor, inFlight, parameters} = this.#group;
		const until = micros(now + LOOK_AHEAD);
		const dueOnLink = way === 'link' ? this.#linkPace.dueUntil(until, now, LINK_RATE) : Infinity;
		const due = Math.min(this.#pace.dueUntil(until, now, this.#path.rate), dueOnLink);
		const own = Math.min(due, Math.ceil(this.#mostInFlight - this.#inFlight));
		return Math.min(
			this.#group.roomAt(now),
			Math.max(floor.owedAt(now), parameters.minParallelism - inFlight, own),
		);
	}

	/** The tries of a host with the one that begins now. */
	beginTry(way: DiscoveryWay, before: TryHistory | undefined): TryHistory {
		return this.#loss.beginTry(way, before);
	}

	/** Another probe of each try is the sample of hosts from now on. */
	onNewSample(): void {
		this.#chances.onNewSample();
		this.#loss.onNewSample();
	}

	/** A probe leaves. What is returned is to be given back with its answer. */
	onSend(kind: ProbeKind, way: DiscoveryWay, now: Micros): ProbeNote {
		if (way === 'link') {
			this.#linkPace.onSend(now, LINK_RATE);
		}

		const chance = this.#chances.of(kind);
		if (this.#inFlight === 0) {
			this.#group.onHostActive(true);
		}

		this.#inFlight++;
		this.#canaries.onSend(this.#chances.isWitness(kind));
		this.#pace.onSend(now, this.#path.rate);
		this.#group.onSend(now);
		const hostRound = this.#path.onSend(kind, chance, now);
		const groupRound = this.#group.path.onSend(kind, forGroup(kind, chance), now);
		const history = kind === 'canary' ? this.#loss.beginCanary() : undefined;
		return {kind, chance, hostRound, groupRound, ...(history !== undefined && {history})};
	}

	/** A probe with this note left. */
	onSent({hostRound, groupRound}: ProbeNote, at: Micros): void {
		this.#path.onSent(hostRound, at);
		this.#group.path.onSent(groupRound, at);
	}

	/** Probes are on their way no more. */
	onLeave(count = 1): void {
		if (count === 0) {
			return;
		}

		this.#inFlight -= count;
		if (this.#inFlight === 0) {
			this.#group.onHostActive(false);
		}

		this.#group.onLeave(count);
	}

	/** A host answered; `note` is that of the probe, when one of the latest try was answered. */
	onAnswer(answer: DiscoveryAnswer, note: ProbeNote | undefined): void {
		this.patience.learn(answer);
		this.#loss.onAnswer(answer);
		if (answer.isTelling || answer.way === 'link') {
			this.#learnRate(answer, note);
		}
	}

	/** A host answered once more: this try, which counted as lost, was not. */
	onNotLost(way: DiscoveryWay, span: LossSpan): void {
		this.#loss.onNotLost(way, span);
	}

	/** A canary was answered. */
	onCanaryAnswer(answer: DiscoveryAnswer, note: ProbeNote): void {
		this.patience.learn(answer);
		this.#loss.onCanaryAnswer(answer.sentAt, note.history);
		this.#learnRate(answer, note);
	}

	/** Counts canaries that were answered, once as much time has passed as those that are not are waited for. */
	countHeardCanaries(now: Micros): void {
		this.#loss.countCanaries(now - this.patience.canaryTimeout);
	}

	/** A canary stayed unanswered. */
	onCanaryLost({history}: ProbeNote): void {
		this.#loss.onCanaryLost(history);
	}

	#learnRate(answer: DiscoveryAnswer, note: ProbeNote | undefined): void {
		const excess = this.patience.excess(answer);
		const kind = note?.kind ?? 'repeated';
		const chance = note?.chance;
		this.#path.onAnswer(note?.hostRound, {kind, chance}, answer, excess);
		this.#group.path.onAnswer(note?.groupRound, {kind, chance: forGroup(kind, chance)}, answer, excess);
	}

	get #mostInFlight(): number {
		const {minParallelism, maxParallelism} = this.#group.parameters;
		const flight =
			LEAST_FLIGHT + (FLIGHT_GAIN * this.#path.rate * this.patience.verdictAfter('path')) / SECOND;
		return Math.min(Math.max(flight, minParallelism), maxParallelism);
	}

	#spaceCanaries(): void {
		this.#canaries.onRate(this.#path.rate, this.#chances.isInDoubt);
	}

	#observer(onRateChange: RateListener): PathObserver {
		const patience = this.patience;
		const chances = this.#chances;
		return {
			rtt: () => patience.roundTrips,
			patience: () =>
				patience.roundTrips === undefined ? this.#group.timeout : unboundedTimeout(patience.roundTrips),
			seenUntil: now => this.#group.seenUntil(now),
			wasInterrupted: sentAt => patience.wasInterrupted(sentAt),
			expectation: counts => chances.expectationOf(counts),
			onRound: round => {
				this.#loss.onRound(round);
				this.#spaceCanaries();
			},
			onClearRound: round => chances.onClearRound(round),
			onNewNormal: round => {
				chances.onNewNormal(round);
				patience.lengthen(micros(round.answers > 0 ? round.leastExcess : 0));
			},
			onRateChange: (rate, because, now) => {
				if (ENDS_SPAN.has(because)) {
					this.#loss.restart(now);
				}

				this.#spaceCanaries();
				onRateChange(rate, because, now);
			},
			isTakenCareOf: since => this.#group.path.hasCutSince(since),
			isSparse: () => patience.knowsPath && chances.isSparse,
			suspectsRate: () => false,
			delivered: () => 1,
			tries: () => this.#loss.packets,
			isOnlyHost: () => false,
			isAlone: () => false,
			mayTry: () => false,
			onRandomLoss: () => {},
		};
	}
}

/** What all hosts together are expected to answer is known of each of them; of hosts not found yet it is not. */
const forGroup = (kind: ProbeKind, chance: number | undefined): number | undefined =>
	kind === 'canary' ? chance : undefined;
