import test from 'ava';
import * as fc from 'fast-check';
import {AscendingLookup} from '../../src/sets/ascending-lookup.ts';

test('it finds what a search from the front finds', t => {
	const word = fc.oneof(fc.nat({max: 100}), fc.integer({min: 0, max: 2 ** 32 - 1}));
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.uniqueArray(word, {maxLength: 50}), fc.array(word), (numbers, limits) => {
				const values = Uint32Array.from(numbers).sort();
				const lookup = new AscendingLookup(values);
				return [...values, ...[...values].map(value => value + 1), ...limits, 0, 2 ** 32 - 1]
					.filter(limit => limit < 2 ** 32)
					.every(limit => lookup.lastAtMost(limit) === values.findLastIndex(value => value <= limit));
			}),
			{numRuns: 1000},
		),
	);
});

test('among no values there is none', t => {
	t.is(new AscendingLookup(new Uint32Array(0)).lastAtMost(0), -1);
});
