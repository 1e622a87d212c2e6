import {micros, type Micros} from '@halfopen/model';

type Event = {readonly at: Micros; readonly order: number; readonly run: (at: Micros) => void};

/** What is going to happen, by time; of one time, in the order in which it was scheduled. A binary heap. */
export class EventQueue {
	readonly #heap: Event[] = [];
	#scheduled = 0;

	get size(): number {
		return this.#heap.length;
	}

	/** When the next event is due; `Infinity` when there is none. */
	get nextAt(): Micros {
		return this.#heap.length === 0 ? micros(Infinity) : this.#heap[0].at;
	}

	/** `run` is told when it happens: later than `at` if it was put off. */
	schedule(at: Micros, run: (at: Micros) => void): void {
		this.#heap.push({at, order: this.#scheduled++, run});
		this.#rise(this.#heap.length - 1);
	}

	/** Takes the next event out and runs it. */
	runNext(): void {
		const next = this.#heap[0];
		const last = this.#heap.pop();
		if (last !== undefined && last !== next) {
			this.#heap[0] = last;
			this.#sink(0);
		}

		next?.run(next.at);
	}

	/** Puts off everything by the same time. */
	delay(by: number): void {
		for (const [index, event] of this.#heap.entries()) {
			this.#heap[index] = {...event, at: micros(event.at + by)};
		}
	}

	clear(): void {
		this.#heap.length = 0;
	}

	#rise(start: number): void {
		let child = start;
		while (child > 0) {
			const parent = (child - 1) >> 1;
			if (!this.#swapIfBefore(child, parent)) {
				return;
			}

			child = parent;
		}
	}

	#sink(start: number): void {
		let parent = start;
		for (;;) {
			const left = 2 * parent + 1;
			if (left >= this.#heap.length) {
				return;
			}

			const right = left + 1;
			const child = right < this.#heap.length && isBefore(this.#heap[right], this.#heap[left]) ? right : left;
			if (!this.#swapIfBefore(child, parent)) {
				return;
			}

			parent = child;
		}
	}

	#swapIfBefore(child: number, parent: number): boolean {
		const heap = this.#heap;
		if (!isBefore(heap[child], heap[parent])) {
			return false;
		}

		[heap[child], heap[parent]] = [heap[parent], heap[child]];
		return true;
	}
}

const isBefore = (one: Event, other: Event): boolean =>
	one.at < other.at || (one.at === other.at && one.order < other.order);
