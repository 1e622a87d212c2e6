const THOUSAND = 1000;

/** `123B`, `1.234KB` or `1.234MB`: decimal units, three decimals. */
export const formatByteSize = (bytes: number): string => {
	if (bytes < THOUSAND) {
		return `${bytes}B`;
	}

	return bytes < THOUSAND ** 2
		? `${(bytes / THOUSAND).toFixed(3)}KB`
		: `${(bytes / THOUSAND ** 2).toFixed(3)}MB`;
};
