import {type Address, type AddressFamily, formatAddress, ScanError} from '@halfopen/model';
import type {AddressBlock} from '@halfopen/targets';

/** @throws ScanError `ERR_HALFOPEN_TARGET` for addresses of the version of IP that is not scanned */
export const checkFamily = (block: AddressBlock, text: string, family: AddressFamily): void => {
	if (block.family !== family) {
		throw targetError(expectation(family, text));
	}
};

/** Says of a long list what is not scanned of it: the words of a list are not looked at one by one. */
export const otherFamilyWarnings = (blocks: readonly AddressBlock[], family: AddressFamily): string[] => {
	const others = blocks.filter(block => block.family !== family);
	return others.length === 0 ? [] : [expectation(family, formatAddress(firstOf(others[0])), others)];
};

const expectation = (family: AddressFamily, text: string, all: readonly AddressBlock[] = []): string => {
	const ranges = all.reduce((sum, block) => sum + rangesOf(block), 0);
	const more = ranges > 1 ? ` and ${ranges - 1} more` : '';
	const hint = family === 4 ? 'IPv6 is scanned with -6 (family 6)' : '-6 (family 6) scans nothing else';
	return `Expected an IPv${family} target, got \`${text}\`${more}; ${hint}`;
};

const rangesOf = (block: AddressBlock): number => (block.family === 4 ? block.bounds.length / 2 : 1);

const firstOf = (block: AddressBlock): Address =>
	block.family === 4 ? {family: 4, value: block.bounds[0]} : {family: 6, value: block.first};

const targetError = (message: string): ScanError => new ScanError('ERR_HALFOPEN_TARGET', message);
