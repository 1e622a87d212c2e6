import {readingOption, ScanError} from '@halfopen/model';
import {
	type AddressBlock,
	expandPrefix,
	identifiersOf,
	type Ipv6Block,
	type Ipv6Pattern,
} from '@halfopen/targets';

/** What of prefixes is asked. */
export interface WalkOptions {
	/** Prefixes of any size, for a sweep that need not come to its end. */
	readonly anySize?: boolean;
	/** Of prefixes too large to walk, the addresses that are made like this. */
	readonly patterns?: readonly Ipv6Pattern[];
}

/**
 * What is asked of the addresses that a specification, `text`, stands for.
 * @throws ScanError `ERR_HALFOPEN_TARGET` when they are too many
 */
export type Walk = (block: AddressBlock, text: string) => readonly AddressBlock[];

/**
 * Prefixes of IPv6 are larger than all the time there is. Of one with more addresses than IPv4 as a whole, those of the
 * patterns are asked; without patterns it is refused, unless the user wants a part of it, in random order.
 * @throws ScanError `ERR_HALFOPEN_OPTION` for a pattern with a wrong value
 */
export const walkOf = ({anySize = false, patterns}: WalkOptions): Walk => {
	const identifiers = patterns && readingOption('ipv6Patterns', () => identifiersOf(patterns));
	return (block, text) => {
		if (block.family === 4 || sizeOf(block) <= MOST_WALKED) {
			return [block];
		}

		if (identifiers === undefined && !anySize) {
			const bits = (block.last - block.first).toString(2).length;
			throw targetError(
				`Expected a prefix of 96 bits or more to walk through, got \`${text}\` with 2^${bits} addresses: --ipv6-patterns (ipv6Patterns) asks the likely ones, -iL a list of known ones`,
			);
		}

		return identifiers === undefined
			? [block]
			: likelyOf(expandPrefix(block, identifiers, text), text, anySize);
	};
};

const MOST_WALKED = 2n ** 32n;

const likelyOf = (blocks: readonly Ipv6Block[], text: string, anySize: boolean): readonly Ipv6Block[] => {
	const size = blocks.reduce((sum, block) => sum + sizeOf(block), 0n);
	if (size > MOST_WALKED && !anySize) {
		throw targetError(
			`Expected at most 2^32 likely addresses to walk through, got ${size} of \`${text}\`: give longer prefixes or patterns of fewer addresses`,
		);
	}

	return blocks;
};

const sizeOf = ({first, last}: Ipv6Block): bigint => last - first + 1n;

const targetError = (message: string): ScanError => new ScanError('ERR_HALFOPEN_TARGET', message);
