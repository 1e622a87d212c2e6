import test from 'ava';
import {formatCommandLine} from '../../src/text/command-line.ts';

test('words with white space are quoted, quotes and backslashes escaped', t => {
	t.is(
		formatCommandLine(['halfopen', '-oN', 'my file', String.raw`a"b\c`, '10.0.0.1']),
		String.raw`halfopen -oN "my file" a\"b\\c 10.0.0.1`,
	);
});

test('an empty word stays visible', t => {
	t.is(formatCommandLine(['halfopen', '']), 'halfopen ""');
});

test('a line break cannot begin a line of the report', t => {
	t.is(formatCommandLine(['halfopen', 'a\nb']), String.raw`halfopen "a\u{a}b"`);
});
