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
	readonly #network: Network;

	/** `size` is at most 2^53 - 1. Of the seed, 64 bits count. */
	constructor(size: number, seed: bigint) {
		if (!Number.isSafeInteger(size) || size < 0) {
			throw new RangeError(`Expected a size between 0 and 2^53 - 1, got ${size}`);
		}

		this.size = size;
		this.#network = networkFor(size, seed);
	}

	/** The value at `index`, 0 ≤ index < size. */
	at(index: number): number {
		const {size} = this;
		if (!(index >= 0 && index < size)) {
			throw outOfRange(index, size);
		}

		const network = this.#network;
		let value = index;
		do {
			value = encrypt(value, network);
		} while (value >= size);

		return value;
	}

	/**
	 * Writes the values at `first`, `first + step`, … into `values`: `count` of them, at most `MOST_AT_ONCE`. Where `at`
	 * waits for each multiplication, there are others to be done here.
	 */
	write(values: Float64Array, count: number, first: number, step: number): void {
		const {size} = this;
		const last = first + (count - 1) * step;
		if (!(first >= 0 && last < size)) {
			throw outOfRange(last, size);
		}

		for (let index = 0; index < count; index++) {
			values[index] = first + index * step;
		}

		encryptAll(values, count, this.#network);
		for (let index = 0; index < count; index++) {
			while (values[index] >= size) {
				values[index] = encrypt(values[index], this.#network);
			}
		}
	}

	/** Where `value` stands: the inverse of `at`. */
	indexOf(value: number): number {
		const {size} = this;
		if (!(value >= 0 && value < size)) {
			throw outOfRange(value, size);
		}

		const network = this.#network;
		let index = value;
		do {
			index = decrypt(index, network);
		} while (index >= size);

		return index;
	}
}

/** Values that are permuted side by side: so many that none has to wait for another, and few enough for the L1 cache. */
export const MOST_AT_ONCE = 64;

/** Outside of the range a walk might never come back. */
const outOfRange = (value: number, size: number): RangeError =>
	new RangeError(`Expected a number between 0 and ${size - 1}, got ${value}`);

// What follows runs for every probe, so it is kept small enough for V8 to inline it there: it counts the bytecodes of
// the source, whatever becomes of them.

/** Integers of 32 bits where they fit: V8 would have to convert others, and `2 ** n` is one of the others. */
interface Network {
	/** One for each round. */
	readonly keys: Int32Array;
	/** Values of each half, as factors: halves are taken apart by arithmetic, for bit operations end at 32 bits. */
	readonly lefts: number;
	readonly rights: number;
	readonly rightMask: number;
	/** 1 / rights, exact. */
	readonly perRight: number;
	/** Values of the left half are `coarse` steps, at most 2^16, of 2^`fineBits` values each. */
	readonly coarse: number;
	readonly fineBits: number;
	readonly fineMask: number;
	/** Room for the halves of values that are permuted side by side. */
	readonly leftHalves: Int32Array;
	readonly rightHalves: Int32Array;
}

const networkFor = (size: number, seed: bigint): Network => {
	const bits = bitsFor(size);
	const rightBits = Math.ceil(bits / 2);
	const fineBits = Math.max(0, bits - rightBits - 16);
	const coarse = Math.ceil(size / 2 ** (rightBits + fineBits));
	return {
		keys: roundKeys(seed),
		lefts: coarse << fineBits,
		rights: 2 ** rightBits,
		rightMask: (1 << rightBits) - 1,
		perRight: 2 ** -rightBits,
		coarse: coarse | 0,
		fineBits,
		fineMask: (1 << fineBits) - 1,
		leftHalves: new Int32Array(MOST_AT_ONCE),
		rightHalves: new Int32Array(MOST_AT_ONCE),
	};
};

/** Five rounds: the halves take turns, and each is moved by a hash of the other. */
const encrypt = (value: number, network: Network): number => {
	const {keys, lefts, rights, rightMask} = network;
	let left = (value * network.perRight) | 0;
	let right = (value - left * rights) | 0;
	for (let round = 0; round < LAST_ROUND; round += 2) {
		right ^= scramble(left ^ keys[round]) & rightMask;
		left += stepsOf(scramble(right ^ keys[round + 1]), network);
		left -= lefts & ~((left - lefts) >> 31); // Unless it is below; without a branch, which would be hard to guess
	}

	right ^= scramble(left ^ keys[LAST_ROUND]) & rightMask;
	return left * rights + right;
};

/** The same side by side: two rounds of each value, then the next two of each. */
const encryptAll = (values: Float64Array, count: number, network: Network): void => {
	const {keys, rights, rightMask, perRight, leftHalves, rightHalves} = network;
	for (let index = 0; index < count; index++) {
		const left = (values[index] * perRight) | 0;
		leftHalves[index] = left;
		rightHalves[index] = (values[index] - left * rights) | 0;
	}

	for (let round = 0; round < LAST_ROUND; round += 2) {
		twoRounds(count, keys[round], keys[round + 1], network);
	}

	const lastKey = keys[LAST_ROUND];
	for (let index = 0; index < count; index++) {
		const left = leftHalves[index];
		values[index] = left * rights + (rightHalves[index] ^ (scramble(left ^ lastKey) & rightMask));
	}
};

const twoRounds = (count: number, rightKey: number, leftKey: number, network: Network): void => {
	const {lefts, rightMask, leftHalves, rightHalves} = network;
	for (let index = 0; index < count; index++) {
		const right = rightHalves[index] ^ (scramble(leftHalves[index] ^ rightKey) & rightMask);
		const left = leftHalves[index] + stepsOf(scramble(right ^ leftKey), network);
		leftHalves[index] = left - (lefts & ~((left - lefts) >> 31));
		rightHalves[index] = right;
	}
};

/** The rounds backwards. */
const decrypt = (value: number, network: Network): number => {
	const {keys, lefts, rights, rightMask} = network;
	let left = (value * network.perRight) | 0;
	let right = (value - left * rights) | 0;
	right ^= scramble(left ^ keys[LAST_ROUND]) & rightMask;
	for (let round = LAST_ROUND - 2; round >= 0; round -= 2) {
		left -= stepsOf(scramble(right ^ keys[round + 1]), network);
		left += lefts & (left >> 31); // If it is negative
		right ^= scramble(left ^ keys[round]) & rightMask;
	}

	return left * rights + right;
};

/** How far a hash moves the left half: 16 bits of it choose the coarse step, others the fine one. */
const stepsOf = (hash: number, {coarse, fineBits, fineMask}: Network): number =>
	((Math.imul(hash >>> 16, coarse) >>> 16) << fineBits) | (hash & fineMask);

/**
 * A hash of 32 bits. Two multiplications are needed: with one, parts of a range of 2^24 are hit unevenly.
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
const LAST_ROUND = ROUNDS - 1;

/** Bits to hold every value below `size`; at least one for each half. */
const bitsFor = (size: number): number => {
	let bits = 2;
	while (2 ** bits < size) {
		bits++;
	}

	return bits;
};

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
