import {type Buffer} from 'node:buffer';
import {readFileSync} from 'node:fs';
import {findRow} from './find-row.ts';

/**
 * Who made an interface with this MAC address (`08:00:27:12:34:56`, with any separators or none), by the name in the
 * registries of IEEE; undefined when the address is in no block that was given away, or is none. The name is text of
 * others: to be escaped like that of a host.
 */
export const vendorOf = (mac: string): string | undefined => {
	const digits = mac.replaceAll(SEPARATORS, '').toUpperCase();
	if (!MAC.test(digits)) {
		return undefined;
	}

	for (const length of BLOCK_DIGITS) {
		const name = findRow(table(), digits.slice(0, length));
		if (name !== undefined) {
			return name;
		}
	}

	return undefined;
};

/**
 * The blocks of MAC addresses whose vendor has these words in its name, one after the other and in any case: for
 * `raspberry pi` those of `Raspberry Pi Trading Ltd` and of others. Each is 6, 7 or 9 hexadecimal digits, ascending.
 */
export const blocksOf = (vendor: string): readonly string[] => {
	const words = vendor.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
	if (words === '') {
		return [];
	}

	const row = new RegExp(`^([\\dA-F]+)\\t(?:.*[^\\p{L}\\p{N}\\n])?${words}(?![\\p{L}\\p{N}])`, 'gimu');
	return Array.from(table().toString('utf8').matchAll(row), ([, prefix]) => prefix);
};

const SEPARATORS = /[:.-]/g;

const MAC = /^[\dA-F]{12}$/;

/** Blocks of 36, 28 and 24 bits (MA-S, MA-M, MA-L): the smaller ones lie in larger ones. */
const BLOCK_DIGITS = [9, 7, 6];

let loaded: Buffer | undefined;

/** Rows of a block's first digits, a tab and a name; ascending by bytes. */
const table = (): Buffer => (loaded ??= readFileSync(new URL('../data/vendors.tsv', import.meta.url)));
