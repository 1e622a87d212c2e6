import {
	type AddressGuard,
	type PairList,
	pairSpace,
	pairsOf,
	permittedPairs,
	type ScanSpace,
} from '@halfopen/targets';
import type {ScanOptions} from './scan-options.ts';

/** Addresses with ports of their own, instead of every port of every target. */
export interface ScanPairs {
	readonly space: ScanSpace;
	/** All their ports, ascending. */
	readonly ports: Uint16Array;
	readonly warnings: readonly string[];
}

/**
 * The pairs that are asked: those that were given, without those that must not be.
 * @throws ScanError `ERR_HALFOPEN_TARGET` for a pair that is malformed
 */
export const pairsOfScan = (
	pairs: NonNullable<ScanOptions['pairs']>,
	guard: AddressGuard | undefined,
): ScanPairs => {
	const all = pairListOf(pairs);
	const {ipv4, ipv6} = guard === undefined ? all : permittedPairs(all, guard);
	return {
		space: pairSpace({ipv4, ipv6: []}),
		ports: Uint16Array.from(new Set(ipv4.map(pair => pair % PORTS))).sort(),
		warnings:
			ipv6.length === 0 ? [] : [`${ipv6.length} of the pairs are IPv6, which this version does not scan`],
	};
};

/** Pairs as plain data. */
export const pairListOf = (pairs: NonNullable<ScanOptions['pairs']>): PairList => {
	if (typeof pairs === 'string') {
		return pairsOf([pairs]);
	}

	return 'ipv4' in pairs ? pairs : pairsOf(pairs);
};

const PORTS = 65_536;
