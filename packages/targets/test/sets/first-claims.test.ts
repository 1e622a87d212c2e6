import test from 'ava';
import {firstClaims} from '../../src/sets/first-claims.ts';

const claims = test.macro({
	title: (_, ranges: number[], bounds: number[], owners: number[]) =>
		`of [${ranges.join()}] the owners [${owners.join()}] claim [${bounds.join()}]`,
	exec(t, ranges: number[], bounds: number[], owners: number[]) {
		const claimed = firstClaims(Float64Array.from(ranges));
		t.deepEqual([[...claimed.bounds], [...claimed.owners]], [bounds, owners]);
	},
});

test(claims, [5, 7], [5, 7], [0]);
test(claims, [5, 7, 1, 3], [5, 7, 1, 3], [0, 1]);
test(claims, [5, 7, 7, 9], [5, 7, 7, 9], [0, 1]);
test(claims, [4, 6, 0, 10], [4, 6, 0, 4, 6, 10], [0, 1, 1]);
test(claims, [0, 10, 4, 6], [0, 10], [0]);
test(claims, [2, 4, 6, 8, 0, 10], [2, 4, 6, 8, 0, 2, 4, 6, 8, 10], [0, 1, 2, 2, 2]);
test(claims, [], [], []);
