import {type AddressKey, formatAddressKey} from '@halfopen/model';

/**
 * Called right before a probe is written: whatever went wrong before, an excluded address is not asked.
 * @throws Error for an excluded address, which is a mistake of ours and ends the scan
 */
export const refuseExcluded = (
	{isExcluded}: {readonly isExcluded?: (key: AddressKey) => boolean},
	key: AddressKey,
): void => {
	if (isExcluded?.(key) === true) {
		throw new Error(`Expected no excluded address among the targets, got ${formatAddressKey(key)}`);
	}
};
