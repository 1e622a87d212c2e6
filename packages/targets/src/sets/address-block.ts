import type {Address, AddressFamily} from '@halfopen/model';
import {targetError} from '../specs/spec-error.ts';

/** The addresses of one target specification. */
export type AddressBlock = Ipv4Block | Ipv6Block;

/**
 * Ranges of addresses: `bounds` is first, last, first, last, …, both included. They are ascending and neither overlap nor
 * touch, but where a list is read they stand as written.
 */
export type Ipv4Block = {readonly family: 4; readonly bounds: Uint32Array};

/** One range, both ends included. Addresses with different zones are different addresses. */
export type Ipv6Block = {
	readonly family: 6;
	readonly first: bigint;
	readonly last: bigint;
	readonly zone?: string;
};

/** Bits in an address, hence the longest prefix. */
export const ADDRESS_BITS: Readonly<Record<AddressFamily, number>> = {4: 32, 6: 128};

/**
 * The block of `prefixLength` bits that an address lies in; without it the address alone.
 * @throws ScanError `ERR_HALFOPEN_TARGET` when the prefix is longer than an address of this family.
 */
export const blockAround = (address: Address, prefixLength?: number): AddressBlock => {
	const bits = ADDRESS_BITS[address.family];
	const length = prefixLength ?? bits;
	if (!Number.isInteger(length) || length < 0 || length > bits) {
		throw targetError(`a prefix length between 0 and ${bits}`, `${length}`, `${length}`);
	}

	return address.family === 4
		? ipv4Block(address.value, 2 ** (bits - length))
		: ipv6Block(address.value, BigInt(bits - length), address.zone);
};

const ipv4Block = (value: number, size: number): Ipv4Block => {
	const first = value - (value % size);
	return {family: 4, bounds: Uint32Array.of(first, first + size - 1)};
};

const ipv6Block = (value: bigint, hostBits: bigint, zone: string | undefined): Ipv6Block => {
	const first = (value >> hostBits) << hostBits;
	const last = first + (1n << hostBits) - 1n;
	return zone === undefined ? {family: 6, first, last} : {family: 6, first, last, zone};
};
