import test from 'ava';
import fc from 'fast-check';
import {isoTime} from '../../src/text/iso-time.ts';

test('a time is as JavaScript writes it, whatever times came before', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.nat(), fc.double({min: 0, max: 4e12, noNaN: true}), fc.nat(300_000)), {
					maxLength: 50,
				}),
				times => {
					for (const at of times) {
						if (isoTime(at) !== new Date(at).toISOString()) {
							throw new Error(`${at}: ${isoTime(at)}`);
						}
					}
				},
			),
			{numRuns: 1000},
		);
	});
});
