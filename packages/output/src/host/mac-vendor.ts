/** Where a report has the names of vendors from. */
export interface NamedVendors {
	/** Who made the interface with this MAC address, as far as known; text of others. Without it nobody is named. */
	readonly vendorOf?: (mac: string) => string | undefined;
}

/** The vendor of an interface, when both are known. */
export const macVendor = ({vendorOf}: NamedVendors, mac: string | undefined): string | undefined =>
	mac === undefined ? undefined : vendorOf?.(mac);
