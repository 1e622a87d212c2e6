import {type Micros, micros, SECOND} from '@halfopen/model';
import {LossAmongHosts} from './loss-among-hosts.ts';
import {LossEstimate, lossAfter} from './loss-estimate.ts';
import {INITIAL_BURST, LOOK_AHEAD, Pace} from './pace.ts';
import type {TimingParameters} from './parameters.ts';
import {PathModel} from './path-model.ts';
import type {PathObserver} from './path-observer.ts';
import {ENDS_SPAN} from './rate-change.ts';
import {RateFloor} from './rate-floor.ts';
import type {Outcome} from './rate-trial.ts';
import {RoundTrips, type RttEstimate, timeoutOf, unboundedTimeout} from './rtt.ts';
import {Standstill} from './standstill.ts';

/** Hosts that a scan begins with at once, as far as the rate of all is concerned. */
const INITIAL_HOSTS = 8;

/** From the kernel's time stamp to our looking at a reply, at the least; on a busy machine it is measured. */
const RECEIVER_LAG = 30_000; // µs

/** How far the sum of what hosts are expected to answer may be off, as a share: each is known by a few probes only. */
const HOSTS_DIFFER = 0.08;

/** What is left of the longest lag with each reply that has a shorter one. */
const LAG_DECAY = 0.999;

/** Told of every change of a rate. */
export type RateListener = PathObserver['onRateChange'];

/** The timing that all hosts of a scan share: the way out of here, and what a new host is taken to be like. */
export class GroupTiming {
	readonly parameters: TimingParameters;
	readonly path: PathModel;
	readonly loss: LossEstimate = new LossEstimate(() => lossAfter(this.#seenBefore()));
	readonly lossAmongHosts: LossAmongHosts = new LossAmongHosts();
	readonly floor: RateFloor;
	readonly standstill: Standstill = new Standstill();
	readonly #pace: Pace;
	#maxRate: number;
	readonly #onRateChange: RateListener;
	readonly #roundTrips = new RoundTrips();
	#seenBefore: () => Outcome = () => ({probes: 0, answers: 0});
	#inFlight = 0;
	#hostsActive = 0;
	#lastReplyAt = -Infinity;
	#lag = 0;
	/** Until when nothing was looked at, last time; and whether what piled up still waits. */
	#heldUpUntil = -Infinity;
	#isBehind = false;

	constructor(parameters: TimingParameters, now: Micros, onRateChange: RateListener = () => {}) {
		this.parameters = parameters;
		this.#onRateChange = onRateChange;
		this.floor = new RateFloor(parameters.minRate, now);
		const {initialRate, blindRate, maxRate} = parameters;
		this.#maxRate = maxRate;
		this.#pace = new Pace(now, maxRate === Infinity ? INITIAL_BURST * INITIAL_HOSTS : 0);
		this.path = new PathModel(
			{
				initialRate: Math.min(initialRate * INITIAL_HOSTS, maxRate),
				blindRate: Math.min(blindRate * INITIAL_HOSTS, maxRate),
				leastRate: Math.min(initialRate, maxRate, SECOND / Math.max(1, parameters.maxScanDelay)),
				...(!parameters.keepsMaxScanDelay && {leastMeasured: 0}),
				ceiling: this,
			},
			this.#observer(),
			now,
		);
	}

	/** Probes per second that must never be exceeded. */
	get maxRate(): number {
		return this.#maxRate;
	}

	/** Fixes the rate of all hosts together from now on, as `--rate` does: it is the least and the highest. */
	setRate(packetsPerSecond: number, now: Micros): void {
		this.#maxRate = packetsPerSecond;
		this.floor.changeRate(now, packetsPerSecond);
		this.#pace.changeRate(now, this.rate);
	}

	/** The prior for a host of which nothing is known yet. */
	get rtt(): RttEstimate | undefined {
		return this.#roundTrips.estimate;
	}

	/** Probes on their way, to all hosts. */
	get inFlight(): number {
		return this.#inFlight;
	}

	/** Probes per second, to all hosts. */
	get rate(): number {
		return this.path.rate;
	}

	/** When the next probe may leave, to any host; `Infinity` when an answer or a timeout must come first. */
	get nextSendAt(): Micros {
		const isFull = this.#inFlight >= this.parameters.maxParallelism;
		return micros(Math.min(this.floor.dueAt, isFull ? Infinity : this.#pace.nextAt - LOOK_AHEAD));
	}

	/** How many probes may leave one after the other now, before anything else happens. */
	roomAt(now: Micros): number {
		this.path.update(now);
		const {minParallelism, maxParallelism} = this.parameters;
		const due = this.#pace.dueUntil(micros(now + LOOK_AHEAD), now, this.path.rate);
		return Math.max(
			this.floor.owedAt(now),
			minParallelism - this.#inFlight,
			Math.min(maxParallelism - this.#inFlight, due),
		);
	}

	onSend(now: Micros, count = 1): void {
		this.#inFlight += count;
		this.#pace.onSend(now, this.path.rate, count);
		this.floor.onSend(now, count);
	}

	/** Probes are on their way no more: answered, timed out or refused. */
	onLeave(count = 1): void {
		this.#inFlight -= count;
	}

	/** A host begins, or ceases, to have probes on their way. */
	onHostActive(isActive: boolean): void {
		this.#hostsActive += isActive ? 1 : -1;
	}

	/** No more than one host has probes on their way: what there is to find out, it finds out for itself. */
	get hasOneHost(): boolean {
		return this.#hostsActive < 2;
	}

	/** A reply was looked at; they are in the order received. */
	onReply(receivedAt: Micros, now: Micros): void {
		this.#lastReplyAt = Math.max(this.#lastReplyAt, receivedAt);
		if (receivedAt >= this.#heldUpUntil) {
			this.#lag = Math.max(now - receivedAt, this.#lag * LAG_DECAY);
		} else {
			this.standstill.onReply(receivedAt);
		}
	}

	/** Nothing was looked at between these times: we were held up, or the clock leapt. Replies may have piled up. */
	onStandstill(from: Micros, until: Micros): void {
		this.standstill.begin(from, until);
		this.#heldUpUntil = until;
		this.#isBehind = true;
	}

	/** No reply waits. */
	onCaughtUp(): void {
		if (this.#isBehind) {
			this.#isBehind = false;
			this.standstill.onCaughtUp();
		}
	}

	/** Everything that was received up to this time was looked at, as far as can be told. */
	seenUntil(now: Micros): Micros {
		const lag = this.#isBehind ? Infinity : Math.max(RECEIVER_LAG, 2 * this.#lag);
		return micros(Math.max(this.#lastReplyAt, now - lag));
	}

	/** Single probes went the same way to find hosts: what became of them is the prior for the loss of ports. */
	expectLossOf(probes: () => Outcome): void {
		this.#seenBefore = probes;
	}

	onRtt(sample: Micros): void {
		this.#roundTrips.add(sample);
	}

	/** Answered tries that are old enough count from now on; see `LossEstimate`. */
	growOld(now: Micros): void {
		this.loss.onGrownOld(now - this.timeout - this.#roundTrips.smoothed);
	}

	/** How long a probe to a host of which nothing is known is waited for. */
	get timeout(): Micros {
		const {parameters} = this;
		return this.#roundTrips.isEmpty ? parameters.initialRttTimeout : timeoutOf(this.#roundTrips, parameters);
	}

	#observer(): PathObserver {
		return {
			rtt: () => (this.#roundTrips.isEmpty ? undefined : this.#roundTrips),
			patience: () => (this.#roundTrips.isEmpty ? this.timeout : unboundedTimeout(this.#roundTrips)),
			seenUntil: now => this.seenUntil(now),
			wasInterrupted: sentAt => this.standstill.interrupted(sentAt),
			expectation: ({expected, expectedVariance, expectedAnswered}) => ({
				expected,
				variance: expectedVariance + (expected * HOSTS_DIFFER) ** 2,
				came: expectedAnswered,
			}),
			onRound: ({leftUntil}) => this.growOld(leftUntil as Micros),
			onClearRound: () => {},
			onNewNormal: () => {},
			isTakenCareOf: () => this.hasOneHost, // A host alone finds out for itself
			suspectsRate: () => this.loss.suspicious > 0,
			tries: () => this.loss.current.outcome,
			isOnlyHost: () => false,
			isAlone: () => false,
			mayTry: () => !this.hasOneHost,
			delivered: () => this.loss.delivered,
			onRandomLoss: () => this.loss.accept(),
			onRateChange: (rate, because, now) => {
				if (ENDS_SPAN.has(because)) {
					this.loss.restart();
				}

				this.#onRateChange(rate, because, now);
			},
		};
	}
}
