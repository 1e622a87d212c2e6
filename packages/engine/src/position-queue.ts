/** First in, first out, of numbers modulo 2^32, in one typed array that doubles when it is full. */
export class PositionQueue {
	#items = new Uint32Array(1024);
	#head = 0;
	#length = 0;

	get length(): number {
		return this.#length;
	}

	get bytes(): number {
		return this.#items.byteLength;
	}

	/** The oldest. The caller has seen that there is one. */
	get first(): number {
		return this.#items[this.#head];
	}

	push(item: number): void {
		if (this.#length === this.#items.length) {
			this.#grow();
		}

		this.#items[(this.#head + this.#length) & (this.#items.length - 1)] = item;
		this.#length++;
	}

	/** Takes the oldest out. The caller has seen that there is one. */
	shift(): number {
		const item = this.#items[this.#head];
		this.#head = (this.#head + 1) & (this.#items.length - 1);
		this.#length--;
		return item;
	}

	clear(): void {
		this.#length = 0;
	}

	#grow(): void {
		const items = new Uint32Array(this.#items.length * 2);
		items.set(this.#items.subarray(this.#head));
		items.set(this.#items.subarray(0, this.#head), this.#items.length - this.#head);
		this.#items = items;
		this.#head = 0;
	}
}
