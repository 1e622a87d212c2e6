import {ScanError} from '@halfopen/model';

/** A value that an option does not take: names the option, what it expects and what it got. */
export const valueError = (option: string, expected: string, got: string): ScanError =>
	optionError(`${option}: expected ${expected}, got \`${got}\``);

/** Anything else that is wrong with a command line, in one line. */
export const optionError = (message: string): ScanError => new ScanError('ERR_HALFOPEN_OPTION', message);
