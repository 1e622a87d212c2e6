const EMPTY = -1;

/**
 * Finds the slot of an outstanding probe by host and port: a hash table with open addressing and linear probing, in
 * typed arrays, so that a reply finds its probe in O(1) and nothing is allocated for it.
 *
 * A key is a whole number from 0 up; keys spread best where their lowest 32 bits differ.
 */
export class SlotTable {
	#keys: Float64Array;
	#slots: Int32Array;
	#size = 0;
	#shift: number;

	/** `capacity` must be a power of two. */
	constructor(capacity = 4096) {
		this.#shift = 32 - Math.log2(capacity);
		this.#keys = new Float64Array(capacity).fill(EMPTY);
		this.#slots = new Int32Array(capacity);
	}

	get size(): number {
		return this.#size;
	}

	/** The slot under this key, or -1. */
	get(key: number): number {
		const at = this.#positionOf(key);
		return this.#keys[at] === key ? this.#slots[at] : -1;
	}

	set(key: number, slot: number): void {
		if (this.#size * 2 >= this.#keys.length) {
			this.#grow();
		}

		const at = this.#positionOf(key);
		this.#size += this.#keys[at] === key ? 0 : 1;
		this.#keys[at] = key;
		this.#slots[at] = slot;
	}

	/**
	 * Takes the key out, unless another slot stands under it, and closes the gap behind it, so that no markers of deleted
	 * keys pile up.
	 */
	delete(key: number, slot: number): void {
		let gap = this.#positionOf(key);
		if (this.#keys[gap] !== key || this.#slots[gap] !== slot) {
			return;
		}

		const mask = this.#keys.length - 1;
		for (let at = (gap + 1) & mask; this.#keys[at] !== EMPTY; at = (at + 1) & mask) {
			const home = this.#homeOf(this.#keys[at]);
			if (((at - home) & mask) >= ((at - gap) & mask)) {
				this.#keys[gap] = this.#keys[at];
				this.#slots[gap] = this.#slots[at];
				gap = at;
			}
		}

		this.#keys[gap] = EMPTY;
		this.#size--;
	}

	/** Where the key stands, or the empty place where it would. */
	#positionOf(key: number): number {
		const mask = this.#keys.length - 1;
		let at = this.#homeOf(key);
		while (this.#keys[at] !== EMPTY && this.#keys[at] !== key) {
			at = (at + 1) & mask;
		}

		return at;
	}

	/** Multiplicative hashing by the golden ratio: neighbouring ports land far apart. */
	#homeOf(key: number): number {
		return Math.imul(key | 0, 0x9e_37_79_b1) >>> this.#shift;
	}

	#grow(): void {
		const keys = this.#keys;
		const slots = this.#slots;
		this.#keys = new Float64Array(keys.length * 2).fill(EMPTY);
		this.#slots = new Int32Array(keys.length * 2);
		this.#size = 0;
		this.#shift--;
		for (let at = 0; at < keys.length; at++) {
			if (keys[at] !== EMPTY) {
				this.set(keys[at], slots[at]);
			}
		}
	}
}
