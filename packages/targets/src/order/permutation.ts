/**
 * A keyed permutation of the integers 0 … size - 1 that is never stored: any element can be asked for,
 * in either direction, in constant time and without allocating.
 *
 * It is a Feistel network over pairs of a left and a right half. The right half counts to a power of two; the left
 * half only as far as it must, so that hardly any pair lies outside of the range. A value that falls outside is
 * permuted again until it falls inside (cycle walking).
 *
 * It spreads probes well and is no cipher: whoever sees enough of the order may find the seed.
 */
export class Permutation {
	readonly size: number;
	readonly #keys: Int32Array;
	/** Values of each half, as factors: halves are taken apart by arithmetic, for bit operations end at 32 bits. */
	readonly #lefts: number;
	readonly #rights: number;
	readonly #rightMask: number;
	/** 1 / rights, exact. */
	readonly #perRight: number;
	/** Values of the left half are `coarse` steps, at most 2^16, of 2^`fineBits` values each. */
	readonly #coarse: number;
	readonly #fineBits: number;
	readonly #fineMask: number;

	/** `size` is at most 2^53 - 1. Of the seed, 64 bits count. */
	constructor(size: number, seed: bigint) {
		if (!Number.isSafeInteger(size) || size < 0) {
			throw new RangeError(`Expected a size between 0 and 2^53 - 1, got ${size}`);
		}

		const bits = bitsFor(size);
		const rightBits = Math.ceil(bits / 2);
		this.size = size;
		this.#keys = roundKeys(seed);
		this.#rights = 2 ** rightBits;
		this.#rightMask = 2 ** rightBits - 1;
		this.#perRight = 2 ** -rightBits;
		this.#fineBits = Math.max(0, bits - rightBits - 16);
		this.#fineMask = 2 ** this.#fineBits - 1;
		this.#coarse = Math.ceil(size / 2 ** (rightBits + this.#fineBits));
		this.#lefts = this.#coarse * 2 ** this.#fineBits;
	}

	/** The value at `index`, 0 ≤ index < size. */
	at(index: number): number {
		this.#check(index);
		let value = index;
		do {
			value = this.#encrypt(value);
		} while (value >= this.size);

		return value;
	}

	/** Where `value` stands: the inverse of `at`. */
	indexOf(value: number): number {
		this.#check(value);
		let index = value;
		do {
			index = this.#decrypt(index);
		} while (index >= this.size);

		return index;
	}

	/** Outside of the range a walk might never come back. */
	#check(value: number): void {
		if (!(value >= 0 && value < this.size)) {
			throw new RangeError(`Expected a number between 0 and ${this.size - 1}, got ${value}`);
		}
	}

	/** Five rounds: the halves take turns, and each is moved by a hash of the other. */
	#encrypt(value: number): number {
		const keys = this.#keys;
		const lefts = this.#lefts;
		let left = (value * this.#perRight) | 0;
		let right = (value - left * this.#rights) | 0;
		right ^= scramble(left ^ keys[0]) & this.#rightMask;
		left = wrapAbove(left + this.#stepsOf(scramble(right ^ keys[1])), lefts);
		right ^= scramble(left ^ keys[2]) & this.#rightMask;
		left = wrapAbove(left + this.#stepsOf(scramble(right ^ keys[3])), lefts);
		right ^= scramble(left ^ keys[4]) & this.#rightMask;
		return left * this.#rights + right;
	}

	/** The rounds backwards. */
	#decrypt(value: number): number {
		const keys = this.#keys;
		const lefts = this.#lefts;
		let left = (value * this.#perRight) | 0;
		let right = (value - left * this.#rights) | 0;
		right ^= scramble(left ^ keys[4]) & this.#rightMask;
		left = wrapBelow(left - this.#stepsOf(scramble(right ^ keys[3])), lefts);
		right ^= scramble(left ^ keys[2]) & this.#rightMask;
		left = wrapBelow(left - this.#stepsOf(scramble(right ^ keys[1])), lefts);
		right ^= scramble(left ^ keys[0]) & this.#rightMask;
		return left * this.#rights + right;
	}

	/** How far a hash moves the left half: 16 bits of it choose the coarse step, others the fine one. */
	#stepsOf(hash: number): number {
		const coarse = Math.imul(hash >>> 16, this.#coarse) >>> 16;
		return (coarse << this.#fineBits) | (hash & this.#fineMask);
	}
}

// Neither branches: a branch would be guessed wrong every other time.

/** A sum, from 0 … 2 size - 1 to 0 … size - 1. */
const wrapAbove = (sum: number, size: number): number => sum - (size & ~((sum - size) >> 31));

/** A difference, from -size … size - 1 to 0 … size - 1. */
const wrapBelow = (difference: number, size: number): number => difference + (size & (difference >> 31));

/** Bits to hold every value below `size`; at least one for each half. */
const bitsFor = (size: number): number => {
	let bits = 2;
	while (2 ** bits < size) {
		bits++;
	}

	return bits;
};

/**
 * A hash of 32 bits. Two multiplications are needed: with one, parts of a range
 * of 2^24 are hit unevenly.
 */
const scramble = (word: number): number => {
	const once = Math.imul(word, 0x9e_37_79_b1);
	const twice = Math.imul(once ^ (once >>> 15), 0xc2_b2_ae_35);
	return twice ^ (twice >>> 16);
};

/**
 * A scan asks for every value there is, so what counts is how many values of the order give away the rest.
 * With halves of n bits four rounds are good for about 2^(n/2) values (Luby and Rackoff 1988), five for about 2^n
 * (Patarin 2004).
 */
const ROUNDS = 5;

/** One word for each round, from SplitMix64. */
const roundKeys = (seed: bigint): Int32Array => {
	const keys = new Int32Array(ROUNDS);
	let state = seed;
	for (let round = 0; round < ROUNDS; round++) {
		state = BigInt.asUintN(64, state + 0x9e37_79b9_7f4a_7c15n);
		let word = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58_476d_1ce4_e5b9n);
		word = BigInt.asUintN(64, (word ^ (word >> 27n)) * 0x94d0_49bb_1331_11ebn);
		keys[round] = Number(BigInt.asIntN(32, (word ^ (word >> 31n)) >> 32n));
	}

	return keys;
};
