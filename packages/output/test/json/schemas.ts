import {readFileSync} from 'node:fs';
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js';

type Schema = {[key: string]: unknown};

export const readSchema = (name: 'ndjson-1' | 'json-1'): Schema =>
	JSON.parse(readFileSync(new URL(`../../schema/${name}.json`, import.meta.url), 'utf8')) as Schema;

/** Checks by the published schema, and that nothing is written that it does not describe. */
export const strictValidator = (name: 'ndjson-1' | 'json-1'): ValidateFunction =>
	new Ajv2020({allErrors: true}).compile(closed(readSchema(name)) as Schema);

/** The schema with no members allowed but those that it names. */
const closed = (schema: unknown): unknown => {
	if (Array.isArray(schema)) {
		return schema.map(closed);
	}

	if (typeof schema !== 'object' || schema === null) {
		return schema;
	}

	const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
	return 'properties' in copy && copy['type'] === 'object' ? {...copy, additionalProperties: false} : copy;
};
