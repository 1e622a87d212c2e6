import {type Micros, micros, SECOND} from '@halfopen/model';
import {PathModel} from '../src/path-model.ts';
import type {PathObserver, RateLimits} from '../src/path-observer.ts';
import type {RateChange} from '../src/rate-change.ts';
import type {Outcome} from '../src/rate-trial.ts';

/** How a round fares. */
export interface Fate {
	/** Share of the probes that is answered. */
	readonly share: number;
	/** What a queue adds to the round trip, in µs. */
	readonly queue?: number;
	/** Answers that come only after they were given up. */
	readonly lateShare?: number;
}

const LIMITS: RateLimits = {initialRate: 400, blindRate: 5000, leastRate: 400, ceiling: {maxRate: 20_000}};
const RTT = 20_000;
const PATIENCE = 60_000;
const EACH_LOOK = 1000;

/** A path model that is told by hand what becomes of its probes, on a clock that is moved by hand. */
export class PathUnderTest {
	readonly model: PathModel;
	readonly changes: {readonly because: RateChange; readonly rate: number}[] = [];
	/** Share of the probes that this path answers when nothing is in the way; the observer knows it. */
	normal = 1;
	/** What the observer says of the loss. */
	isSuspicious = false;
	/** Whether it may try lower rates, nobody else judges what it sends, and what it is told of later tries. */
	mayTry = false;
	isOnlyHost = false;
	isAlone = false;
	tries: Outcome = {probes: 0, answers: 0};
	delivered = 1;
	/** Whether a wider model acts against what troubles this one. */
	isTakenCareOf = false;
	/** Share of its rate at which probes are sent. */
	sentShare = 1;
	newNormals = 0;
	randomLosses = 0;
	now = 0;

	constructor(limits: Partial<RateLimits> = {}) {
		this.model = new PathModel({...LIMITS, ...limits}, this.#observer(), micros(0));
	}

	get reasons(): RateChange[] {
		return this.changes.map(({because}) => because);
	}

	/** Lets time pass without sending. */
	idle(time: number): void {
		for (const until = this.now + time; this.now < until;) {
			this.now += EACH_LOOK;
			this.model.update(micros(this.now));
		}
	}

	/** Sends rounds at the model's rate, one after the other, each judged before the next begins. */
	rounds(count: number, {share, queue = 0, lateShare = 0}: Fate): void {
		for (let left = count; left > 0; left--) {
			const startedAt = this.now;
			const probes = this.#send();
			this.now += RTT + queue;
			for (const [index, {round, sentAt}] of probes.entries()) {
				if (this.#isDrawn(index, probes.length, share)) {
					this.#answer(round, sentAt, queue);
				}
			}

			this.idle(RTT + 3 * PATIENCE);
			for (const {round, sentAt} of probes.slice(0, Math.round(probes.length * lateShare))) {
				this.#answer(round, sentAt, this.now - startedAt);
			}

			this.model.update(micros(this.now));
		}
	}

	#send(): {readonly round: number; readonly sentAt: Micros}[] {
		const count = Math.max(10, Math.round((this.model.rate * RTT) / SECOND));
		const gap = SECOND / (this.model.rate * this.sentShare);
		return Array.from({length: count}, () => {
			const sentAt = micros(this.now);
			const round = this.model.onSend('fresh', this.normal, sentAt);
			this.model.onSent(round, sentAt);
			this.now += gap;
			return {round, sentAt};
		});
	}

	/** Evenly spread over the round. */
	#isDrawn(index: number, length: number, share: number): boolean {
		return Math.floor((index + 1) * share) > Math.floor(index * share) && index < length;
	}

	#answer(round: number, sentAt: Micros, excess: number): void {
		const receivedAt = micros(sentAt + RTT + excess);
		this.model.onAnswer(round, {kind: 'fresh', chance: this.normal}, {sentAt, receivedAt}, micros(excess));
	}

	#observer(): PathObserver {
		return {
			rtt: () => ({least: micros(RTT), variance: micros(500)}),
			patience: () => micros(PATIENCE),
			seenUntil: now => now,
			wasInterrupted: () => false,
			expectation: ({fresh, freshAnswered}) => ({
				expected: fresh * this.normal,
				variance: fresh * this.normal * (1 - this.normal),
				came: freshAnswered,
			}),
			onClearRound: () => {},
			onNewNormal: ({fresh, freshAnswered}) => {
				this.newNormals++;
				this.normal = freshAnswered / fresh;
			},
			isTakenCareOf: () => this.isTakenCareOf,
			isOnlyHost: () => this.isOnlyHost,
			isAlone: () => this.isAlone,
			mayTry: () => this.mayTry,
			suspectsRate: () => this.isSuspicious,
			tries: () => this.tries,
			delivered: () => this.delivered,
			onRandomLoss: () => {
				this.randomLosses++;
				this.isSuspicious = false;
			},
			onRateChange: (rate, because) => {
				this.changes.push({because, rate});
			},
		};
	}
}
