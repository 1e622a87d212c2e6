import {SECOND, micros, type Micros} from '@halfopen/model';
import type {Bottleneck} from './simulated-network.ts';

/** A bottleneck at work: packets leave in order, one after the other. */
export class NarrowLine {
	readonly #gap: number;
	readonly #queue: number;
	#freeAt = -Infinity;

	constructor({packetsPerSecond, queue}: Bottleneck) {
		this.#gap = SECOND / packetsPerSecond;
		this.#queue = queue;
	}

	/** When a packet that comes at `at` is through; `undefined` when the queue is full. Times must not step back. */
	pass(at: Micros): Micros | undefined {
		const waiting = Math.ceil((this.#freeAt - at) / this.#gap);
		if (waiting >= this.#queue) {
			return undefined;
		}

		this.#freeAt = Math.max(this.#freeAt, at) + this.#gap;
		return micros(this.#freeAt);
	}
}
