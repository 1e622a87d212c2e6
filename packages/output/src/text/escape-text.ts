// Names come from whoever runs the name server of the network scanned. Printed as they are, they could move
// the cursor, colour the terminal, reverse the direction of writing, or end a line and begin a false one.

/**
 * Controls, format characters (bidi, zero-width, tags), lone surrogates, private use, separators of lines, and code
 * points that are no characters. What is left, any XML document may contain (XML 1.0 §2.2).
 */
const INVISIBLE =
	/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

// What most texts and names are: nothing to look for.
const PLAIN = /^[ -~]*$/;
const PLAIN_TEXT = /^[ -[\]-~]*$/; // Without backslashes
const PLAIN_NAME = /^[!-'*-Z^-~]*$/; // And without delimiters

/** What keeps a name apart from the rest of its line: `NAME (ADDRESS)`. */
const DELIMITER = /[\s()[\]]/gu;

/**
 * Makes text from the network safe to print: what is invisible becomes its code point, as in `\u{202e}`.
 * A backslash becomes `\u{5c}`, so what looks like an escape is one.
 */
export const escapeText = (text: string): string =>
	PLAIN_TEXT.test(text) ? text : escapeInvisible(text.replaceAll('\\', codePoint));

/** `escapeText` for a name, which also keeps blanks and brackets from imitating the line around it. */
export const escapeName = (name: string): string =>
	PLAIN_NAME.test(name) ? name : escapeText(name).replaceAll(DELIMITER, codePoint);

/** `escapeText` that leaves backslashes alone. */
export const escapeInvisible = (text: string): string => replaceInvisible(text, codePoint);

/** Replaces what is invisible by something else. */
export const replaceInvisible = (text: string, replace: (character: string) => string): string =>
	PLAIN.test(text) ? text : text.replaceAll(INVISIBLE, replace);

const codePoint = (character: string): string => `\\u{${character.codePointAt(0)!.toString(16)}}`;
