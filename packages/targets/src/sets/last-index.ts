/**
 * The last index from `begin` on and before `end` that `holds`, which must hold for all indices up to some place and
 * for none behind it. `begin - 1` when it holds for none.
 */
export const lastIndex = (begin: number, end: number, holds: (index: number) => boolean): number => {
	let low = begin;
	let high = end;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (holds(middle)) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low - 1;
};
