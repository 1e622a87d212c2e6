import type * as vendors from '@halfopen/vendors';

/** What is known of who made an interface. */
export type Vendors = typeof vendors;

/** The names of vendors; undefined where the installation leaves them out. Loaded when a MAC address is there to name. */
export const loadVendors = async (): Promise<Vendors | undefined> => {
	try {
		return await import('@halfopen/vendors');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') {
			return undefined;
		}

		throw error;
	}
};
