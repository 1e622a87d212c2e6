import {ScanError} from '@halfopen/model';
import type {Ipv6Block} from '../sets/address-block.ts';
import {embeddedIpv4} from './embedded-ipv4.ts';
import {eui64} from './eui64.ts';
import {IDENTIFIER_BITS, type IdentifierRange} from './identifier-range.ts';
import type {Ipv6Pattern} from './ipv6-pattern.ts';
import {lowByte} from './low-byte.ts';
import {patternError} from './pattern-error.ts';
import {seeds} from './seeds.ts';
import {servicePorts} from './service-ports.ts';
import {words} from './words.ts';

/**
 * The interface identifiers of patterns, in their order; ranges may overlap.
 * @throws ScanError `ERR_HALFOPEN_OPTION` or `ERR_HALFOPEN_TARGET` for a pattern with a wrong value
 */
export const identifiersOf = (patterns: readonly Ipv6Pattern[]): readonly IdentifierRange[] =>
	patterns.flatMap(pattern => rangesOf(pattern));

const rangesOf = (pattern: Ipv6Pattern): IdentifierRange[] => {
	if (!Object.hasOwn(GENERATORS, pattern.kind)) {
		throw patternError(`a pattern of kind ${Object.keys(GENERATORS).join(', ')}`, pattern.kind);
	}

	return (GENERATORS[pattern.kind] as (pattern: Ipv6Pattern) => IdentifierRange[])(pattern);
};

const GENERATORS: {
	readonly [Kind in Ipv6Pattern['kind']]: (pattern: Ipv6Pattern & {kind: Kind}) => IdentifierRange[];
} = {
	'low-byte': lowByte,
	eui64,
	ports: servicePorts,
	words,
	ipv4: embeddedIpv4,
	seeds,
};

/**
 * The addresses of a prefix that have one of these identifiers: in each network of 64 bits of a shorter prefix, and as
 * far as they lie in a longer one. In the order of the identifiers, network by network; ranges may overlap.
 * @throws ScanError `ERR_HALFOPEN_TARGET` when that makes more than 2^18 ranges; `text` is how errors name the prefix
 */
export const expandPrefix = (
	block: Ipv6Block,
	identifiers: readonly IdentifierRange[],
	text: string,
): readonly Ipv6Block[] => {
	const firstNetwork = block.first >> IDENTIFIER_BITS;
	const networks = (block.last >> IDENTIFIER_BITS) - firstNetwork + 1n;
	if (networks * BigInt(identifiers.length) > MOST_RANGES) {
		throw new ScanError(
			'ERR_HALFOPEN_TARGET',
			`Expected at most 2^18 ranges of likely addresses, got ${identifiers.length} in each of the ${networks} networks of \`${text}\`: give longer prefixes or fewer patterns`,
		);
	}

	return identifiers.flatMap(({first, last}) =>
		Array.from({length: Number(networks)}, (_, index) => {
			const network = (firstNetwork + BigInt(index)) << IDENTIFIER_BITS;
			return within(block, network | first, network | last);
		}).flat(),
	);
};

/** A set of targets takes half a second for them, and some 300 MB while it is made. */
const MOST_RANGES = 2n ** 18n;

/** The part of a range that lies in the block, if any. */
const within = (block: Ipv6Block, first: bigint, last: bigint): Ipv6Block[] => {
	const clipped = {
		...block,
		first: first < block.first ? block.first : first,
		last: last > block.last ? block.last : last,
	};
	return clipped.first > clipped.last ? [] : [clipped];
};
