// Readers of option arguments. Each takes the text and the option it belongs to, for its error.

import {MILLISECOND, micros, SECOND, type Micros} from '@halfopen/model';
import {TEMPLATE_NAMES, type TimingTemplate} from '@halfopen/timing';
import {optionError, valueError} from './option-error.ts';

/** A whole number within bounds, both included. */
export const wholeNumber = (text: string, option: string, least: number, most: number): number => {
	const value = Number(text);
	if (!/^\d+$/.test(text) || value < least || value > most) {
		throw valueError(option, `a whole number from ${least} to ${most}`, text);
	}

	return value;
};

/** Packets per second: any number above 0. */
export const rate = (text: string, option: string): number => {
	const value = Number(text);
	if (!DECIMAL.test(text) || value <= 0) {
		throw valueError(option, 'a number of packets per second above 0', text);
	}

	return value;
};

/** A probability below 1. */
export const probability = (text: string, option: string): number => {
	const value = Number(text);
	if (!DECIMAL.test(text) || value >= 1) {
		throw valueError(option, 'a number from 0 to below 1', text);
	}

	return value;
};

/** One of a few words. */
export const oneOf = <const Word extends string>(
	text: string,
	option: string,
	words: readonly Word[],
): Word => {
	const word = words.find(each => each === text);
	if (word === undefined) {
		throw valueError(option, `one of ${words.join(', ')}`, text);
	}

	return word;
};

/** A timing template by number, or by name in any case. */
export const template = (text: string, option: string): TimingTemplate => {
	const name = text.toLowerCase();
	const index = TEMPLATE_NAMES.findIndex((each, number) => each === name || String(number) === name);
	if (index === -1) {
		throw valueError(option, `0 to 5 or one of ${TEMPLATE_NAMES.join(', ')}`, text);
	}

	return index as TimingTemplate;
};

/** What a time is read for: its smallest value, and from where on a bare number looks like milliseconds. */
export interface TimeBounds {
	readonly least: Micros;
	readonly bareBelow: number;
}

/**
 * A number with a unit out of ms, s, m and h, seconds when it has none. A bare number that was more likely meant
 * as milliseconds is refused, with advice.
 */
export const time = (text: string, option: string, {least, bareBelow}: TimeBounds): Micros => {
	const [, number, unit = ''] = TIME.exec(text) ?? [];
	const value = Number(number) * TIME_UNITS[unit.toLowerCase()];
	if (number === undefined || !DECIMAL.test(number) || value < least) {
		const bound = least > 0 ? ` of at least ${least / MILLISECOND}ms` : '';
		throw valueError(option, `a time${bound} such as 500ms, 2s, 1.5m or 1h`, text);
	}

	if (unit === '' && Number(number) >= bareBelow) {
		throw optionError(
			`${option}: \`${text}\` would be ${text} seconds; write ${text}ms for milliseconds or ${text}s for seconds`,
		);
	}

	return micros(value);
};

const DECIMAL = /^(?:\d+\.?\d*|\.\d+)$/;
const TIME = /^([\d.]+)(ms|s|m|h)?$/i;
const TIME_UNITS: Readonly<Record<string, number>> = {
	'': SECOND,
	ms: MILLISECOND,
	s: SECOND,
	m: 60 * SECOND,
	h: 3600 * SECOND,
};
