import {type Micros, micros} from '@halfopen/model';

/** First in, first out, of positions with the time that each has waited from, in typed arrays. */
export class TimedQueue {
	#positions = new Float64Array(256);
	#times = new Float64Array(256);
	#head = 0;
	#length = 0;

	get length(): number {
		return this.#length;
	}

	get bytes(): number {
		return this.#positions.byteLength + this.#times.byteLength;
	}

	/** The oldest. The caller has seen that there is one. */
	get first(): number {
		return this.#positions[this.#head];
	}

	/** Since when the oldest waits; `Infinity` when there is none. */
	get firstAt(): Micros {
		return micros(this.#length === 0 ? Infinity : this.#times[this.#head]);
	}

	push(position: number, at: Micros): void {
		if (this.#length === this.#positions.length) {
			this.#grow();
		}

		const place = (this.#head + this.#length) & (this.#positions.length - 1);
		this.#positions[place] = position;
		this.#times[place] = at;
		this.#length++;
	}

	/** Takes the oldest out. The caller has seen that there is one. */
	shift(): number {
		const {first} = this;
		this.#head = (this.#head + 1) & (this.#positions.length - 1);
		this.#length--;
		return first;
	}

	#grow(): void {
		this.#positions = this.#unrolled(this.#positions);
		this.#times = this.#unrolled(this.#times);
		this.#head = 0;
	}

	#unrolled(column: Float64Array): Float64Array<ArrayBuffer> {
		const fresh = new Float64Array(column.length * 2);
		fresh.set(column.subarray(this.#head));
		fresh.set(column.subarray(0, this.#head), column.length - this.#head);
		return fresh;
	}
}
