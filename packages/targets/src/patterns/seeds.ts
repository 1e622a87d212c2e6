import {parseAddress} from '@halfopen/model';
import {IDENTIFIER_BITS, type IdentifierRange, LAST_IDENTIFIER} from './identifier-range.ts';
import {DEFAULT_REACH, MOST_SEED_REACH} from './ipv6-pattern.ts';
import {patternError} from './pattern-error.ts';

/** What known hosts have behind their network, and what is near. */
export const seeds = ({
	addresses,
	reach = DEFAULT_REACH,
}: {
	readonly addresses: readonly string[];
	readonly reach?: number;
}): IdentifierRange[] => {
	if (!Number.isInteger(reach) || reach < 0 || reach > MOST_SEED_REACH) {
		throw patternError(`a reach between 0 and ${MOST_SEED_REACH}`, `seeds:${reach}`);
	}

	return addresses.map(text => {
		const address = parseAddress(text);
		if (address?.family !== 6) {
			throw patternError('an IPv6 address as a seed', text);
		}

		const identifier = BigInt.asUintN(Number(IDENTIFIER_BITS), address.value);
		return {
			first: greater(identifier - BigInt(reach), 0n),
			last: lesser(identifier + BigInt(reach), LAST_IDENTIFIER),
		};
	});
};

const greater = (a: bigint, b: bigint): bigint => (a > b ? a : b);

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);
