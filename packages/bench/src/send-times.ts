// What send times tell. They are microseconds in ascending order; packets handed to the kernel together have the same.

import {SECOND} from '@halfopen/model';

/** Packets per second between the first and the last time. */
export const rateOf = (times: Float64Array): number => {
	const last = times[times.length - 1];
	const elapsed = last - times[0];
	return elapsed > 0 ? (times.indexOf(last) / elapsed) * SECOND : 0;
};

/** Packets handed over together, at the most. */
export const mostAtOnce = (times: Float64Array): number => {
	let most = 0;
	let begin = 0;
	for (let index = 0; index < times.length; index++) {
		begin = times[index] === times[begin] ? begin : index;
		most = Math.max(most, index + 1 - begin);
	}

	return most;
};

/** Microseconds. */
export const longestGap = (times: Float64Array): number =>
	times.reduce((longest, at, index) => (index === 0 ? 0 : Math.max(longest, at - times[index - 1])), 0);

/**
 * How the time from each hand-over to the next compares with what its packets are due, by `even` microseconds each:
 * which share of the hand-overs is of which kind.
 */
export const gapShares = (times: Float64Array, even: number): Record<string, number> => {
	const counts = GAP_KINDS.map(() => 0);
	let begin = 0;
	for (let index = 1; index < times.length; index++) {
		if (times[index] !== times[begin]) {
			const ratio = (times[index] - times[begin]) / ((index - begin) * even);
			counts[GAP_KINDS.findIndex(({below}) => ratio < below)]++;
			begin = index;
		}
	}

	const handOvers = Math.max(
		1,
		counts.reduce((sum, count) => sum + count, 0),
	);
	return Object.fromEntries(GAP_KINDS.map(({name}, kind) => [name, counts[kind] / handOvers]));
};

const GAP_KINDS = [
	{name: 'gaps below half', below: 0.5},
	{name: 'half to 0.9', below: 0.9},
	{name: 'right within 10 %', below: 1.1},
	{name: '1.1 to 2 times', below: 2},
	{name: '2 to 10 times', below: 10},
	{name: 'over 10 times', below: Infinity},
];
