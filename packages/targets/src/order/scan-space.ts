import type {Address, AddressKey} from '@halfopen/model';

/**
 * Every probe of a scan under a number: 0 ≤ n < size. Numbers ascend with address and port, IPv4 before IPv6, so
 * those of a host are consecutive.
 *
 * Numbers and indices that are out of range are mistakes of the caller, and what they give is not defined: these
 * functions are called for each probe.
 */
export interface ScanSpace {
	/** Probes, at most 2^53 - 1. */
	readonly size: number;
	/** Allocates nothing for IPv4. */
	keyAt(n: number): AddressKey;
	portAt(n: number): number;
	/** -1 when this port is not asked of this address. */
	numberOf(key: AddressKey, port: number): number;

	/** Hosts; their indices ascend with the address. */
	readonly hosts: number;
	hostAt(index: number): Address;
	/** -1 when the host is not asked. */
	hostIndexOf(key: AddressKey): number;
	/** The ports that are asked of a host, those of consecutive numbers from `firstNumberOf` on. Not to be changed. */
	portsOf(index: number): Uint16Array;
	firstNumberOf(index: number): number;
}
