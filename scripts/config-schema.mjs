// Writes the JSON schema of the config file from the options of the command line.
//
// Usage, with the development Node: node --conditions=@halfopen/source scripts/config-schema.mjs
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {configSchema} from '../packages/cli/src/config/config-schema.ts';
import {OPTIONS} from '../packages/cli/src/options/options.ts';

const FILE = fileURLToPath(new URL('../packages/cli/schemas/config.schema.json', import.meta.url));

writeFileSync(FILE, JSON.stringify(configSchema(OPTIONS)));
execFileSync(fileURLToPath(new URL('../node_modules/.bin/oxfmt', import.meta.url)), [FILE]);
