/**
 * A keyed permutation of the integers 0 … size - 1 that is never stored: any element can be asked for,
 * in either direction, in constant time and without allocating.
 *
 * It is a Feistel network over the next power of two, with cycle walking: a value that falls outside is
 * permuted again until it falls inside, which takes less than two passes on average.
 * It spreads probes well and is no cipher: whoever sees enough of the order may find the seed.
 */
export class Permutation {
	readonly size: number;
	readonly #keys: Uint32Array;
	readonly #leftMask: number;
	readonly #rightMask: number;
	/** Values of the right half, as a factor: halves are taken apart by arithmetic, for bit operations end at 32 bits. */
	readonly #span: number;

	/** `size` is at most 2^53 - 1. Of the seed, 64 bits count. */
	constructor(size: number, seed: bigint) {
		if (!Number.isSafeInteger(size) || size < 0) {
			throw new RangeError(`Expected a size between 0 and 2^53 - 1, got ${size}`);
		}

		const bits = bitsFor(size);
		const rightBits = Math.ceil(bits / 2);
		this.size = size;
		this.#keys = roundKeys(seed);
		this.#leftMask = 2 ** (bits - rightBits) - 1;
		this.#rightMask = 2 ** rightBits - 1;
		this.#span = 2 ** rightBits;
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

	#encrypt(value: number): number {
		let left = Math.floor(value / this.#span);
		let right = value - left * this.#span;
		for (let round = 0; round < ROUNDS; round += 2) {
			left ^= scramble(right ^ this.#keys[round]) & this.#leftMask;
			right ^= scramble(left ^ this.#keys[round + 1]) & this.#rightMask;
		}

		return left * this.#span + right;
	}

	#decrypt(value: number): number {
		let left = Math.floor(value / this.#span);
		let right = value - left * this.#span;
		for (let round = ROUNDS - 2; round >= 0; round -= 2) {
			right ^= scramble(left ^ this.#keys[round + 1]) & this.#rightMask;
			left ^= scramble(right ^ this.#keys[round]) & this.#leftMask;
		}

		return left * this.#span + right;
	}
}

/**
 * A scan asks for every value there is, so what counts is how many values of the order give away the rest.
 * With halves of n bits four rounds are good for about 2^(n/2) values (Luby and Rackoff 1988), six for about 2^n
 * (Patarin 2004). The loops take rounds in pairs, one for each half.
 */
const ROUNDS = 6;

/** Bits to hold every value below `size`; at least one for each half. */
const bitsFor = (size: number): number => {
	let bits = 2;
	while (2 ** bits < size) {
		bits++;
	}

	return bits;
};

/** The finaliser of MurmurHash3 (32 bits): every bit of the result depends on every bit of `word`. */
const scramble = (word: number): number => {
	let mixed = Math.imul(word ^ (word >>> 16), 0x85_eb_ca_6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2_b2_ae_35);
	return mixed ^ (mixed >>> 16);
};

/** One word for each round, from SplitMix64. */
const roundKeys = (seed: bigint): Uint32Array => {
	const keys = new Uint32Array(ROUNDS);
	let state = seed;
	for (let round = 0; round < ROUNDS; round++) {
		state = BigInt.asUintN(64, state + 0x9e37_79b9_7f4a_7c15n);
		let word = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58_476d_1ce4_e5b9n);
		word = BigInt.asUintN(64, (word ^ (word >> 27n)) * 0x94d0_49bb_1331_11ebn);
		keys[round] = Number((word ^ (word >> 31n)) >> 32n);
	}

	return keys;
};
