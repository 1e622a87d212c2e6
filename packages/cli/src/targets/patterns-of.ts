import {type Ipv6Pattern, macPrefixOf} from '@halfopen/targets';
import type {TypedPattern} from '../options/ipv6-patterns.ts';
import {valueError} from '../options/option-error.ts';
import {loadVendors} from '../vendors/load-vendors.ts';

/**
 * The patterns that were typed, with the MAC addresses of vendors and with the seeds that were read; undefined when there
 * are neither patterns nor seeds. Seeds are asked for also when no pattern says so.
 * @throws ScanError `ERR_HALFOPEN_OPTION` for a vendor that is not known
 */
export const patternsOf = async (
	typed: readonly TypedPattern[] | undefined,
	seeds: readonly string[] | undefined,
): Promise<readonly Ipv6Pattern[] | undefined> => {
	if (typed === undefined && seeds === undefined) {
		return undefined;
	}

	const named = await Promise.all((typed ?? []).map(async pattern => patternOf(pattern, seeds)));
	return seeds === undefined || named.some(({kind}) => kind === 'seeds')
		? named
		: [...named, {kind: 'seeds', addresses: seeds}];
};

const patternOf = async (pattern: TypedPattern, seeds: readonly string[] = []): Promise<Ipv6Pattern> => {
	if (pattern.kind === 'eui64') {
		return {kind: 'eui64', prefixes: await macPrefixesOf(pattern.maker)};
	}

	return pattern.kind === 'seeds' ? {...pattern, addresses: seeds} : pattern;
};

const macPrefixesOf = async (maker: string): Promise<readonly string[]> => {
	if (macPrefixOf(maker) !== undefined) {
		return [maker];
	}

	const vendors = await loadVendors();
	if (vendors === undefined) {
		throw valueError(OPTION, 'an OUI such as 00:0c:29, since @halfopen/vendors is not installed', maker);
	}

	const blocks = vendors.blocksOf(maker);
	if (blocks.length === 0) {
		throw valueError(OPTION, 'an OUI such as 00:0c:29 or words of the name of a vendor', maker);
	}

	return blocks;
};

const OPTION = '--ipv6-patterns eui64';
