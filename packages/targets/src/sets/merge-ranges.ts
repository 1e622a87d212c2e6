import {ascendingOrder} from './ascending-order.ts';
import {beginsOf, RangeList} from './range-list.ts';

/** The same positions as ascending ranges that neither overlap nor touch. Begin and end (not included) of each in turn. */
export const mergeRanges = (ranges: Float64Array): Float64Array => {
	const merged = new RangeList(ranges.length / 2);
	let covered = 0;
	for (const range of ascendingOrder(beginsOf(ranges))) {
		const begin = Math.max(covered, ranges[2 * range]);
		const end = ranges[2 * range + 1];
		if (begin < end) {
			merged.add(begin, end);
			covered = end;
		}
	}

	return merged.bounds();
};
