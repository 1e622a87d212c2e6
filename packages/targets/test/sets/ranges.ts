import * as fc from 'fast-check';

/** Begin and end of a few ranges, which may overlap. */
export const someRanges = (): fc.Arbitrary<number[]> => {
	const range = fc
		.tuple(fc.nat({max: 40}), fc.integer({min: 1, max: 12}))
		.map(([begin, size]) => [begin, begin + size]);
	return fc.array(range, {maxLength: 10}).map(bounds => bounds.flat());
};

/** The positions in ranges, one after the other. */
export const positionsOf = (bounds: readonly number[]): number[] =>
	bounds.flatMap((begin, index) =>
		index % 2 === 0 ? Array.from({length: bounds[index + 1] - begin}, (_, at) => begin + at) : [],
	);
