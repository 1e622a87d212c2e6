import test from 'ava';
import * as fc from 'fast-check';
import {sortAscending} from '../../src/sets/sort-ascending.ts';

test('keys are put in order', t => {
	const key = fc.oneof(
		fc.nat({max: 5}),
		fc.maxSafeNat(),
		fc.constantFrom(2047, 2048, 2 ** 31, 2 ** 32, 2 ** 33, 2 ** 53 - 1),
	);
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(key), keys => {
				const expected = [...keys].sort((a, b) => a - b);
				return sortAscending(Float64Array.from(keys)).join() === expected.join();
			}),
		),
	);
});
