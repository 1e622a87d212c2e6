import {escapeInvisible} from './escape-text.ts';

/**
 * A command line in one line, as reports quote it: words with white space in double quotes, a backslash
 * before quotes and backslashes.
 */
export const formatCommandLine = (words: readonly string[]): string =>
	words.map(word => escapeInvisible(quoteWord(word))).join(' ');

const quoteWord = (word: string): string => {
	const escaped = word.replaceAll(/["\\]/g, String.raw`\$&`);
	return /\s/.test(word) || word === '' ? `"${escaped}"` : escaped;
};
