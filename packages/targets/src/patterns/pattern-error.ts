import {ScanError} from '@halfopen/model';

/** One line that says what is wrong with a pattern. */
export const patternError = (expected: string, got: string): ScanError =>
	new ScanError('ERR_HALFOPEN_OPTION', `Expected ${expected}, got \`${got}\``);
