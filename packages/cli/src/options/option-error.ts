import {ScanError, type ScanErrorCode} from '@halfopen/model';
import type {Settings} from './settings.ts';
import {typedName} from './typed-name.ts';

/** A value that an option does not take: names the option, what it expects and what it got. */
export const valueError = (option: string, expected: string, got: string): ScanError =>
	optionError(`${option}: expected ${expected}, got \`${got}\``);

/** Anything else that is wrong with a command line, in one line. */
export const optionError = (message: string): ScanError => new ScanError('ERR_HALFOPEN_OPTION', message);

/** Which option the library's errors are about, as far as the settings say. */
const OPTION_OF_ERROR: Partial<Record<ScanErrorCode, (settings: Settings) => string | undefined>> = {
	ERR_HALFOPEN_PORT: settings => PORT_OPTIONS.find(([isGiven]) => isGiven(settings))?.[1] ?? '--top-ports',
	ERR_HALFOPEN_OPTION: ({simulateFile}) => (simulateFile === undefined ? undefined : '--simulate'),
	ERR_HALFOPEN_INTERFACE: ({device}) => (device === undefined ? undefined : '-e'),
};

/** The options that choose ports; the first that is given is the one that an error is about. */
const PORT_OPTIONS: readonly (readonly [isGiven: (settings: Settings) => boolean, name: string])[] = [
	[({ports}) => ports !== undefined, '-p'],
	[({portRatio}) => portRatio !== undefined, '--port-ratio'],
	[({topPorts, pings}) => topPorts === undefined && pings !== undefined, '-P'],
];

/** The same error, naming the option: the library knows the value, the command line how it was spelled. */
export const namingOption = (error: unknown, settings: Settings): unknown => {
	if (!(error instanceof ScanError)) {
		return error;
	}

	const [, name = '', expectation] = NAMED.exec(error.message) ?? [];
	const typed = typedName(name, settings);
	if (typed !== undefined) {
		return optionError(`${typed}: expected ${expectation}`);
	}

	const option = OPTION_OF_ERROR[error.code]?.(settings);
	return option === undefined ? error : withOption(option, error);
};

/** How the library names an option, as in `Expected ttl to be …`. */
const NAMED = /^Expected (\w+) to be (.+)$/s;

/** The same error about this option, when it is one of halfopen's. */
export const withOption = (option: string, error: unknown): unknown =>
	error instanceof ScanError ? optionError(`${option}: ${lowerFirst(error.message)}`) : error;

const lowerFirst = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
