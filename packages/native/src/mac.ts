/** As in `02:00:5e:10:00:01`. */
export const formatMac = (bytes: Uint8Array): string =>
	Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(':');

/** The bytes of what `formatMac` wrote. */
export const parseMac = (text: string): Uint8Array =>
	Uint8Array.from(text.split(':'), pair => Number.parseInt(pair, 16));
