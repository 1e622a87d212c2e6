/** Numbers that come one by one, in an array that grows: 4 bytes each for `Uint32Array`, 8 for `Float64Array`. */
export class NumberList<Numbers extends Uint32Array | Float64Array> {
	readonly #make: new (length: number) => Numbers;
	#numbers: Numbers;
	#length = 0;

	constructor(make: new (length: number) => Numbers) {
		this.#make = make;
		this.#numbers = new make(256);
	}

	get length(): number {
		return this.#length;
	}

	push(number: number): void {
		if (this.#length === this.#numbers.length) {
			const grown = new this.#make(2 * this.#length);
			grown.set(this.#numbers);
			this.#numbers = grown;
		}

		this.#numbers[this.#length++] = number;
	}

	/** The numbers so far, and no more of them: nothing may be pushed any more. */
	take(): Numbers {
		return this.#numbers.slice(0, this.#length) as Numbers;
	}
}
