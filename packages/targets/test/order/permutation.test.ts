import test from 'ava';
import * as fc from 'fast-check';
import {MOST_AT_ONCE, Permutation} from '../../src/index.ts';

test('every size up to 4096 is permuted one to one', t => {
	const wrong: string[] = [];
	for (const seed of [0n, 1n]) {
		for (let size = 0; size <= 4096; size++) {
			if (!isPermuted(new Permutation(size, seed))) {
				wrong.push(`size ${size}, seed ${seed}`);
			}
		}
	}

	t.deepEqual(wrong, []);
});

const inverts = test.macro({
	title: (_, size: number) => `indexOf is the inverse of at for a size of ${size}`,
	exec(t, size: number) {
		t.notThrows(() =>
			fc.assert(
				fc.property(fc.maxSafeNat(), fc.bigInt({min: 0n, max: 2n ** 64n - 1n}), (number, seed) => {
					const index = number % size;
					const permutation = new Permutation(size, seed);
					const value = permutation.at(index);
					return (
						value >= 0 &&
						value < size &&
						Number.isInteger(value) &&
						permutation.indexOf(value) === index &&
						permutation.at(permutation.indexOf(index)) === index
					);
				}),
				{
					numRuns: 1000,
					examples: [
						[0, 0n],
						[size - 1, 2n ** 64n - 1n],
					],
				},
			),
		);
	},
});

for (const size of [2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 2 ** 44 + 3, 2 ** 48, 2 ** 53 - 1]) {
	test(inverts, size);
}

const neverRepeats = test.macro({
	title: (_, size: number) => `no value comes twice among a million in a row for a size of ${size}`,
	exec(t, size: number) {
		for (const [seed, start] of [
			[1n, 0],
			[2n, Math.floor(size / 3)],
		] as const) {
			const permutation = new Permutation(size, seed);
			const values = new Float64Array(1_000_000);
			for (let index = 0; index < values.length; index++) {
				values[index] = permutation.at(start + index);
			}

			t.true(values.every((value, index) => permutation.indexOf(value) === start + index));
			values.sort();
			t.true(values.every((value, index) => index === 0 || value !== values[index - 1]));
		}
	},
});

// Above 2^44 a product of two halves no longer fits 64 bits, where a walk through a cyclic group goes wrong.
for (const size of [2 ** 32 * 1000, 2 ** 44 + 7, 2 ** 48, 2 ** 53 - 1]) {
	test(neverRepeats, size);
}

test('the order is a function of size and seed', t => {
	t.is(startOfOrder(7n), startOfOrder(7n));
	t.not(startOfOrder(7n), startOfOrder(8n));
	t.is(startOfOrder(7n), startOfOrder(7n + 2n ** 64n), 'only 64 bits count');
});

const keepsOrder = test.macro({
	title: (_, size: number, seed: bigint) =>
		`the order of size ${size} and seed ${seed} is what it always was`,
	exec(t, size: number, seed: bigint, values: readonly number[]) {
		const permutation = new Permutation(size, seed);
		t.deepEqual(
			[0, 1, 2, size - 1].map(index => permutation.at(index)),
			values,
		);
	},
});

test(keepsOrder, 1000, 7n, [641, 562, 690, 800]);
test(keepsOrder, 65_536_000, 1n, [55_746_191, 44_041_916, 45_799_933, 179_132]);
test(keepsOrder, 2 ** 32, 1n, [2_857_605_556, 650_142_094, 3_626_520_768, 245_668_139]);
test(
	keepsOrder,
	2 ** 48,
	5n,
	[174_145_880_274_774, 50_573_579_805_241, 111_371_812_977_534, 155_195_342_634_436],
);
test(
	keepsOrder,
	2 ** 53 - 1,
	9n,
	[5_425_456_159_579_651, 2_581_738_239_523_591, 8_100_262_649_022_896, 8_264_264_590_558_545],
);

test('many values at once are those that are found one by one', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(
				fc.oneof(fc.integer({min: 1, max: 10_000}), fc.integer({min: 1, max: Number.MAX_SAFE_INTEGER})),
				fc.maxSafeNat(),
				fc.integer({min: 1, max: 1000}),
				fc.integer({min: 1, max: MOST_AT_ONCE}),
				(size, any, step, most) => {
					const permutation = new Permutation(size, 6n);
					const first = any % size;
					const count = Math.min(most, Math.ceil((size - first) / step));
					const values = new Float64Array(MOST_AT_ONCE).fill(-1);
					permutation.write(values, count, first, step);
					return values.every(
						(value, index) => value === (index < count ? permutation.at(first + index * step) : -1),
					);
				},
			),
			{numRuns: 2000},
		),
	);
});

test('neighbours are spread over the whole of the range', t => {
	const permutation = new Permutation(2 ** 32, 3n);
	const parts = new Uint32Array(16);
	for (let index = 0; index < 16_000; index++) {
		parts[Math.floor(permutation.at(index) / 2 ** 28)]++;
	}

	// 1000 expected in each; 5 standard deviations are 153.
	t.true(
		parts.every(count => count > 847 && count < 1153),
		parts.join(),
	);
});

test('sizes and indices that make no sense are mistakes of the caller', t => {
	for (const size of [-1, 1.5, 2 ** 53, Number.NaN]) {
		t.throws(() => new Permutation(size, 1n), {instanceOf: RangeError});
	}

	const permutation = new Permutation(5, 1n);
	for (const index of [-1, 5, 7, Number.NaN]) {
		t.throws(() => permutation.at(index), {instanceOf: RangeError});
		t.throws(() => permutation.indexOf(index), {instanceOf: RangeError});
		t.throws(() => permutation.write(new Float64Array(1), 1, index, 1), {instanceOf: RangeError});
	}

	t.throws(() => permutation.write(new Float64Array(3), 3, 1, 2), {instanceOf: RangeError});
});

const isPermuted = (permutation: Permutation): boolean => {
	const seen = new Uint8Array(permutation.size);
	for (let index = 0; index < permutation.size; index++) {
		const value = permutation.at(index);
		if (seen[value] !== 0 || permutation.indexOf(value) !== index) {
			return false;
		}

		seen[value] = 1;
	}

	return !seen.includes(0);
};

const startOfOrder = (seed: bigint): string => {
	const permutation = new Permutation(1e6, seed);
	return Array.from({length: 100}, (_, index) => permutation.at(index)).join();
};
