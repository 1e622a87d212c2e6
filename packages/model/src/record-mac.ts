// Link-layer addresses in records: 6 bytes, all 0 when there is none.

/** The address as text, as in `02:00:5e:10:00:01`; `undefined` when there is none. */
export const readMac = (bytes: Uint8Array, offset: number): string | undefined => {
	const mac = bytes.subarray(offset, offset + MAC_BYTES);
	return mac.some(byte => byte !== 0)
		? Array.from(mac, byte => byte.toString(16).padStart(2, '0')).join(':')
		: undefined;
};

export const writeMac = (bytes: Uint8Array, offset: number, mac: string | undefined): void => {
	const pairs = mac?.split(':') ?? [];
	for (let index = 0; index < MAC_BYTES; index++) {
		bytes[offset + index] = pairs.length === MAC_BYTES ? Number.parseInt(pairs[index], 16) : 0;
	}
};

const MAC_BYTES = 6;
