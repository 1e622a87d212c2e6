import type {ScanOptionName} from './scan-option-name.ts';

/** One code for each decision a caller can make about a failure. Codes are stable, messages are not. */
export type ScanErrorCode =
	/** An option has a value that is not allowed, or two options contradict each other. */
	| 'ERR_HALFOPEN_OPTION'
	/** A port specification is malformed or selects nothing. */
	| 'ERR_HALFOPEN_PORT'
	/** A target specification is malformed. */
	| 'ERR_HALFOPEN_TARGET'
	/** A name did not resolve to an address of the wanted family. */
	| 'ERR_HALFOPEN_NAME'
	/** The process lacks a privilege; the message names it and says how to grant it. */
	| 'ERR_HALFOPEN_PERMISSION'
	/** No such interface, no route, or no usable source address. */
	| 'ERR_HALFOPEN_INTERFACE'
	/** The addon, libpcap or the kernel refused something; the message has the call and its error. */
	| 'ERR_HALFOPEN_SYSTEM';

/** What more is known of an error. */
export interface ScanErrorDetails extends ErrorOptions {
	/** The option of the scan that it speaks of. */
	readonly option?: ScanOptionName;
}

/** Every error that halfopen raises on purpose. The message begins with the option that it speaks of, if there is one. */
export class ScanError extends Error {
	readonly code: ScanErrorCode;
	/** The option of the scan that it speaks of; absent where it is of none, or not of one alone. */
	readonly option?: ScanOptionName;
	/** The message without the option, as a sentence of its own. */
	readonly problem: string;

	constructor(code: ScanErrorCode, problem: string, {option, ...options}: ScanErrorDetails = {}) {
		super(option === undefined ? problem : withSubject(option, problem), options);
		this.name = 'ScanError';
		this.code = code;
		this.problem = problem;
		if (option !== undefined) {
			this.option = option;
		}
	}
}

/** What is wrong, behind what it is wrong with: `ttl: expected …`. */
export const withSubject = (subject: string, problem: string): string =>
	`${subject}: ${problem.charAt(0).toLowerCase()}${problem.slice(1)}`;

/** Does something with the value of an option: what goes wrong is said of that. */
export const readingOption = <Result>(option: ScanOptionName, read: () => Result): Result => {
	try {
		return read();
	} catch (error) {
		throw ofOption(option, error);
	}
};

/** The same error, said of an option. One that speaks of an option already, or is none of ours, stays as it is. */
export const ofOption = (option: ScanOptionName, error: unknown): unknown =>
	error instanceof ScanError && error.option === undefined
		? new ScanError(error.code, error.problem, {
				option,
				...(error.cause !== undefined && {cause: error.cause}),
			})
		: error;
