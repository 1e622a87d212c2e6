import type {NativeAddon, NativeRouteRanges} from './native.ts';

/** IPv4 addresses that the kernel's tables treat alike, both ends included. */
export interface AddressRange {
	readonly first: number;
	readonly last: number;
}

/**
 * The kernel's routing tables as they were when it was made, as far as they tell which addresses share a way. Where
 * policy rules choose the table, or several next hops share a route, it knows nothing.
 */
export class RouteMap {
	readonly #ranges: NativeRouteRanges | undefined;

	constructor(addon: Pick<NativeAddon, 'readRouteRanges'>) {
		this.#ranges = addon.readRouteRanges();
	}

	/** The largest range around an address in which all addresses certainly have its route; `undefined` for none. */
	around(address: number): AddressRange | undefined {
		if (this.#ranges === undefined) {
			return undefined;
		}

		const {starts, isUneven} = this.#ranges;
		const index = lastNotAbove(starts, address);
		if (isUneven[index] !== 0) {
			return undefined;
		}

		return {first: starts[index], last: (starts[index + 1] ?? 2 ** 32) - 1};
	}
}

/** The index of the last of ascending numbers, of which the first is 0, that is not above `value`. */
const lastNotAbove = (ascending: Uint32Array, value: number): number => {
	let low = 0;
	let high = ascending.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >>> 1;
		if (ascending[middle] <= value) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}

	return low;
};
