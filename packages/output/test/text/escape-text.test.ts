import test from 'ava';
import fc from 'fast-check';
import {escapeName, escapeText} from '../../src/text/escape-text.ts';

const escapes = test.macro({
	title: (_, what: string) => `${what} are escaped`,
	exec(t, _what: string, text: string, expected: string) {
		t.is(escapeText(text), expected);
	},
});

test(escapes, 'C0 controls', 'a\u0000\u001B[31m\r\n', String.raw`a\u{0}\u{1b}[31m\u{d}\u{a}`);
test(escapes, 'DEL and C1 controls', '\u007F\u009B', String.raw`\u{7f}\u{9b}`);
test(escapes, 'bidi controls', '\u202E\u2066\u200F\u061C', String.raw`\u{202e}\u{2066}\u{200f}\u{61c}`);
test(
	escapes,
	'zero-width characters',
	'\u200B\u200D\u2060\uFEFF\u00AD',
	String.raw`\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}`,
);
test(escapes, 'tags and variation selectors', '\u{E0041}\uFE0F', String.raw`\u{e0041}\u{fe0f}`);
test(escapes, 'separators of lines', '\u2028\u2029', String.raw`\u{2028}\u{2029}`);
test(escapes, 'lone surrogates', '\uD800', String.raw`\u{d800}`);
test(escapes, 'backslashes', String.raw`\u{41}`, String.raw`\u{5c}u{41}`);

test('names of people and machines stay as they are', t => {
	const text = 'server-1.example.org bücher.example 例え.テスト 🦊';
	t.is(escapeText(text), text);
});

test('blanks and brackets in a name are escaped', t => {
	t.is(escapeName('a (b)'), String.raw`a\u{20}\u{28}b\u{29}`);
});

test('what was escaped can be read back', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.string({unit: 'binary'}), text => {
				const read = escapeText(text).replaceAll(/\\u\{([\da-f]+)\}/g, (_, digits: string) =>
					String.fromCodePoint(Number.parseInt(digits, 16)),
				);
				return read === text;
			}),
		);
	});
});
