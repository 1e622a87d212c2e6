import {patternError} from './pattern-error.ts';
import type {IdentifierRange} from './identifier-range.ts';
import {DEFAULT_LOW_BITS, MOST_LOW_BITS} from './ipv6-pattern.ts';

/** All but 0, which is every router's (RFC 4291 §2.6.1). */
export const lowByte = ({bits = DEFAULT_LOW_BITS}: {readonly bits?: number}): IdentifierRange[] => {
	if (!Number.isInteger(bits) || bits < 1 || bits > MOST_LOW_BITS) {
		throw patternError(`a number of bits between 1 and ${MOST_LOW_BITS}`, `low-byte:${bits}`);
	}

	return [{first: 1n, last: (1n << BigInt(bits)) - 1n}];
};
