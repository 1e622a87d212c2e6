/** A range of interface identifiers, the last 64 bits of an address; both ends included. */
export interface IdentifierRange {
	readonly first: bigint;
	readonly last: bigint;
}

/** Bits of an interface identifier (RFC 4291 §2.5.1). */
export const IDENTIFIER_BITS = 64n;

export const LAST_IDENTIFIER: bigint = (1n << IDENTIFIER_BITS) - 1n;

/** One identifier. */
export const only = (identifier: bigint): IdentifierRange => ({first: identifier, last: identifier});
