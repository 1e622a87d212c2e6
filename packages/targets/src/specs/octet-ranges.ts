import type {Ipv4Block} from '../sets/address-block.ts';
import {targetError} from './spec-error.ts';

/**
 * Reads the IPv4 form of a target: four octets with dots between them, each of them `*` or numbers and
 * ranges with commas between them (`10.0-3.*.1,5-`). An open left end is 0, an open right end is 255.
 *
 * The prefix length widens each octet by itself, which for a single address is what CIDR does:
 * `10.0.0.1-3,7/31` is 10.0.0.0 to 10.0.0.3 and 10.0.0.6 to 10.0.0.7. `spec` is for messages.
 */
export const parseOctetRanges = (host: string, prefixLength: number, spec: string): Ipv4Block => {
	const octets = host.split('.');
	if (octets.length !== 4) {
		throw targetError('four octets, as in `10.0.0.1` or `10.0-3.*.1,5`', host, spec);
	}

	const sets = octets.map((octet, index) => widen(parseOctet(octet, spec), octetMask(prefixLength, index)));
	return {family: 4, bounds: combine(sets, spec)};
};

/** The values `first` to `last` of one octet. */
type Run = {readonly first: number; readonly last: number};

/** Ascending runs that neither overlap nor touch. */
type OctetSet = readonly Run[];

/** A specification that falls into more ranges than this is refused; `*.*.*.1` has just as many. */
const MAX_RANGES = 2 ** 24;

const parseOctet = (octet: string, spec: string): OctetSet =>
	octet === '*' ? [{first: 0, last: 255}] : mergeRuns(octet.split(',').map(item => parseItem(item, spec)));

const parseItem = (item: string, spec: string): Run => {
	const ends = item.split('-');
	if (item === '' || ends.length > 2) {
		throw targetError('an octet such as `1`, `1-5`, `1,7` or `*`', item, spec);
	}

	const first = parseEnd(ends[0], 0, spec);
	const last = ends.length === 1 ? first : parseEnd(ends[1], 255, spec);
	if (first > last) {
		throw targetError(`a range from low to high such as \`${last}-${first}\``, item, spec);
	}

	return {first, last};
};

const parseEnd = (text: string, open: number, spec: string): number => {
	if (text === '') {
		return open;
	}

	if (/^0\d/.test(text)) {
		throw targetError('a decimal octet without leading zeros', text, spec); // Octal for inet_aton
	}

	const value = Number(text);
	if (!/^\d+$/.test(text) || value > 255) {
		throw targetError('an octet between 0 and 255', text, spec);
	}

	return value;
};

/** The bits of octet `index` that a prefix of this length covers. */
const octetMask = (prefixLength: number, index: number): number => {
	const covered = Math.min(8, Math.max(0, prefixLength - 8 * index));
	return 256 - 2 ** (8 - covered);
};

const widen = (set: OctetSet, mask: number): OctetSet =>
	mask === 255
		? set
		: mergeRuns(set.map(({first, last}) => ({first: first & mask, last: last | (255 - mask)})));

const mergeRuns = (runs: readonly Run[]): OctetSet => {
	if (runs.length === 1) {
		return runs;
	}

	const merged: {first: number; last: number}[] = [];
	for (const {first, last} of [...runs].sort((a, b) => a.first - b.first)) {
		const previous = merged.at(-1);
		if (previous !== undefined && first <= previous.last + 1) {
			previous.last = Math.max(previous.last, last);
		} else {
			merged.push({first, last});
		}
	}

	return merged;
};

/** The product of four octet sets, built from the last octet up. */
const combine = (sets: readonly OctetSet[], spec: string): Uint32Array => {
	let bounds: Uint32Array = Uint32Array.of(0, 0);
	for (let index = 3; index >= 0; index--) {
		bounds = prepend(sets[index], bounds, 256 ** (3 - index), spec);
	}

	return bounds;
};

/** The ranges of `set` times the ranges of the octets behind it, of which there are `span` values in all. */
const prepend = (set: OctetSet, behind: Uint32Array, span: number, spec: string): Uint32Array => {
	if (behind[0] === 0 && behind[1] === span - 1) {
		return Uint32Array.from(set.flatMap(({first, last}) => [first * span, (last + 1) * span - 1]));
	}

	const values = set.reduce((count, {first, last}) => count + last - first + 1, 0);
	if ((values * behind.length) / 2 > MAX_RANGES) {
		throw targetError(`at most ${MAX_RANGES} separate ranges of addresses`, spec, spec);
	}

	const bounds = new Uint32Array(values * behind.length);
	let length = 0;
	for (const {first, last} of set) {
		for (let value = first; value <= last; value++) {
			length = append(bounds, length, behind, value * span);
		}
	}

	return bounds.slice(0, length);
};

/** Appends ranges, shifted, and joins the first of them to the one before it when they touch. */
const append = (bounds: Uint32Array, length: number, ranges: Uint32Array, shift: number): number => {
	const touches = length > 0 && bounds[length - 1] + 1 === ranges[0] + shift;
	let at = touches ? length - 1 : length;
	for (let index = touches ? 1 : 0; index < ranges.length; index++) {
		bounds[at++] = ranges[index] + shift;
	}

	return at;
};
