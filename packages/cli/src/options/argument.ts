// Kinds of option arguments. Each knows what help calls it, how it is read, what a config file may have in its place,
// and what a shell can complete.

import {MILLISECOND, micros, SECOND, type Micros} from '@halfopen/model';
import {TEMPLATE_NAMES, type TimingTemplate} from '@halfopen/timing';
import {optionError, valueError} from './option-error.ts';

/** What a shell offers: these words, names of files, of folders, of interfaces, or nothing. */
export type Completion = readonly string[] | 'file' | 'folder' | 'interface' | 'nothing';

/** A JSON schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Argument<Value> {
	readonly label: string;
	/** It may be missing: only what is in the same word is taken for it, unless `isNext` says otherwise. */
	readonly isOptional?: true;
	/** Stands behind the letters of a name that has several, as in `-PS22`. */
	readonly isGlued?: true;
	/** Whether the word that follows is an optional argument rather than a target. */
	readonly isNext?: (word: string) => boolean;
	/**
	 * `option` is how errors name the option that it belongs to; `text` is empty when an optional one is missing.
	 * @throws ScanError `ERR_HALFOPEN_OPTION`
	 */
	readonly read: (text: string, option: string) => Value;
	/** Of the value in a config file. */
	readonly schema: JsonSchema;
	readonly completes: Completion;
}

/** Any text. */
export const text = (label: string): Argument<string> => ({
	label,
	read: value => value,
	schema: {type: 'string'},
	completes: 'nothing',
});

/** A file to read; `-` is standard input. */
export const inputFile: Argument<string> = {...text('FILE'), completes: 'file'};

/** A folder to read. */
export const inputFolder: Argument<string> = {...text('DIR'), completes: 'folder'};

/** A file to write, or `-` for standard output. */
export const outputFile: Argument<string> = {
	label: 'FILE',
	read: (value, option) => (value === '-' ? value : newFile().read(value, option)),
	schema: {type: 'string', pattern: '^(?:-$|[^-])'},
	completes: 'file',
};

/** A file to write; a name that begins with a dash is more likely an option behind a forgotten file name. */
export const newFile = (label = 'FILE'): Argument<string> => ({
	label,
	read: (value, option) => {
		if (value === '' || value.startsWith('-')) {
			throw valueError(option, 'a file name; for one that begins with a dash put ./ before it', value);
		}

		return value;
	},
	schema: {type: 'string', pattern: '^[^-]'},
	completes: 'file',
});

/** Words between commas. */
export const list = (label: string): Argument<readonly string[]> => ({
	label,
	read: value => value.split(',').filter(word => word !== ''),
	schema: {
		anyOf: [{type: 'string'}, {type: 'array', items: {type: 'string'}}],
	},
	completes: 'nothing',
});

/** Ports in the grammar of -p; whether they are, the scanner finds out. */
export const ports: Argument<string> = {
	label: 'PORTS',
	read: value => value,
	schema: {anyOf: [{type: 'string'}, {type: 'integer', minimum: 0, maximum: 65_535}]},
	completes: 'nothing',
};

/** A whole number within bounds, both included. */
export const wholeNumber = (least: number, most: number, label = 'N'): Argument<number> => ({
	label,
	read: (value, option) => readWholeNumber(value, option, least, most),
	schema: {type: 'integer', minimum: least, maximum: most},
	completes: 'nothing',
});

/** How much to say: a number from 0 to `most`, or nothing for one more than it was. */
export const level = (most: number): Argument<number | undefined> => ({
	label: 'LEVEL',
	isOptional: true,
	read: (value, option) => (value === '' ? undefined : readWholeNumber(value, option, 0, most)),
	schema: {type: 'integer', minimum: 0, maximum: most},
	completes: 'nothing',
});

/** Packets per second: any number above 0. */
export const rate: Argument<number> = {
	label: 'N',
	read: (value, option) => {
		if (!DECIMAL.test(value) || Number(value) <= 0) {
			throw valueError(option, 'a number of packets per second above 0', value);
		}

		return Number(value);
	},
	schema: {type: 'number', exclusiveMinimum: 0},
	completes: 'nothing',
};

/** Packets per second, or as many as possible. */
export const rateOrMost: Argument<number> = {
	label: 'N|max',
	read: (value, option) => (value === 'max' ? Infinity : rate.read(value, option)),
	schema: {anyOf: [rate.schema, {const: 'max'}]},
	completes: ['max'],
};

/** A share from 0 to below 1. */
export const share = (label: string): Argument<number> => ({
	label,
	read: (value, option) => {
		if (!DECIMAL.test(value) || Number(value) >= 1) {
			throw valueError(option, 'a number from 0 to below 1', value);
		}

		return Number(value);
	},
	schema: {type: 'number', minimum: 0, exclusiveMaximum: 1},
	completes: 'nothing',
});

/** One of a few words. */
export const oneOf = <const Word extends string>(label: string, words: readonly Word[]): Argument<Word> => ({
	label,
	read: (value, option) => {
		const word = words.find(each => each === value);
		if (word === undefined) {
			throw valueError(option, `one of ${words.join(', ')}`, value);
		}

		return word;
	},
	schema: {enum: words},
	completes: words,
});

/** A timing template by number, or by name in any case. */
export const template: Argument<TimingTemplate> = {
	label: '0-5',
	read: (value, option) => {
		const name = value.toLowerCase();
		const index = TEMPLATE_NAMES.findIndex((each, number) => each === name || String(number) === name);
		if (index === -1) {
			throw valueError(option, `0 to 5 or one of ${TEMPLATE_NAMES.join(', ')}`, value);
		}

		return index as TimingTemplate;
	},
	schema: {anyOf: [{type: 'integer', minimum: 0, maximum: 5}, {enum: TEMPLATE_NAMES}]},
	completes: ['0', '1', '2', '3', '4', '5', ...TEMPLATE_NAMES],
};

/** One part of several. */
export const part: Argument<{readonly index: number; readonly count: number}> = {
	label: 'I/N',
	read: (value, option) => {
		const [, index, count] = /^(\d+)\/(\d+)$/.exec(value) ?? [];
		if (index === undefined || Number(index) < 1 || Number(index) > Number(count)) {
			throw valueError(option, 'a part and how many there are, such as 1/4', value);
		}

		return {index: Number(index), count: Number(count)};
	},
	schema: {type: 'string', pattern: String.raw`^\d+/\d+$`},
	completes: 'nothing',
};

/** A number of bytes with a unit out of K, M and G, which count in 1024s. */
export const byteSize: Argument<number> = {
	label: 'SIZE',
	read: (value, option) => {
		const [, number, unit = ''] = /^([\d.]+)([kmg]?)b?$/i.exec(value) ?? [];
		const size = Math.floor(Number(number) * 1024 ** ' kmg'.indexOf(unit.toLowerCase() || ' '));
		if (number === undefined || !DECIMAL.test(number) || size < 1) {
			throw valueError(option, 'a number of bytes such as 65536, 500K, 64M or 2G', value);
		}

		return size;
	},
	schema: {
		anyOf: [
			{type: 'integer', minimum: 1},
			{type: 'string', pattern: String.raw`^[\d.]+[kKmMgG]?[bB]?$`},
		],
	},
	completes: 'nothing',
};

/** What a time is checked against: its smallest value, and from where on a bare number looks like milliseconds. */
export interface TimeBounds {
	readonly least: Micros;
	readonly bareBelow: number;
}

/**
 * A number with a unit out of ms, s, m and h, seconds when it has none. A bare number that was more likely meant
 * as milliseconds is refused, with advice.
 */
export const time = ({least, bareBelow}: TimeBounds): Argument<Micros> => ({
	label: 'TIME',
	read: (value, option) => {
		const [, number, unit = ''] = TIME.exec(value) ?? [];
		const length = Number(number) * TIME_UNITS[unit.toLowerCase()];
		if (number === undefined || !DECIMAL.test(number) || length < least) {
			const bound = least > 0 ? ` of at least ${least / MILLISECOND}ms` : '';
			throw valueError(option, `a time${bound} such as 500ms, 2s, 1.5m or 1h`, value);
		}

		if (unit === '' && Number(number) >= bareBelow) {
			throw optionError(
				`${option}: \`${value}\` would be ${value} seconds; write ${value}ms for milliseconds or ${value}s for seconds`,
			);
		}

		return micros(length);
	},
	schema: {
		anyOf: [
			{type: 'number', minimum: 0, ...(bareBelow < Infinity && {exclusiveMaximum: bareBelow})},
			{type: 'string', pattern: String.raw`^[\d.]+(?:[mM][sS]|[sSmMhH])?$`},
		],
	},
	completes: 'nothing',
});

const readWholeNumber = (value: string, option: string, least: number, most: number): number => {
	if (!/^\d+$/.test(value) || Number(value) < least || Number(value) > most) {
		throw valueError(option, `a whole number from ${least} to ${most}`, value);
	}

	return Number(value);
};

const DECIMAL = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,2})?$/i;
const TIME = /^([\d.]+)(ms|s|m|h)?$/i;
const TIME_UNITS: Readonly<Record<string, number>> = {
	'': SECOND,
	ms: MILLISECOND,
	s: SECOND,
	m: 60 * SECOND,
	h: 3600 * SECOND,
};
