import {MILLISECOND, type Micros} from '@halfopen/model';
import type {LossSpan} from './loss-span.ts';

/** Tries of a span that left within so much time count together. */
const SENT_TOGETHER = 4 * MILLISECOND;

/** Answered tries, in the order in which they left, until the loss of those that were sent with them is known. */
export class YoungTries {
	readonly #batches: Batch[] = [];

	/** A try of these spans that left then. */
	add(sentAt: Micros, span: LossSpan | undefined, all: LossSpan): void {
		const last = this.#batches.at(-1);
		span?.addYoung(1);
		all.addYoung(1);
		if (last !== undefined && last.span === span && sentAt < last.sentFrom + SENT_TOGETHER) {
			last.count++;
		} else {
			this.#batches.push({sentFrom: sentAt, span, all, count: 1});
		}
	}

	/** Those that left by then are young no more. */
	takeSentBy(time: number): void {
		const batches = this.#batches;
		const until = batches.findIndex(({sentFrom}) => sentFrom > time);
		for (const {span, all, count} of batches.splice(0, until === -1 ? batches.length : until)) {
			span?.addYoung(-count);
			all.addYoung(-count);
		}
	}
}

interface Batch {
	readonly sentFrom: Micros;
	readonly span: LossSpan | undefined;
	readonly all: LossSpan;
	count: number;
}
