import {type Micros, micros} from '@halfopen/model';

/** Positions with the time at which each is due, earliest first: a binary heap in typed arrays. */
export class DueQueue {
	#dueAt = new Float64Array(256);
	#positions = new Float64Array(256);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	/** When the first is due; `Infinity` when there is none. */
	get nextAt(): Micros {
		return micros(this.#length === 0 ? Infinity : this.#dueAt[0]);
	}

	push(position: number, dueAt: Micros): void {
		if (this.#length === this.#dueAt.length) {
			this.#grow();
		}

		let index = this.#length++;
		while (index > 0) {
			const parent = (index - 1) >> 1;
			if (this.#dueAt[parent] <= dueAt) {
				break;
			}

			this.#move(parent, index);
			index = parent;
		}

		this.#put(index, position, dueAt);
	}

	/** Takes out the one that is due first. The caller has seen that there is one. */
	shift(): number {
		const first = this.#positions[0];
		const last = --this.#length;
		this.#sink(this.#positions[last], this.#dueAt[last]);
		return first;
	}

	#sink(position: number, dueAt: number): void {
		let index = 0;
		for (;;) {
			let child = 2 * index + 1;
			if (child >= this.#length) {
				break;
			}

			if (child + 1 < this.#length && this.#dueAt[child + 1] < this.#dueAt[child]) {
				child++;
			}

			if (this.#dueAt[child] >= dueAt) {
				break;
			}

			this.#move(child, index);
			index = child;
		}

		this.#put(index, position, dueAt);
	}

	#move(from: number, to: number): void {
		this.#put(to, this.#positions[from], this.#dueAt[from]);
	}

	#put(index: number, position: number, dueAt: number): void {
		this.#positions[index] = position;
		this.#dueAt[index] = dueAt;
	}

	#grow(): void {
		const dueAt = new Float64Array(this.#dueAt.length * 2);
		const positions = new Float64Array(this.#dueAt.length * 2);
		dueAt.set(this.#dueAt);
		positions.set(this.#positions);
		this.#dueAt = dueAt;
		this.#positions = positions;
	}
}
