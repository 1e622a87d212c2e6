import {beginsOf, endsOf, RangeList} from './range-list.ts';
import {sortAscending} from './sort-ascending.ts';

/**
 * The same positions as ascending ranges that neither overlap nor touch. Begin and end (not included) of each in turn;
 * none is empty.
 *
 * Begins and ends are sorted each by themselves. Where the n-th end comes before the begin that follows the n-th, as many
 * ranges have ended as have begun, so nothing is covered.
 */
export const mergeRanges = (ranges: Float64Array): Float64Array => {
	const begins = sortAscending(beginsOf(ranges));
	const ends = sortAscending(endsOf(ranges));
	const merged = new RangeList(begins.length);
	let first = 0;
	for (let last = 0; last < ends.length; last++) {
		if (last + 1 === ends.length || ends[last] < begins[last + 1]) {
			merged.add(begins[first], ends[last]);
			first = last + 1;
		}
	}

	return merged.bounds();
};
