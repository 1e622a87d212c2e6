import {ScanError} from '@halfopen/model';
import type {Failure} from './messages.ts';

/** An error as it can be sent to another thread. */
export const failureOf = (error: unknown): Failure => {
	if (!(error instanceof Error)) {
		return {name: 'Error', message: String(error), stack: ''};
	}

	return {
		...(error instanceof ScanError && {code: error.code}),
		...(error instanceof ScanError && error.option !== undefined && {option: error.option}),
		name: error.name,
		message: error instanceof ScanError ? error.problem : error.message,
		stack: error.stack ?? '',
		...(error.cause !== undefined && {cause: failureOf(error.cause)}),
	};
};

/** The error that was sent, with the stack that it had there. */
export const errorOf = ({code, option, name, message, stack, cause}: Failure): Error => {
	const options = {
		...(cause !== undefined && {cause: errorOf(cause)}),
		...(option !== undefined && {option}),
	};
	const error = code === undefined ? new Error(message, options) : new ScanError(code, message, options);
	error.name = name;
	error.stack = stack;
	return error;
};
