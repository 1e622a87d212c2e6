/**
 * The generator xoshiro128** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021):
 * 32 bits a step, period 2^128 - 1. Not for secrets.
 */
export class Random {
	readonly #state: Uint32Array;

	/** Four words, not all zero. */
	constructor(state: Uint32Array) {
		this.#state = Uint32Array.from(state);
	}

	/** The next 32 bits. */
	next(): number {
		const state = this.#state;
		const result = Math.imul(rotateLeft(Math.imul(state[1], 5), 7), 9) >>> 0;
		const shifted = state[1] << 9;
		state[2] ^= state[0];
		state[3] ^= state[1];
		state[1] ^= state[2];
		state[0] ^= state[3];
		state[2] ^= shifted;
		state[3] = rotateLeft(state[3], 11);
		return result;
	}

	/** Evenly spread from 0 to below 1. */
	fraction(): number {
		return this.next() / 2 ** 32;
	}

	/** True with this chance. A chance of 0 draws nothing. */
	chance(probability: number): boolean {
		return probability > 0 && this.fraction() < probability;
	}
}

/** An independent generator for each name under one seed, so that what one part draws moves no other. */
export const randomFor = (seed: number, name: string): Random => {
	let hash = mix(seed >>> 0);
	for (const character of name) {
		hash = mix((hash + (character.codePointAt(0) ?? 0)) >>> 0);
	}

	return new Random(Uint32Array.from({length: 4}, (_, word) => mix((hash + (word + 1) * GOLDEN) >>> 0)));
};

const GOLDEN = 0x9e_37_79_b9; // 2^32 / golden ratio

/** A bijection of 32 bits in which each bit of the input moves about half the bits (finalizer of MurmurHash3). */
const mix = (value: number): number => {
	let bits = value;
	bits = Math.imul(bits ^ (bits >>> 16), 0x85_eb_ca_6b);
	bits = Math.imul(bits ^ (bits >>> 13), 0xc2_b2_ae_35);
	return (bits ^ (bits >>> 16)) >>> 0;
};

const rotateLeft = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
