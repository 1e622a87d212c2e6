import test from 'ava';
import * as fc from 'fast-check';
import {mergeRanges} from '../../src/sets/merge-ranges.ts';
import {settleRanges} from '../../src/sets/settle-ranges.ts';
import {positionsOf, someRanges} from './ranges.ts';

const leaves = test.macro({
	title: (_, ranges: number[], taken: number[], left: number[]) =>
		`[${ranges.join()}] without [${taken.join()}] leaves [${left.join()}]`,
	exec(t, ranges: number[], taken: number[], left: number[]) {
		t.deepEqual([...settleRanges(Float64Array.from(ranges), mergeRanges(Float64Array.from(taken)))], left);
	},
});

test(leaves, [5, 7], [], [5, 7]);
test(leaves, [5, 7, 1, 3], [], [5, 7, 1, 3]);
test(leaves, [5, 7, 7, 9], [], [5, 9]);
test(leaves, [7, 9, 5, 7], [], [7, 9, 5, 7]);
test(leaves, [4, 6, 0, 10], [], [4, 6, 0, 4, 6, 10]);
test(leaves, [0, 10, 4, 6], [], [0, 10]);
test(leaves, [0, 10, 0, 10], [], [0, 10]);
test(leaves, [0, 10], [4, 6], [0, 4, 6, 10]);
test(leaves, [0, 10], [0, 4, 4, 10], []);
test(leaves, [0, 10], [20, 30], [0, 10]);
test(leaves, [], [0, 1], []);
test(leaves, [0, 10, 20, 30, 5, 8], [], [0, 10, 20, 30]);
test(leaves, [4, 6, 20, 30, 0, 10], [], [4, 6, 20, 30, 0, 4, 6, 10]);
test(leaves, [4, 6, 20, 30, 0, 10], [5, 25], [4, 5, 25, 30, 0, 4]);
test(leaves, [20, 30, 0, 10], [2, 4, 3, 6, 28, 40], [20, 28, 0, 2, 6, 10]);
test(leaves, [0, 2 ** 53 - 1], [2 ** 40, 2 ** 41], [0, 2 ** 40, 2 ** 41, 2 ** 53 - 1]);

test('it leaves what a walk position by position leaves', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(someRanges(), someRanges(), (given, taken) => {
				const gone = new Set(positionsOf(taken));
				const expected = [...new Set(positionsOf(given))].filter(position => !gone.has(position));
				const left = settleRanges(Float64Array.from(given), mergeRanges(Float64Array.from(taken)));
				return positionsOf([...left]).join() === expected.join();
			}),
			{numRuns: 2000},
		),
	);
});
