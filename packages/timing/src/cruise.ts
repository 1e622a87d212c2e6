import {LEAST_EXPECTED, type RoundVerdict} from './judge-round.ts';
import {OverrunSpan, type Throughput} from './overrun-span.ts';
import type {PathObserver} from './path-observer.ts';
import type {Round} from './round.ts';
import {type RateRecord, UpwardSearch} from './upward-search.ts';

/** Of what was delivered when a path was overrun: leaves room, so that the limit is not hit at once. */
export const AFTER_CONGESTION = 0.97;

/** The rate to go on with. */
export interface Step {
	/** Above the present one to see whether there is more, or below it since the last such step was in vain. */
	readonly rate: number;
	/** What the path was found to take, in probes per second, where a step was in vain. */
	readonly limit: number;
}

/**
 * The rate of a path of which a limit is known: what gets through tells the limit ever better, and now and then it is
 * looked whether there is more.
 */
export class Cruise {
	readonly #observer: Pick<PathObserver, 'expectation' | 'delivered'>;
	readonly #search = new UpwardSearch();
	readonly #span = new OverrunSpan();
	/** The rate follows from a trial or a step up: less evidence than usual shows that it is too high. */
	#isTentative = false;

	constructor(observer: Pick<PathObserver, 'expectation' | 'delivered'>) {
		this.#observer = observer;
	}

	/** Counts a round. */
	add(round: Round): void {
		this.#span.add(round);
	}

	/** What got through since the path was overrun before, at this rate now; `undefined` where that is too little to tell. */
	throughputAt(rate: number): Throughput | undefined {
		return this.#span.throughputAt(rate);
	}

	/** The path is overrun now: a trial begins. */
	onTrial(): void {
		this.#span.begin();
	}

	/** A trial found the limit, of a path that nothing else shares where `isAlone`. */
	onLimitFound(limit: number, isAlone: boolean): void {
		this.#isTentative = true;
		if (isAlone) {
			this.#search.onMeasured(limit);
		} else {
			this.#search.onLimit(limit);
		}
	}

	/** Congestion was met at this rate. */
	onCongestion(rate: number): void {
		this.#search.onLimit(rate);
	}

	/** There is no limit that is known. */
	forget(): void {
		this.#isTentative = false;
		this.#search.forget();
		this.#span.end();
	}

	/** Whether a round shows that the rate is a little too high. */
	isOverrun({isOverrun, isSlightlyOverrun}: RoundVerdict): boolean {
		return this.#isTentative ? isSlightlyOverrun : isOverrun;
	}

	/** It is, and this share gets through. Returns what the path takes, in probes per second. */
	onOverrun(rate: number, delivered: number): number {
		this.#search.onOverrun(rate);
		this.#isTentative = false;
		return this.#measureLimit(rate) ?? rate * delivered * AFTER_CONGESTION;
	}

	/** A round at this rate was in order. Returns the rate to go on with. */
	next(rate: number, record: RateRecord): Step {
		const next = this.#search.next(rate, record);
		if (next < rate) {
			return {rate: next, limit: this.#measureLimit(rate) ?? next};
		}

		if (next > rate) {
			if (!this.#search.knowsLimit) {
				this.#span.end();
			}

			this.#isTentative = this.#span.isRunning;
		}

		return {rate: next, limit: Infinity};
	}

	/** Probes per second that got through since the path was overrun before; `undefined` where that is not known. */
	#measureLimit(rate: number): number | undefined {
		const throughput = this.#span.throughputAt(rate);
		this.#span.begin();
		if (throughput === undefined) {
			return undefined;
		}

		const {expected, came} = this.#observer.expectation(throughput.counts);
		const delivered = expected < LEAST_EXPECTED ? this.#observer.delivered() : came / expected;
		return throughput.rate * Math.min(1, delivered);
	}
}
