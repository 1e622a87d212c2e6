import {type Micros, micros} from '@halfopen/model';

/** Something that wants to be looked at by a certain time. `wakeAt` belongs to the queue. */
export interface Sleeper {
	wakeAt: number;
}

type Entry<Item> = {readonly at: number; readonly item: Item};

/**
 * Who wants to be woken, earliest first: a binary heap. A sleeper that is wanted earlier than before gets a second
 * entry; the older one is recognised as stale when it comes up, since it does not carry the sleeper's `wakeAt`.
 */
export class WakeQueue<Item extends Sleeper> {
	readonly #heap: Entry<Item>[] = [];

	/** When the next one wants to be woken; `Infinity` when nobody sleeps. Stale entries may make this early. */
	get nextAt(): Micros {
		return micros(this.#heap[0]?.at ?? Infinity);
	}

	/** Wakes the sleeper at this time or earlier. */
	schedule(item: Item, at: Micros): void {
		if (at < item.wakeAt) {
			item.wakeAt = at;
			this.#push({at, item});
		}
	}

	/** Takes out one sleeper whose time has come, or `undefined`. */
	takeDue(now: Micros): Item | undefined {
		while (this.#heap.length > 0 && this.#heap[0].at <= now) {
			const {at, item} = this.#pop();
			if (item.wakeAt === at) {
				item.wakeAt = Infinity;
				return item;
			}
		}

		return undefined;
	}

	#push(entry: Entry<Item>): void {
		const heap = this.#heap;
		let index = heap.push(entry) - 1;
		while (index > 0) {
			const parent = (index - 1) >> 1;
			if (heap[parent].at <= entry.at) {
				break;
			}

			heap[index] = heap[parent];
			index = parent;
		}

		heap[index] = entry;
	}

	#pop(): Entry<Item> {
		const heap = this.#heap;
		const top = heap[0];
		const last = heap.pop()!;
		if (heap.length > 0) {
			this.#sink(last);
		}

		return top;
	}

	#sink(entry: Entry<Item>): void {
		const heap = this.#heap;
		let index = 0;
		for (;;) {
			let child = 2 * index + 1;
			if (child >= heap.length) {
				break;
			}

			if (child + 1 < heap.length && heap[child + 1].at < heap[child].at) {
				child++;
			}

			if (heap[child].at >= entry.at) {
				break;
			}

			heap[index] = heap[child];
			index = child;
		}

		heap[index] = entry;
	}
}
