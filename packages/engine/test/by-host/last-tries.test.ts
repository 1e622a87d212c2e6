import test from 'ava';
import {isLastTry} from '../../src/by-host/last-tries.ts';

const lasts = test.macro({
	title: (_, maxRetries: number) => `the last of ${maxRetries + 1} tries`,
	exec(t, maxRetries: number, attempts: readonly number[]) {
		const all = Array.from({length: maxRetries + 1}, (_, attempt) => attempt);
		t.deepEqual(
			all.filter(attempt => isLastTry(attempt, maxRetries)),
			attempts,
		);
	},
});

test(lasts, 10, [9, 10]);
test(lasts, 6, [5, 6]);
test(lasts, 3, [3]);
test(lasts, 2, []);
test(lasts, 0, []);
