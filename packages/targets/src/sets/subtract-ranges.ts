import {RangeList} from './range-list.ts';

/** What is left of ranges without those that are barred. All are ascending, without overlap; begin and end in turn. */
export const subtractRanges = (ranges: Float64Array, barred: Float64Array): Float64Array => {
	if (barred.length === 0) {
		return ranges;
	}

	const left = new RangeList((ranges.length + barred.length) / 2);
	let ahead = 0;
	for (let at = 0; at < ranges.length; at += 2) {
		while (2 * ahead < barred.length && barred[2 * ahead + 1] <= ranges[at]) {
			ahead++;
		}

		addUnbarred(left, ranges[at], ranges[at + 1], barred, ahead);
	}

	return left.bounds();
};

/** Adds what is left of one range. `ahead` is the first of the barred ranges that ends behind its begin. */
export const addUnbarred = (
	left: RangeList,
	begin: number,
	end: number,
	barred: Float64Array,
	ahead: number,
): void => {
	let free = begin;
	for (let at = 2 * ahead; at < barred.length && barred[at] < end; at += 2) {
		if (barred[at] > free) {
			left.add(free, barred[at]);
		}

		free = Math.max(free, barred[at + 1]);
	}

	if (free < end) {
		left.add(free, end);
	}
};
