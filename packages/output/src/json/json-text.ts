import {replaceInvisible} from '../text/escape-text.ts';

/**
 * Text as a JSON string that reads back as it was and shows nothing invisible: what could turn the direction of
 * writing or move a cursor is a `\u` escape.
 */
export const jsonText = (text: string): string => replaceInvisible(JSON.stringify(text), unicodeEscape);

/** A value as JSON; members that are `undefined` are left out. */
export const json = (value: unknown): string => replaceInvisible(JSON.stringify(value), unicodeEscape);

/** In UTF-16 units, as JSON has it. */
const unicodeEscape = (character: string): string =>
	Array.from(
		{length: character.length},
		(_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
	).join('');
