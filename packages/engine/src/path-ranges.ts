import type {AddressKey, Path, PathRange} from '@halfopen/model';

/** Ranges that are remembered; with more, it begins anew. */
const MOST_RANGES = 4096;

/** Ranges of addresses to which one path leads, by address. */
export class PathRanges {
	#ranges: PathRange[] = [];
	#last: PathRange | undefined;

	/** The path to an address, if it lies in a range that is known. */
	find(key: AddressKey): Path | undefined {
		if (this.#last !== undefined && covers(this.#last, key)) {
			return this.#last.path;
		}

		const range = this.#ranges[this.#placeOf(key)];
		if (range === undefined || !covers(range, key)) {
			return undefined;
		}

		this.#last = range;
		return range.path;
	}

	/** Adds a range that overlaps none. */
	add(range: PathRange): void {
		if (this.#ranges.length >= MOST_RANGES) {
			this.#ranges = [];
		}

		this.#ranges.splice(this.#placeOf(range.first) + 1, 0, range);
		this.#last = range;
	}

	/** The last range that begins at the address or before; -1 for none. IPv4 comes before IPv6. */
	#placeOf(key: AddressKey): number {
		let low = 0;
		let high = this.#ranges.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (isAtMost(this.#ranges[middle].first, key)) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}

		return low - 1;
	}
}

const covers = ({first, last}: PathRange, key: AddressKey): boolean =>
	typeof first === typeof key && first <= key && key <= last;

const isAtMost = (first: AddressKey, key: AddressKey): boolean =>
	typeof first === typeof key ? first <= key : typeof first === 'number';
