import {parseAddress, type Address} from '@halfopen/model';

/** An address of a description. Throws a `RangeError` for what is none. */
export const readAddress = (text: string): Address => {
	const address = parseAddress(text);
	if (address === undefined) {
		throw new RangeError(`Expected an address, got \`${text}\``);
	}

	return address;
};
