import {ScanError, withSubject} from '@halfopen/model';
import type {Settings} from './settings.ts';
import {typedName} from './typed-name.ts';

/** A value that an option does not take: names the option, what it expects and what it got. */
export const valueError = (option: string, expected: string, got: string): ScanError =>
	optionError(`${option}: expected ${expected}, got \`${got}\``);

/** Anything else that is wrong with a command line, in one line. */
export const optionError = (message: string): ScanError => new ScanError('ERR_HALFOPEN_OPTION', message);

/** The same error, with its option called as it was typed: the library knows it by another name. */
export const namingOption = (error: unknown, settings: Settings): unknown => {
	const typed =
		error instanceof ScanError && error.option !== undefined ? typedName(error.option, settings) : undefined;
	return typed === undefined ? error : withOption(typed, error);
};

/** The same error about this option, when it is one of halfopen's. */
export const withOption = (option: string, error: unknown): unknown =>
	error instanceof ScanError ? optionError(withSubject(option, error.problem)) : error;
