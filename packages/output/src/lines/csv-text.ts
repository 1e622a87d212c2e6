import {escapeText} from '../text/escape-text.ts';

/**
 * Text as a cell of a CSV. A spreadsheet takes a cell that begins with one of a few characters for a formula, also when
 * it is quoted, so these are escaped there.
 */
export const csvText = (text: string): string => {
	if (PLAIN.test(text)) {
		return text;
	}

	const escaped = escapeText(text).replace(FORMULA, first => `\\u{${first.codePointAt(0)!.toString(16)}}`);
	return /[",]/.test(escaped) ? `"${escaped.replaceAll('"', '""')}"` : escaped;
};

const PLAIN = /^[\w.:][\w.:%-]*$/;
const FORMULA = /^[=+@-]/;
