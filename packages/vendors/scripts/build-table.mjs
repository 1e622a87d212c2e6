// Builds data/vendors.tsv, one line for each block of MAC addresses and who has it, from the IEEE registries as the
// package `oui-data` has them: the first of the lines there is the name, the others are the postal address. A block
// that the authority itself has was divided further, and what it did not give away has no vendor. With --print to
// standard output instead.

import {writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const VENDORS = new URL('../data/vendors.tsv', import.meta.url);
const AUTHORITY = 'IEEE Registration Authority';

const blocks = Object.entries(createRequire(import.meta.url)('oui-data'))
	.map(([prefix, lines]) => [prefix, lines.split('\n')[0].replaceAll(/\s+/g, ' ').trim()])
	.filter(([, name]) => name !== '' && name !== AUTHORITY);
const table = blocks
	.map(([prefix, name]) => `${prefix}\t${name}\n`)
	.sort()
	.join('');

if (process.argv.includes('--print')) {
	process.stdout.write(table);
} else {
	writeFileSync(VENDORS, table);
}
