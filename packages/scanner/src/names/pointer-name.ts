import type {Address} from '@halfopen/model';

/** The domain name whose PTR record has the name of an address (RFC 1035 section 3.5, RFC 3596 section 2.5). */
export const pointerName = (address: Address): string =>
	address.family === 4
		? `${[0, 8, 16, 24].map(shift => (address.value >>> shift) & 255).join('.')}.in-addr.arpa`
		: `${Array.from({length: 32}, (_, place) => nibbleAt(address.value, place)).join('.')}.ip6.arpa`;

/** As a hexadecimal digit, the lowest at place 0. */
const nibbleAt = (value: bigint, place: number): string => ((value >> BigInt(4 * place)) & 15n).toString(16);
