import {NOT_BEGUN, NOTHING_SENT} from '@halfopen/model';
import type {Scan} from '@halfopen/scanner';

/** A scan without targets: it opens nothing, so it needs no privilege. */
export const EMPTY_SCAN: Scan = {
	progress: () => NOT_BEGUN,
	setRate: () => {},
	tell: () => {},
	async *batches() {
		yield [{type: 'end', summary: NOTHING_SENT}];
	},
	async *[Symbol.asyncIterator]() {
		yield {type: 'end', summary: NOTHING_SENT};
	},
};
