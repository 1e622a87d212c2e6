import test from 'ava';
import {firstClaims} from '../../src/sets/first-claims.ts';

const leaves = test.macro({
	title: (_, ranges: number[], taken: number[], left: number[]) =>
		`[${ranges.join()}] without [${taken.join()}] leaves [${left.join()}]`,
	exec(t, ranges: number[], taken: number[], left: number[]) {
		t.deepEqual([...firstClaims(Float64Array.from(ranges), Float64Array.from(taken))], left);
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
