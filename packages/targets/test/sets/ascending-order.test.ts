import test from 'ava';
import * as fc from 'fast-check';
import {ascendingOrder} from '../../src/sets/ascending-order.ts';

test('keys are put in order, and equal keys keep theirs', t => {
	const key = fc.oneof(
		fc.nat({max: 5}),
		fc.maxSafeNat(),
		fc.constantFrom(2047, 2048, 2 ** 31, 2 ** 32, 2 ** 33),
	);
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(key), keys => {
				const expected = [...keys.keys()].sort((a, b) => keys[a] - keys[b]);
				return ascendingOrder(Float64Array.from(keys)).join() === expected.join();
			}),
		),
	);
});
