import test from 'ava';
import {ScanError} from '@halfopen/model';
import {parseCommandLine} from '../../src/options/parse-command-line.ts';
import {DEFAULT_SETTINGS, type Settings} from '../../src/options/settings.ts';

/** Words of a command line; no test needs blanks within one. */
export const wordsOf = (text: string): string[] => text.split(' ');

/** What a command line sets, and what is left of it. */
export const reads = test.macro({
	title: (_, text: string) => `reads ${text}`,
	exec(t, text: string, settings: Partial<Settings>, operands: readonly string[] = ['x']) {
		const parsed = parseCommandLine(wordsOf(text));
		t.deepEqual(parsed.settings, {...DEFAULT_SETTINGS, ...settings} as Settings);
		t.deepEqual(parsed.operands, operands);
	},
});

/** A command line that is a mistake, and the one line that says so. */
export const refuses = test.macro({
	title: (_, text: string) => `refuses ${text}`,
	exec(t, text: string, message: string) {
		const error = t.throws(() => parseCommandLine(wordsOf(text)), {instanceOf: ScanError});
		t.is(error.message, message);
		t.is(error.code, 'ERR_HALFOPEN_OPTION');
	},
});
