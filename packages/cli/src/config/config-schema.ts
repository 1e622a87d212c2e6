import type {JsonSchema} from '../options/argument.ts';
import {configKey, type Option} from '../options/option.ts';

/** The JSON schema of a config file (draft 2020-12), from the table of options. */
export const configSchema = (options: readonly Option[]): JsonSchema => ({
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	$id: 'https://github.com/halfopen/halfopen/raw/main/packages/cli/schemas/config.schema.json',
	title: 'halfopen: config file',
	description: 'Options that hold unless the command line says otherwise.',
	type: 'object',
	properties: {
		[SCHEMA_KEY]: {type: 'string'},
		...Object.fromEntries(
			options
				.filter(({isOnlyTyped}) => isOnlyTyped === undefined)
				.map(option => [configKey(option), {description: option.help, ...valueSchema(option)}]),
		),
	},
	additionalProperties: false,
});

/** Names the schema for editors; ignored. */
export const SCHEMA_KEY = '$schema';

/** `false` says nothing, as if the switch were not there. */
const valueSchema = ({argument}: Option): JsonSchema => argument?.schema ?? {type: 'boolean'};
