import type {Ipv4Block} from '../sets/address-block.ts';
import {parseTarget} from '../specs/target-spec.ts';
import type {IdentifierRange} from './identifier-range.ts';
import {patternError} from './pattern-error.ts';

/**
 * The identifiers that IPv4 addresses make in both ways that are in use (RFC 7707 §3.1.3): their 32 bits at the end, and
 * a group for each octet that reads like it, so that 10 in decimal becomes 0x10.
 */
export const embeddedIpv4 = ({targets}: {readonly targets: string}): IdentifierRange[] => {
	const ranges = rangesIn(ipv4BlockOf(targets));
	if (ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0) > MOST_ADDRESSES) {
		throw patternError(`at most ${MOST_ADDRESSES} IPv4 addresses`, targets);
	}

	return [
		...ranges.map(([first, last]) => ({first: BigInt(first), last: BigInt(last)})),
		...ranges.flatMap(([first, last]) => tensOf(first, last).map(digitGroups)),
	];
};

/** Their digits make one range for every ten of them. */
const MOST_ADDRESSES = 2 ** 20;

const ipv4BlockOf = (targets: string): Ipv4Block => {
	const spec = parseTarget(targets);
	if (spec.kind !== 'block' || spec.block.family !== 4) {
		throw patternError('IPv4 addresses such as `192.0.2.0/24`', targets);
	}

	return spec.block;
};

const rangesIn = ({bounds}: Ipv4Block): [number, number][] =>
	Array.from({length: bounds.length / 2}, (_, range) => [bounds[2 * range], bounds[2 * range + 1]]);

/** Pieces of which all addresses have the same digits but the last one. */
const tensOf = (first: number, last: number): [number, number][] => {
	const pieces: [number, number][] = [];
	for (let begin = first; begin <= last;) {
		const octet = begin % 256;
		const end = Math.min(last, begin + Math.min(9 - (octet % 10), 255 - octet));
		pieces.push([begin, end]);
		begin = end + 1;
	}

	return pieces;
};

const digitGroups = ([first, last]: [number, number]): IdentifierRange => ({
	first: asDigits(first),
	last: asDigits(last),
});

const asDigits = (value: number): bigint =>
	[24, 16, 8, 0].reduce((groups, shift) => (groups << 16n) | BigInt(`0x${(value >>> shift) & 255}`), 0n);
