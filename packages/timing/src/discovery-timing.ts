import {MILLISECOND, type Micros, micros, SECOND} from '@halfopen/model';
import {AnswerRatio, answersVariance} from './answer-ratio.ts';
import {expectedMissed, isSilenceProven} from './confidence.ts';
import type {DiscoveryAnswer, DiscoveryWay} from './discovery-answer.ts';
import {DiscoveryLoss} from './discovery-loss.ts';
import type {GroupTiming, RateListener} from './group-timing.ts';
import {type ProbeNote, PROBES_PER_CANARY} from './host-timing.ts';
import type {Expectation} from './expectation.ts';
import {lossAfter, type LossSpan} from './loss-estimate.ts';
import {INITIAL_BURST, LOOK_AHEAD, Pace} from './pace.ts';
import {PathModel} from './path-model.ts';
import type {PathObserver} from './path-observer.ts';
import {ENDS_SPAN} from './rate-change.ts';
import {type AnswerCounts, offeredRate, type ProbeKind} from './round.ts';
import {RoundTrips, unboundedTimeout} from './rtt.ts';
import type {TryHistory} from './try-history.ts';

/** How long an answer took. */
type Trip = Pick<DiscoveryAnswer, 'way' | 'sentAt' | 'receivedAt'>;

/** Tries of a host that are told apart, whatever `maxRetries` says. */
export const DISCOVERY_TRIES = 16;

/** Hosts that are asked at once at first, as far as the rate is concerned: a probe rarely meets the same one. */
const INITIAL_HOSTS = 8;

/** The next try follows after this part of the timeout, if answers mostly take no longer: an answer to any try counts. */
const RETRY_SHARE = 1 / 3;

/** The same before anything answered: who asks only hosts that are down waits for nothing else. */
const FIRST_RETRY_SHARE = 1 / 4;

/** Hosts differ: nobody is given up sooner than this part of the first timeout, however fast others answer. */
const VERDICT_SHARE = 1 / 2;

/** Every host on a link hears each probe: no more than this per second. */
const LINK_RATE = 10_000;

/** Timeouts on a link, before anything answered there and at the least. */
const LINK_TIMEOUT = 200 * MILLISECOND;
const LEAST_LINK_TIMEOUT = 50 * MILLISECOND;

/** From a try to the next on a link, at the least: answers do not tell their try, and seldom take that long. */
const LEAST_LINK_RETRY = 100 * MILLISECOND;

/** Hosts differ: a timeout is at least so many times the longest round trip so far. */
const LONGEST_GAIN = 2;

/** A router's word that a host is unreachable is waited for the contrary so long, at the least and by what it took. */
const LEAST_GRACE = 100 * MILLISECOND;
const GRACE_GAIN = 2;

/** Where more than this share of hosts is up, first probes show whether the way is open. */
const CANARY_RATIO = 0.1;

/**
 * What canaries are expected to lose before rates can be compared is as sure as if so many were sent: loss of 20 % is no
 * reason to go slower, that of half of them is.
 */
const USUAL_PROBES = 100;

/** More is not taken for what is lost at any rate, unless lower rates did not help. */
const MOST_USUAL_LOSS = 0.5;

/** Multiples of it, modulo 1, fill the unit interval evenly. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** Probes in flight, as a multiple of what the rate puts there within the timeout. */
const FLIGHT_GAIN = 2;
const LEAST_FLIGHT = 128;

/**
 * The timing of asking many hosts whether they are up: when the next probe may leave, how long answers are waited for, how
 * many tries a host gets. The rate is that of one more path model beside those of the hosts that are scanned: what
 * finding hosts overruns, as a router that looks for them, scans may not.
 */
export class DiscoveryTiming {
	readonly #group: GroupTiming;
	readonly #hosts: number;
	readonly #path: PathModel;
	readonly #pace: Pace;
	readonly #linkPace: Pace;
	readonly #ratio = new AnswerRatio();
	readonly #loss: DiscoveryLoss;
	readonly #roundTrips: Readonly<Record<DiscoveryWay, RoundTrips>> = {
		path: new RoundTrips(),
		link: new RoundTrips(),
	};
	readonly #longest: Record<DiscoveryWay, number> = {path: 0, link: 0};
	#inFlight = 0;
	#begun = 0;
	#sinceWitness = 0;
	#canaryAfter = PROBES_PER_CANARY;
	#canariesSought = 0;
	/** Heavy loss did not go away at a lower rate. */
	#isUsedToLoss = false;
	/** The rate at which heavy loss was met that may be due to it. */
	#rateInDoubt = 0;
	/** Probes from a canary to the next, as a part of what is usual. */
	#canarySpacing = 1;

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
		this.#hosts = hosts;
		this.#loss = new DiscoveryLoss(
			probes,
			() => group.loss.outcome,
			counts => this.#expectationOf(counts),
		);
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
		return this.#sinceWitness >= this.#canaryAfter * this.#canarySpacing && this.gap === 0;
	}

	/**
	 * No canary may be asked now. It is not looked for again before some more probes, in no regular order: after a rest it
	 * would be the first of those that leave together, which a full line lets pass more often than others.
	 */
	onNoCanary(): void {
		const together = (2 * LOOK_AHEAD * this.#path.rate) / SECOND;
		this.#canaryAfter = this.#sinceWitness + 1 + together * ((this.#canariesSought++ * GOLDEN_RATIO) % 1);
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

	/** From one probe of a try to the next. */
	get gap(): Micros {
		return this.#group.parameters.scanDelay;
	}

	/** From a try to the next. */
	retryAfter(way: DiscoveryWay): Micros {
		const timeout = this.#timeout(way);
		const roundTrips = this.#roundTrips[way];
		const least = Math.max(this.gap, way === 'link' ? LEAST_LINK_RETRY : 0);
		if (roundTrips.isEmpty) {
			return micros(Math.ceil(Math.max(timeout * FIRST_RETRY_SHARE, least)));
		}

		const usual = Math.min(unboundedTimeout(roundTrips), timeout);
		return micros(Math.ceil(Math.max(timeout * RETRY_SHARE, usual, least)));
	}

	/** From the last try until a host that stayed silent is called down. Probes are on their way as long. */
	verdictAfter(way: DiscoveryWay): Micros {
		const {initialRttTimeout} = this.#group.parameters;
		const least = way === 'link' ? LINK_TIMEOUT : initialRttTimeout * VERDICT_SHARE;
		return micros(Math.max(this.#timeout(way), least, this.gap));
	}

	/** How long a canary is waited for: by then it can be told whether the way is open. */
	get canaryTimeout(): Micros {
		return micros(this.#timeout('path'));
	}

	/** Since when the answer to a probe is waited for that was sent then. */
	waitedSince(sentAt: Micros): Micros {
		return this.#group.standstill.waitedSince(sentAt);
	}

	/** Whether a try that was sent then, and stayed silent, tells nothing: it was on its way when the scan stood still. */
	wasInterrupted(sentAt: Micros): boolean {
		return this.#group.standstill.interrupted(sentAt);
	}

	/** From a probe to its answer; `undefined` when the scan stood still in between. */
	roundTrip(sentAt: Micros, receivedAt: Micros): Micros | undefined {
		return this.#group.standstill.isWithin(sentAt, receivedAt)
			? undefined
			: micros(Math.max(0, receivedAt - sentAt)); // Two clocks meet here: below 0 counts as 0
	}

	/**
	 * Whether an answer that does not say which try it belongs to is one to the latest: it came as answers usually do after
	 * that, and too late for the one before. Otherwise it is late: that is likelier than a lost try and a late answer.
	 */
	isOfLatest(way: DiscoveryWay, sinceLatest: Micros, sinceEarlier: Micros): boolean {
		const roundTrips = this.#roundTrips[way];
		if (roundTrips.isEmpty) {
			return false;
		}

		const usual = unboundedTimeout(roundTrips);
		return sinceEarlier > usual && sinceLatest >= roundTrips.least && sinceLatest <= usual;
	}

	/** Until when a host that a router called unreachable, after such a time, may still contradict it by an answer. */
	graceEnd(lastSentAt: Micros, took: Micros): Micros {
		return micros(lastSentAt + Math.max(LEAST_GRACE, GRACE_GAIN * took));
	}

	/** Whether a host that stayed silent had its tries, as far as is known now. */
	isSilenceProven({length: tries, doubt}: TryHistory): boolean {
		const {confidence, maxRetries} = this.#group.parameters;
		return isSilenceProven(
			{ports: this.#hosts, answered: this.#answeredAtTheEnd, tries, doubt},
			{confidence, maxRetries: Math.min(maxRetries, DISCOVERY_TRIES - 1)},
		);
	}

	/** Whether it is known by now if these tries were sent faster than the path takes them. */
	isKnown(history: TryHistory): boolean {
		return this.#loss.isKnown(history);
	}

	/** Nothing is on its way, so that nothing more will be known of the tries so far. */
	conclude(now: Micros): void {
		this.#loss.conclude(now);
	}

	/** Hosts called down that are expected to be up, when they have such doubt on average. */
	expectedMissed(doubt: number): number {
		return expectedMissed({answered: this.#loss.answered, doubt});
	}

	/** The tries of a host with the one that begins now. */
	beginTry(way: DiscoveryWay, before: TryHistory | undefined): TryHistory {
		return this.#loss.beginTry(way, before);
	}

	/** Another probe of each try is the sample of hosts from now on. */
	onNewSample(): void {
		this.#ratio.restart();
		this.#loss.onNewSample();
	}

	/** One more host is asked. */
	onBegin(): void {
		this.#begun++;
	}

	/** A probe leaves. What is returned is to be given back with its answer. */
	onSend(kind: ProbeKind, way: DiscoveryWay, now: Micros): ProbeNote {
		if (way === 'link') {
			this.#linkPace.onSend(now, LINK_RATE);
		}

		const chance = this.#chanceOf(kind);
		if (this.#inFlight === 0) {
			this.#group.onHostActive(true);
		}

		this.#inFlight++;
		this.#sinceWitness++;
		if (this.#isWitness(kind)) {
			this.#sinceWitness = 0;
			this.#canaryAfter = PROBES_PER_CANARY;
		}

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
		this.#learnRtt(answer);
		this.#loss.onAnswer(answer);
		if (answer.isTelling || answer.way === 'link') {
			this.#learnRate(answer, note);
		}
	}

	/** A host answered once more: this try, which counted as lost, was not. */
	onNotLost(way: DiscoveryWay, span: LossSpan): void {
		this.#loss.onNotLost(way, span);
	}

	/** A host answered once more, after such a time. */
	onFurtherRtt(answer: Trip): void {
		this.#learnRtt(answer);
	}

	/** A canary was answered. */
	onCanaryAnswer(answer: DiscoveryAnswer, note: ProbeNote): void {
		this.#learnRtt(answer);
		this.#loss.onCanaryAnswer(answer.sentAt, note.history);
		this.#learnRate(answer, note);
	}

	/** Counts canaries that were answered, once as much time has passed as those that are not are waited for. */
	countHeardCanaries(now: Micros): void {
		this.#loss.countCanaries(now - this.canaryTimeout);
	}

	/** A canary stayed unanswered. */
	onCanaryLost({history}: ProbeNote): void {
		this.#loss.onCanaryLost(history);
	}

	#learnRtt({way, sentAt, receivedAt}: Trip): void {
		const rtt = this.roundTrip(sentAt, receivedAt);
		if (rtt === undefined) {
			return;
		}

		this.#roundTrips[way].add(rtt);
		this.#longest[way] = Math.max(this.#longest[way], rtt);
		this.#group.onRtt(rtt);
	}

	#learnRate(answer: DiscoveryAnswer, note: ProbeNote | undefined): void {
		const {way, sentAt, receivedAt} = answer;
		const rtt = this.roundTrip(sentAt, receivedAt);
		const excess = micros(rtt === undefined ? 0 : rtt - this.#roundTrips[way].least);
		const kind = note?.kind ?? 'repeated';
		const chance = note?.chance;
		this.#path.onAnswer(note?.hostRound, {kind, chance, sentAt, receivedAt, excess});
		this.#group.path.onAnswer(note?.groupRound, {
			kind,
			chance: forGroup(kind, chance),
			sentAt,
			receivedAt,
			excess,
		});
	}

	#timeout(way: DiscoveryWay): number {
		const longest = LONGEST_GAIN * this.#longest[way];
		if (way === 'path') {
			const {maxRttTimeout} = this.#group.parameters;
			return Math.max(this.#group.timeout, Math.min(longest, maxRttTimeout));
		}

		const {link} = this.#roundTrips;
		return link.isEmpty ? LINK_TIMEOUT : Math.max(LEAST_LINK_TIMEOUT, unboundedTimeout(link), longest);
	}

	/** Of paths if there are any, otherwise of links. */
	get #roundTrip(): RoundTrips | undefined {
		const {path, link} = this.#roundTrips;
		return path.isEmpty ? (link.isEmpty ? undefined : link) : path;
	}

	/** Hosts that will have answered when all were asked, if the others are like those so far. */
	get #answeredAtTheEnd(): number {
		return this.#begun === 0 ? 0 : (this.#loss.answered * this.#hosts) / this.#begun;
	}

	get #mostInFlight(): number {
		const {minParallelism, maxParallelism} = this.#group.parameters;
		const flight = LEAST_FLIGHT + (FLIGHT_GAIN * this.#path.rate * this.verdictAfter('path')) / SECOND;
		return Math.min(Math.max(flight, minParallelism), maxParallelism);
	}

	/** Whether the fate of such a probe shows if the way is open. */
	#isWitness(kind: ProbeKind): boolean {
		return kind === 'canary' || (kind === 'fresh' && (this.#ratio.value ?? 0) > CANARY_RATIO);
	}

	/** How surely a probe of this kind is answered when nothing is in the way; `undefined` where that is not known. */
	#chanceOf(kind: ProbeKind): number | undefined {
		if (kind === 'canary') {
			return 1 - (this.#standard?.loss ?? lossAfter(this.#group.loss.outcome));
		}

		return kind === 'fresh' ? this.#ratio.value : undefined;
	}

	/** What single probes lose at any rate, once rates can be compared. */
	get #standard(): DiscoveryLoss['standard'] {
		const {standard} = this.#loss;
		return standard !== undefined && standard.loss > MOST_USUAL_LOSS && !this.#isUsedToLoss
			? undefined
			: standard;
	}

	/**
	 * While lower rates are tried because of heavy loss, canaries are as frequent as before: were there fewer, those to hosts
	 * that limit their answers would come back, and the rate would have the blame.
	 */
	#spaceCanaries(): void {
		const isInDoubt = this.#loss.standard !== undefined && this.#standard === undefined;
		this.#rateInDoubt = isInDoubt ? Math.max(this.#rateInDoubt, this.#path.rate) : this.#path.rate;
		this.#canarySpacing = this.#path.rate / this.#rateInDoubt;
	}

	#expectationOf({fresh, freshAnswered, canaries, canariesAnswered}: AnswerCounts): Expectation {
		const chance = this.#chanceOf('canary') ?? 0;
		const standard = this.#standard?.outcome ?? {
			probes: USUAL_PROBES,
			answers: USUAL_PROBES * chance,
		};
		const ratio = this.#ratio.value ?? 0;
		const ofFresh = this.#ratio.value === undefined ? 0 : this.#ratio.varianceOf(fresh, freshAnswered);
		return {
			expected: canaries * chance + fresh * ratio,
			variance: answersVariance(standard, canaries, canariesAnswered) + ofFresh,
			came: canariesAnswered + (this.#ratio.value === undefined ? 0 : freshAnswered),
		};
	}

	#observer(onRateChange: RateListener): PathObserver {
		const {path} = this.#roundTrips;
		return {
			rtt: () => this.#roundTrip,
			patience: () =>
				this.#roundTrip === undefined ? this.#group.timeout : unboundedTimeout(this.#roundTrip),
			seenUntil: now => this.#group.seenUntil(now),
			wasInterrupted: sentAt => this.#group.standstill.interrupted(sentAt),
			expectation: counts => this.#expectationOf(counts),
			onRound: round => {
				this.#loss.onRound(round);
				this.#spaceCanaries();
			},
			onClearRound: round => this.#ratio.add(round.fresh, round.freshAnswered, offeredRate(round)),
			onNewNormal: round => {
				this.#isUsedToLoss = true;
				this.#ratio.restart();
				this.#ratio.add(round.fresh, round.freshAnswered, offeredRate(round));
				path.lengthen(micros(round.answers > 0 ? round.leastExcess : 0));
			},
			onRateChange: (rate, because, now) => {
				if (ENDS_SPAN.has(because)) {
					this.#loss.restart(now);
				}

				this.#spaceCanaries();
				onRateChange(rate, because, now);
			},
			isTakenCareOf: since => this.#group.path.hasCutSince(since),
			isSparse: () => !this.#roundTrips.path.isEmpty && (this.#ratio.value ?? 0) <= CANARY_RATIO,
			suspectsRate: () => false,
			delivered: () => 1,
			tries: () => this.#loss.packets,
			isAlone: () => false,
			mayTry: () => false,
			onRandomLoss: () => {},
		};
	}
}

/** What all hosts together are expected to answer is known of each of them; of hosts not found yet it is not. */
const forGroup = (kind: ProbeKind, chance: number | undefined): number | undefined =>
	kind === 'canary' ? chance : undefined;
