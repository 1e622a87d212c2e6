import type {SweepPlan} from '@halfopen/model';
import {BYTES_PER_POSITION} from './position-window.ts';
import {REMEMBERED_BYTES} from './recent-results.ts';
import {tableBytes} from './result-table.ts';

/**
 * Positions from the oldest unfinished to the newest asked, at the most: a second at two million probes per second. With
 * more, what is held at the highest rates would not stay below 200 MB.
 */
export const MOST_SPAN: number = 2 ** 21;

/** Two queues hold positions as well: those on their way, and those to be sent again. */
const BYTES_IN_QUEUES = 2 * 4;

/** Memory for what is on its way, at the most. */
export const MOST_WINDOW_BYTES: number = MOST_SPAN * (BYTES_PER_POSITION + BYTES_IN_QUEUES);

/** What decides how results are kept. */
export interface ResultsWish {
	/** Numbers in the scan space, and positions in the order or in this shard of it. */
	readonly size: number;
	readonly positions: number;
	/** What the user asked for, if anything. */
	readonly results?: 'table' | 'stream';
	/** Memory for states, in bytes. */
	readonly resultsBudget: number;
}

/** How a sweep keeps its results: as asked, otherwise in a table if one fits the budget. */
export const planSweep = ({size, positions, results, resultsBudget}: ResultsWish): SweepPlan => {
	const bytes = tableBytes(size);
	const fits = bytes <= resultsBudget;
	const kept = results ?? (fits ? 'table' : 'stream');
	const need = `a table of ${size} states takes ${bytes} bytes`;
	const fitting = `${need}, ${fits ? 'within' : 'more than'} the budget of ${resultsBudget}`;
	return {
		positions,
		results: kept,
		because: results === undefined ? fitting : 'asked for',
		resultBytes: kept === 'table' ? bytes : REMEMBERED_BYTES,
		mostWindowBytes: MOST_WINDOW_BYTES,
	};
};
