import {createRequire} from 'node:module';

/** The version of this package. */
export const VERSION: string = (createRequire(import.meta.url)('../package.json') as {version: string})
	.version;

/** What `--version` prints; bin/halfopen.js prints the same without loading this. */
export const VERSION_LINE: string = `halfopen version ${VERSION} ( https://github.com/halfopen/halfopen )`;
