import {type Micros, micros} from '@halfopen/model';
import type {PortBehaviour} from '@halfopen/simulator';
import fc from 'fast-check';

/** Whole microseconds. */
export const duration = (most: number): fc.Arbitrary<Micros> =>
	fc.integer({min: 0, max: most}).map(value => micros(value));

export const chance = (most: number): fc.Arbitrary<number> => fc.double({min: 0, max: most, noNaN: true});

/** What ports do; the last rejects by ICMP. */
export const behaviour: fc.Arbitrary<PortBehaviour> = fc.constantFrom<PortBehaviour[]>(
	'open',
	'closed',
	'silent',
	{type: 3, code: 1},
);
