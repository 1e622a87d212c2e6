import {ascendingOrder} from './ascending-order.ts';
import {firstClaims} from './first-claims.ts';
import {beginsOf, RangeList} from './range-list.ts';
import {addUnbarred} from './subtract-ranges.ts';

/**
 * Cuts ranges of positions so that each position is left to the first range that has it, and none that
 * `barred` has, whose ranges are ascending without overlap.
 *
 * Ranges are given by their bounds: begin and end (not included) of each in turn. So is the result: ranges
 * in the order in which their claimants came, ascending within each, joined where neighbours touch.
 *
 * Most ranges of a long list overlap no other. They are found by a sort, and only the others contend.
 */
export const settleRanges = (ranges: Float64Array, barred: Float64Array): Float64Array => {
	const order = ascendingOrder(beginsOf(ranges));
	const {contested, ahead} = survey(ranges, order, barred);
	const claims = firstClaims(boundsAt(ranges, contested));
	const left = new RangeList((ranges.length + claims.bounds.length + barred.length) / 2);
	let claim = 0;
	let contender = 0;
	for (let range = 0; range < ahead.length; range++) {
		if (contested[contender] !== range) {
			addUnbarred(left, ranges[2 * range], ranges[2 * range + 1], barred, ahead[range]);
			continue;
		}

		for (; claims.owners[claim] === contender; claim++) {
			addUnbarred(left, claims.bounds[2 * claim], claims.bounds[2 * claim + 1], barred, ahead[range]);
		}

		contender++;
	}

	return left.bounds();
};

/**
 * One walk through the ranges as they stand on the line: the indices of those that overlap another, ascending; and for
 * each range the first of the barred ranges that ends behind its begin. `order` is that of their begins.
 */
const survey = (
	ranges: Float64Array,
	order: Uint32Array,
	barred: Float64Array,
): {contested: Uint32Array; ahead: Uint32Array} => {
	const isContested = new Uint8Array(order.length);
	const ahead = new Uint32Array(order.length);
	let contested = 0;
	let first = 0;
	let reach = -1;
	let at = 0;
	for (let index = 0; index < order.length; index++) {
		const range = order[index];
		const begin = ranges[2 * range];
		if (begin < reach) {
			contested += 2 - isContested[first] - isContested[range];
			isContested[first] = 1;
			isContested[range] = 1;
		} else {
			first = range;
		}

		while (2 * at < barred.length && barred[2 * at + 1] <= begin) {
			at++;
		}

		ahead[range] = at;
		reach = Math.max(reach, ranges[2 * range + 1]);
	}

	return {contested: indicesOf(isContested, contested), ahead};
};

const indicesOf = (flags: Uint8Array, count: number): Uint32Array => {
	const indices = new Uint32Array(count);
	let at = 0;
	for (let index = 0; at < count; index++) {
		if (flags[index] === 1) {
			indices[at++] = index;
		}
	}

	return indices;
};

const boundsAt = (ranges: Float64Array, indices: Uint32Array): Float64Array => {
	const bounds = new Float64Array(2 * indices.length);
	for (let at = 0; at < indices.length; at++) {
		bounds[2 * at] = ranges[2 * indices[at]];
		bounds[2 * at + 1] = ranges[2 * indices[at] + 1];
	}

	return bounds;
};
