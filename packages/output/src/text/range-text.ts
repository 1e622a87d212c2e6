/** Numbers that come ascending, as ranges in a line: `22,80,8000-8100`. Holds the text, not the numbers. */
export class RangeText {
	#text = '';
	#first = -1;
	#last = -1;
	#count = 0;

	get count(): number {
		return this.#count;
	}

	add(number: number): void {
		this.addRange(number, number);
	}

	/** All from the first to the last. */
	addRange(first: number, last: number): void {
		if (first !== this.#last + 1 || this.#count === 0) {
			this.#text = this.toString();
			this.#first = first;
		}

		this.#last = last;
		this.#count += last - first + 1;
	}

	toString(): string {
		if (this.#count === 0) {
			return '';
		}

		const range = this.#first === this.#last ? `${this.#first}` : `${this.#first}-${this.#last}`;
		return this.#text === '' ? range : `${this.#text},${range}`;
	}
}
