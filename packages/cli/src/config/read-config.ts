import {readFile, stat} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import {nearestName} from '../options/nearest-name.ts';
import {configKey, type Option} from '../options/option.ts';
import {optionError, valueError} from '../options/option-error.ts';
import {OPTIONS} from '../options/options.ts';
import {fileError} from '../process/file-error.ts';
import type {CommandIo} from '../process/io.ts';
import {SCHEMA_KEY} from './config-schema.ts';

/** An option as a config file gives it. */
export interface ConfigEntry {
	readonly option: Option;
	/** As on the command line; empty for a switch. */
	readonly text: string;
	readonly file: string;
	/** How errors name it: file and key. */
	readonly place: string;
}

/**
 * The options in a config file: in the one that is named, which must be there, or in the usual one, which need not.
 * @throws ScanError `ERR_HALFOPEN_OPTION` with file, key, expectation and value
 */
export const readConfig = async (
	named: string | undefined,
	{environment}: Pick<CommandIo, 'environment'>,
): Promise<readonly ConfigEntry[]> => {
	const file = named ?? usualFile(environment);
	const content = await readContent(file, named !== undefined);
	return content === undefined ? [] : entriesOf(parse(content, file), file);
};

/** As the XDG base directory specification has it; a relative path there is to be ignored. */
const usualFile = ({
	XDG_CONFIG_HOME: folder = '',
	HOME: home = homedir(),
}: CommandIo['environment']): string =>
	path.join(path.isAbsolute(folder) ? folder : path.join(home, '.config'), 'halfopen', 'config.json');

const readContent = async (file: string, isNamed: boolean): Promise<string | undefined> => {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		if (!isNamed && !(await isSeen(file))) {
			return undefined;
		}

		throw fileError('--config', 'read', file, error);
	}
};

/** Not when a folder on the way is closed to us: HOME may be that of another user, as under setpriv. */
const isSeen = async (file: string): Promise<boolean> => {
	try {
		await stat(file);
		return true;
	} catch {
		return false;
	}
};

const parse = (content: string, file: string): Readonly<Record<string, unknown>> => {
	let value: unknown;
	try {
		value = JSON.parse(content);
	} catch (error) {
		throw optionError(`${file}: expected JSON: ${(error as Error).message}`);
	}

	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw valueError(file, 'an object of options', JSON.stringify(value));
	}

	return value as Readonly<Record<string, unknown>>;
};

const entriesOf = (values: Readonly<Record<string, unknown>>, file: string): ConfigEntry[] =>
	Object.entries(values)
		.filter(([key]) => key !== SCHEMA_KEY)
		.flatMap(([key, value]) => {
			const place = `${file}: ${key}`;
			const option = CONFIGURABLE.get(key);
			if (option === undefined) {
				throw unknownKey(key, file);
			}

			return option.argument === undefined
				? isSaid(value, place)
					? [{option, file, place, text: ''}]
					: []
				: [{option, file, place, text: argumentText(value, place)}];
		});

const CONFIGURABLE: ReadonlyMap<string, Option> = new Map(
	OPTIONS.filter(({isOnlyTyped}) => isOnlyTyped === undefined).map(option => [configKey(option), option]),
);

const unknownKey = (key: string, file: string): Error => {
	const meant = [...CONFIGURABLE].find(([, {names}]) => names.some(name => name.replace(/^-+/, '') === key));
	if (meant !== undefined) {
		return optionError(`${file}: \`${key}\` is called \`${meant[0]}\` in a config file`);
	}

	const nearest = nearestName(key, [...CONFIGURABLE.keys()]);
	return optionError(
		`${file}: \`${key}\` is no option of a config file${nearest === undefined ? '' : `; did you mean \`${nearest}\`?`}`,
	);
};

const isSaid = (value: unknown, place: string): boolean => {
	if (typeof value !== 'boolean') {
		throw valueError(place, 'true or false', JSON.stringify(value));
	}

	return value;
};

/** What the command line would have: lists are joined by commas. */
const argumentText = (value: unknown, place: string): string => {
	if (Array.isArray(value) && value.every(each => typeof each === 'string')) {
		return value.join(',');
	}

	if (typeof value === 'string' || typeof value === 'number' || value === true) {
		return String(value);
	}

	throw valueError(place, 'text or a number', JSON.stringify(value));
};
