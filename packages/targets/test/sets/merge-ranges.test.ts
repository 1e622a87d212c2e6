import test from 'ava';
import * as fc from 'fast-check';
import {mergeRanges} from '../../src/sets/merge-ranges.ts';
import {subtractRanges} from '../../src/sets/subtract-ranges.ts';
import {positionsOf, someRanges} from './ranges.ts';

const merges = test.macro({
	title: (_, ranges: number[], merged: number[]) => `[${ranges.join()}] are [${merged.join()}]`,
	exec(t, ranges: number[], merged: number[]) {
		t.deepEqual([...mergeRanges(Float64Array.from(ranges))], merged);
	},
});

test(merges, [], []);
test(merges, [5, 7], [5, 7]);
test(merges, [5, 7, 1, 3], [1, 3, 5, 7]);
test(merges, [5, 7, 3, 5], [3, 7]);
test(merges, [0, 10, 2, 4, 6, 8], [0, 10]);
test(merges, [0, 4, 0, 4, 2, 6], [0, 6]);
test(merges, [2 ** 40, 2 ** 41, 0, 1], [0, 1, 2 ** 40, 2 ** 41]);

test('merged ranges cover what the ranges cover, ascending and apart', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(someRanges(), ranges => {
				const merged = [...mergeRanges(Float64Array.from(ranges))];
				const expected = [...new Set(positionsOf(ranges))].sort((a, b) => a - b);
				const isApart = merged.every((bound, index) => index === 0 || bound > merged[index - 1]);
				return isApart && positionsOf(merged).join() === expected.join();
			}),
			{numRuns: 2000},
		),
	);
});

test('subtraction leaves what is not barred', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(someRanges(), someRanges(), (ranges, barred) => {
				const [left, right] = [ranges, barred].map(bounds => mergeRanges(Float64Array.from(bounds)));
				const gone = new Set(positionsOf(barred));
				const expected = positionsOf([...left]).filter(position => !gone.has(position));
				return positionsOf([...subtractRanges(left, right)]).join() === expected.join();
			}),
			{numRuns: 2000},
		),
	);
});
