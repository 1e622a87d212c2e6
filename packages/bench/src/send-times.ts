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

/** Gaps by how they compare with the even spacing, in microseconds: which share is of which kind. */
export const gapShares = (times: Float64Array, even: number): Record<string, number> => {
	const counts = GAP_KINDS.map(() => 0);
	for (let index = 1; index < times.length; index++) {
		const ratio = (times[index] - times[index - 1]) / even;
		counts[GAP_KINDS.findIndex(({below}) => ratio < below)]++;
	}

	const gaps = Math.max(1, times.length - 1);
	return Object.fromEntries(GAP_KINDS.map(({name}, kind) => [name, counts[kind] / gaps]));
};

const GAP_KINDS = [
	{name: 'together', below: Number.MIN_VALUE},
	{name: 'below half', below: 0.5},
	{name: 'short', below: 0.9},
	{name: 'even within 10 %', below: 1.1},
	{name: 'long', below: 2},
	{name: 'over twice', below: 10},
	{name: 'over ten times', below: Infinity},
];
