import type {AddressFamily, AddressKey} from './address.ts';

// Addresses in records: 16 bytes in network order, an IPv4 address in the first four.

/** Writes the address at `offset`. The bytes after an IPv4 address are left as they are. */
export const writeAddress = (view: DataView, offset: number, key: AddressKey): void => {
	if (typeof key === 'number') {
		view.setUint32(offset, key);
	} else {
		view.setBigUint64(offset, key >> 64n);
		view.setBigUint64(offset + 8, BigInt.asUintN(64, key));
	}
};

export const readAddress = (view: DataView, offset: number, family: AddressFamily): AddressKey =>
	family === 4 ? view.getUint32(offset) : (view.getBigUint64(offset) << 64n) | view.getBigUint64(offset + 8);
