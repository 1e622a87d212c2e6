import type {Address} from '@halfopen/model';
import type {AddressLine} from './address-line.ts';
import {lastIndex} from './last-index.ts';

/** Ranges in the order in which they were named, and the addresses in them by number. */
export class NamedRanges {
	readonly #line: AddressLine;
	/** Begin and end of each range. */
	readonly #bounds: Float64Array;
	/** For each range, how many addresses come before it. */
	readonly #offsets: Float64Array;

	constructor(line: AddressLine, bounds: Float64Array) {
		this.#line = line;
		this.#bounds = bounds;
		this.#offsets = new Float64Array(bounds.length / 2);
		let size = 0;
		for (let range = 0; range < this.#offsets.length; range++) {
			this.#offsets[range] = size;
			size += line.distance(bounds[2 * range], bounds[2 * range + 1]);
		}
	}

	/** Takes time logarithmic in the number of ranges. */
	at(index: number): Address {
		const range = lastIndex(0, this.#offsets.length, at => this.#offsets[at] <= index);
		return this.#line.addressAt(this.#bounds[2 * range], index - this.#offsets[range]);
	}
}
