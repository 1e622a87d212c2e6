import {MILLISECOND, type Micros} from '@halfopen/model';
import type {LossSpan} from './loss-span.ts';

/** Tries of a span that left within so much time count together. */
const SENT_TOGETHER = 20 * MILLISECOND;

/**
 * Answered tries, in the order in which they left, until the loss of those that were sent with them is known. Batches are
 * used again: each host has dozens, and they live just long enough to be a burden to the garbage collector.
 */
export class YoungTries {
	readonly #all: LossSpan;
	/** A ring: the oldest is at `#first`. */
	#batches: Batch[] = [];
	#first = 0;
	#length = 0;

	/** Each try counts for `all` besides its own span. */
	constructor(all: LossSpan) {
		this.#all = all;
	}

	/** A try of this span that left then. */
	add(sentAt: Micros, span: LossSpan | undefined): void {
		span?.addYoung(1);
		this.#all.addYoung(1);
		const last = this.#length === 0 ? undefined : this.#at(this.#length - 1);
		if (last !== undefined && last.span === span && sentAt < last.sentFrom + SENT_TOGETHER) {
			last.count++;
		} else {
			this.#begin(sentAt, span);
		}
	}

	/** Those that left by then are young no more. */
	takeSentBy(time: number): void {
		while (this.#length > 0 && this.#at(0).sentFrom <= time) {
			const {span, count} = this.#at(0);
			span?.addYoung(-count);
			this.#all.addYoung(-count);
			this.#first = (this.#first + 1) % this.#batches.length;
			this.#length--;
		}
	}

	#begin(sentAt: Micros, span: LossSpan | undefined): void {
		if (this.#length === this.#batches.length) {
			this.#batches = [...this.#batches.slice(this.#first), ...this.#batches.slice(0, this.#first)];
			this.#first = 0;
			this.#batches.push({sentFrom: sentAt, span, count: 1});
		} else {
			const batch = this.#at(this.#length);
			batch.sentFrom = sentAt;
			batch.span = span;
			batch.count = 1;
		}

		this.#length++;
	}

	#at(index: number): Batch {
		return this.#batches[(this.#first + index) % this.#batches.length];
	}
}

interface Batch {
	sentFrom: number;
	span: LossSpan | undefined;
	count: number;
}
