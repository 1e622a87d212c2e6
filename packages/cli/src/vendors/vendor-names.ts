import type {NamedVendors} from '@halfopen/output';
import {loadVendors, type Vendors} from './load-vendors.ts';

/** Who made interfaces. Nobody is named before the table is loaded, which is when there is somebody to name. */
export class VendorNames implements NamedVendors {
	readonly #load: typeof loadVendors;
	#vendors: Pick<Vendors, 'vendorOf'> | undefined;
	#loading: Promise<void> | undefined;

	constructor(load: typeof loadVendors = loadVendors) {
		this.#load = load;
	}

	/** Nothing, or what is to be awaited before this interface can be named. */
	prepareFor(mac: string | undefined): Promise<void> | undefined {
		return mac === undefined || this.#vendors !== undefined ? undefined : (this.#loading ??= this.#read());
	}

	readonly vendorOf = (mac: string): string | undefined => this.#vendors?.vendorOf(mac);

	async #read(): Promise<void> {
		this.#vendors = (await this.#load()) ?? NO_VENDORS;
	}
}

const NO_VENDORS: Pick<Vendors, 'vendorOf'> = {vendorOf: () => undefined};
