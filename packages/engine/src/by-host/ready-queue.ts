/** First in, first out, without moving what stays: hosts that may have a probe to send, asked in turn. */
export class ReadyQueue<Item> {
	#items: (Item | undefined)[] = Array.from({length: 64});
	#head = 0;
	#length = 0;

	get length(): number {
		return this.#length;
	}

	push(item: Item): void {
		if (this.#length === this.#items.length) {
			this.#grow();
		}

		this.#items[(this.#head + this.#length) & (this.#items.length - 1)] = item;
		this.#length++;
	}

	shift(): Item | undefined {
		if (this.#length === 0) {
			return undefined;
		}

		const item = this.#items[this.#head];
		this.#items[this.#head] = undefined;
		this.#head = (this.#head + 1) & (this.#items.length - 1);
		this.#length--;
		return item;
	}

	#grow(): void {
		const ordered = [...this.#items.slice(this.#head), ...this.#items.slice(0, this.#head)];
		this.#items = [...ordered, ...Array.from<undefined>({length: ordered.length})];
		this.#head = 0;
	}
}
