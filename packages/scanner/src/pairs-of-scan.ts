import {type AddressFamily, readingOption} from '@halfopen/model';
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
	family: AddressFamily,
	guard: AddressGuard | undefined,
): ScanPairs => {
	const all = pairListOf(pairs);
	const {ipv4, ipv6} = guard === undefined ? all : permittedPairs(all, guard);
	const asked = family === 4 ? {ipv4, ipv6: []} : {ipv4: new Float64Array(0), ipv6};
	const others = family === 4 ? ipv6.length : ipv4.length;
	return {
		space: pairSpace(asked),
		ports: portsOf(asked),
		warnings:
			others === 0
				? []
				: [
						`${others} of the pairs are of the other version of IP; -6 (family 6) scans IPv6, and nothing else`,
					],
	};
};

const portsOf = ({ipv4, ipv6}: PairList): Uint16Array =>
	Uint16Array.from(
		new Set(
			ipv6.length === 0 ? ipv4.map(pair => pair % PORTS) : ipv6.map(pair => Number(pair % BigInt(PORTS))),
		),
	).sort();

/** Pairs as plain data. */
export const pairListOf = (pairs: NonNullable<ScanOptions['pairs']>): PairList => {
	if (typeof pairs === 'string') {
		return readingOption('pairs', () => pairsOf([pairs]));
	}

	return 'ipv4' in pairs ? pairs : readingOption('pairs', () => pairsOf(pairs));
};

const PORTS = 65_536;
