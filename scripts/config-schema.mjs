// Writes the JSON schema of the config file from the options of the command line.
//
// Usage, with the development Node: node --conditions=@halfopen/source scripts/config-schema.mjs
import {writeFileSync} from 'node:fs';
import {configSchema} from '../packages/cli/src/config/config-schema.ts';
import {OPTIONS} from '../packages/cli/src/options/options.ts';

writeFileSync(
	new URL('../packages/cli/schemas/config.schema.json', import.meta.url),
	`${JSON.stringify(configSchema(OPTIONS), undefined, '\t')}\n`,
);
