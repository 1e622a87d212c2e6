import type {IdentifierRange} from './identifier-range.ts';
import {patternError} from './pattern-error.ts';

/** The identifiers of all MAC addresses that begin with these digits: 2^24 of them when there are 6 digits. */
export const eui64 = ({prefixes}: {readonly prefixes: readonly string[]}): IdentifierRange[] =>
	prefixes.map(prefix => {
		const digits = macPrefixOf(prefix);
		if (digits === undefined) {
			throw patternError('the first 6 to 12 digits of MAC addresses, as in `00:0c:29`', prefix);
		}

		return {first: identifierOf(digits.padEnd(12, '0')), last: identifierOf(digits.padEnd(12, 'f'))};
	});

/** The digits that MAC addresses begin with, without separators; undefined when the text is something else. */
export const macPrefixOf = (text: string): string | undefined => {
	const digits = text.replaceAll(/[:.-]/g, '');
	return /^[\da-f]{6,12}$/i.test(digits) ? digits : undefined;
};

/** ff:fe in the middle, and the bit inverted that says who gave the address away (RFC 4291 appendix A). */
const identifierOf = (mac: string): bigint => {
	const value = BigInt(`0x${mac}`);
	const identifier = ((value >> 24n) << 40n) | (0xff_fen << 24n) | (value & 0xff_ff_ffn);
	return identifier ^ UNIVERSAL_BIT;
};

const UNIVERSAL_BIT = 1n << 57n;
