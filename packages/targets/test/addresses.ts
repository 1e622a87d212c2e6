import {addressOf, formatAddress, type Address} from '@halfopen/model';
import type {AddressBlock, TargetSet} from '../src/index.ts';

/** The ranges of a block as text: `10.0.0.1`, `10.0.0.4-10.0.0.7`. */
export const describeBlock = (block: AddressBlock): string => {
	if (block.family === 6) {
		return describeRange(withZone(block.first, block.zone), withZone(block.last, block.zone));
	}

	const ranges: string[] = [];
	for (let index = 0; index < block.bounds.length; index += 2) {
		ranges.push(describeRange(addressOf(block.bounds[index]), addressOf(block.bounds[index + 1])));
	}

	return ranges.join(' ');
};

/** Every address of a set, in its order. */
export const listAddresses = (set: TargetSet): string[] =>
	Array.from({length: set.size}, (_, index) => formatAddress(set.at(index)));

const withZone = (value: bigint, zone: string | undefined): Address =>
	zone === undefined ? {family: 6, value} : {family: 6, value, zone};

const describeRange = (first: Address, last: Address): string =>
	first.value === last.value ? formatAddress(first) : `${formatAddress(first)}-${formatAddress(last)}`;
