import test from 'ava';
import {ScanError} from '@halfopen/model';
import * as fc from 'fast-check';
import {ProbeOrder, type Shard} from '../../src/index.ts';

const numbersOf = (order: ProbeOrder): number[] =>
	Array.from({length: order.size}, (_, position) => order.numberAt(position));

test('a sequential order counts up', t => {
	t.deepEqual(numbersOf(new ProbeOrder({size: 5, seed: 1n, sequential: true})), [0, 1, 2, 3, 4]);
});

test('a sequential shard counts up in steps', t => {
	const shard = {index: 2, count: 3};
	t.deepEqual(numbersOf(new ProbeOrder({size: 9, seed: 1n, sequential: true, shard})), [1, 4, 7]);
});

test('a seed decides the order', t => {
	t.is(startOfOrder(1n), startOfOrder(1n));
	t.not(startOfOrder(1n), startOfOrder(2n));
});

test('shards have no number in common, and all together have every number', t => {
	const wrong: string[] = [];
	for (const sequential of [false, true]) {
		for (const size of [0, 1, 2, 7, 64, 1000]) {
			for (const count of [1, 2, 3, 7, 16, 64, 999, 1000, 1001, 5000]) {
				const numbers = shardsOf({size, sequential, count}).flatMap(order => numbersOf(order));
				const seen = new Set(numbers);
				if (numbers.length !== size || seen.size !== size || numbers.some(n => !(n >= 0 && n < size))) {
					wrong.push(`size ${size}, ${count} shards, ${sequential ? 'sequential' : 'shuffled'}`);
				}
			}
		}
	}

	t.deepEqual(wrong, []);
});

test('shards are cut from the order of the whole', t => {
	const whole = numbersOf(new ProbeOrder({size: 100, seed: 5n, sequential: false}));
	for (const [shard, order] of shardsOf({size: 100, sequential: false, count: 7}).entries()) {
		t.deepEqual(
			numbersOf(order),
			whole.filter((_, position) => position % 7 === shard),
		);
	}
});

test('every number has its position in one shard and in no other', t => {
	const shards = shardsOf({size: 500, sequential: false, count: 6});
	for (let n = 0; n < 500; n++) {
		const positions = shards.map(order => order.positionOf(n));
		const home = positions.findIndex(position => position !== -1);
		t.deepEqual(
			positions.filter(position => position !== -1),
			[positions[home]],
		);
		t.is(shards[home].numberAt(positions[home]), n);
	}
});

test('a position has its number whatever was asked before', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 400}),
				fc.integer({min: 1, max: 3}),
				fc.array(fc.record({from: fc.nat(), count: fc.integer({min: 1, max: 150})}), {maxLength: 12}),
				(size, count, walks) => {
					const options = {size, seed: 8n, sequential: false, shard: {index: 1, count}};
					const order = new ProbeOrder(options);
					return walks.every(walk =>
						Array.from({length: walk.count}, (_, index) => (walk.from + index) % order.size).every(
							position => order.numberAt(position) === new ProbeOrder(options).numberAt(position),
						),
					);
				},
			),
		),
	);
});

test('positions are found again in orders of any size', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: Number.MAX_SAFE_INTEGER}),
				fc.maxSafeNat(),
				fc.integer({min: 1, max: 1000}),
				fc.nat(),
				fc.boolean(),
				(size, any, count, index, sequential) => {
					const shard = {index: (index % count) + 1, count};
					const order = new ProbeOrder({size, seed: 4n, sequential, shard});
					if (order.size === 0) {
						return size < count;
					}

					const position = any % order.size;
					const n = order.numberAt(position);
					return n >= 0 && n < size && order.positionOf(n) === position;
				},
			),
			{numRuns: 2000},
		),
	);
});

test('numbers outside of the space have no position', t => {
	const order = new ProbeOrder({size: 10, seed: 1n, sequential: false});
	t.deepEqual(
		[-1, 10, Number.NaN].map(n => order.positionOf(n)),
		[-1, -1, -1],
	);
});

const refuses = test.macro({
	title: (_, {index, count}: Shard) => `there is no shard ${index} of ${count}`,
	exec(t, shard: Shard, message: string) {
		t.throws(() => new ProbeOrder({size: 10, seed: 1n, sequential: false, shard}), {
			instanceOf: ScanError,
			code: 'ERR_HALFOPEN_OPTION',
			message,
		});
	},
});

test(refuses, {index: 0, count: 3}, 'Expected a shard between 1 and 3, got `0`');
test(refuses, {index: 4, count: 3}, 'Expected a shard between 1 and 3, got `4`');
test(refuses, {index: 1.5, count: 3}, 'Expected a shard between 1 and 3, got `1.5`');
test(refuses, {index: 1, count: 0}, 'Expected at least one shard, got `0`');

// What a host or a network sees of a shuffled scan. In an order without pattern, the next probe is for it with a
// chance of 1 in `parts`, whatever was before: gaps have a geometric distribution.
interface Spread {
	readonly size: number;
	readonly parts: number;
	readonly seed?: bigint;
	readonly shard?: Shard;
}

const orderOf = ({size, seed = 11n, shard}: Spread): ProbeOrder =>
	new ProbeOrder({size, seed, sequential: false, ...(shard && {shard})});

const spreads = test.macro({
	title: (_, what: string) => `probes to ${what} come as far apart as chance has it`,
	exec(t, _what: string, spread: Spread) {
		const {size, parts} = spread;
		const order = orderOf(spread);
		const last = new Float64Array(parts).fill(-1);
		const counts = new Float64Array(QUANTILES);
		let gaps = 0;
		// Of a gap that began in time the end is seen, however long it is.
		for (let position = 0; position < GAPS_BEGIN + 20 * parts; position++) {
			const part = Math.floor(order.numberAt(position) / (size / parts));
			if (last[part] !== -1 && last[part] < GAPS_BEGIN) {
				const survival = (1 - 1 / parts) ** (position - last[part] - 1);
				counts[Math.min(QUANTILES - 1, Math.floor((1 - survival) * QUANTILES))]++;
				gaps++;
			}

			last[part] = position;
		}

		// Each part of the distribution has its share, within five standard deviations and the width of one gap.
		const share = gaps / QUANTILES;
		const tolerance = 5 * Math.sqrt(share) + gaps / parts;
		t.is(gaps, GAPS_BEGIN);
		t.true(
			counts.every(count => Math.abs(count - share) < tolerance),
			counts.join(),
		);
	},
});

const GAPS_BEGIN = 500_000;
const QUANTILES = 10;

test(spreads, 'a host of 256 with 4096 ports', {size: 256 * 4096, parts: 256});
test(spreads, 'a host of 4096 with 1000 ports', {size: 4096 * 1000, parts: 4096});
test(spreads, 'a /24 of a /16 with 10 ports', {size: 2 ** 16 * 10, parts: 256});
test(spreads, 'a /24 of a /8', {size: 2 ** 24, parts: 2 ** 16});
test(spreads, 'a /24 of a /8 with 100 ports', {size: 2 ** 24 * 100, parts: 2 ** 16});
test(spreads, 'a /24 of a /8 in a shard', {size: 2 ** 26, parts: 2 ** 16, shard: {index: 2, count: 3}});
test(spreads, 'a network of 2^20 addresses in 2^32', {size: 2 ** 32, parts: 4096});

const keepsApart = test.macro({
	title: (_, what: string) => `no ${what} gets more probes in a row than chance has it`,
	exec(t, _what: string, {size, parts}: Spread) {
		for (const seed of [1n, 2n, 3n]) {
			const order = orderOf({size, parts, seed});
			const counts = new Uint32Array(parts);
			for (let position = 0; position < parts; position++) {
				counts[Math.floor(order.numberAt(position) / (size / parts))]++;
			}

			// Of so many probes as there are parts each has one on average; 13 or more have a chance of 1 in 10^10.
			t.true(Math.max(...counts) < 13, `seed ${seed}: ${Math.max(...counts)}`);
		}
	},
});

test(keepsApart, '/24 of a /8', {size: 2 ** 24, parts: 2 ** 16});
test(keepsApart, '/24 of a /8 with 1000 ports', {size: 2 ** 24 * 1000, parts: 2 ** 16});
test(keepsApart, 'host of a /16 with 65,536 ports', {size: 2 ** 32, parts: 2 ** 16});
test(keepsApart, '/16 of all addresses with 1000 ports', {size: 2 ** 32 * 1000, parts: 2 ** 16});

const shardsOf = ({
	size,
	sequential,
	count,
}: {
	readonly size: number;
	readonly sequential: boolean;
	readonly count: number;
}): ProbeOrder[] =>
	Array.from(
		{length: count},
		(_, index) => new ProbeOrder({size, seed: 5n, sequential, shard: {index: index + 1, count}}),
	);

const startOfOrder = (seed: bigint): string =>
	numbersOf(new ProbeOrder({size: 100, seed, sequential: false})).join();
