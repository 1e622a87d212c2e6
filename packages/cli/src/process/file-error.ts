import {ScanError} from '@halfopen/model';
import {optionError} from '../options/option-error.ts';

/** A file that an option names and that cannot be read or written, with the system's reason. */
export const fileError = (
	option: string,
	action: 'read' | 'write',
	path: string,
	cause: unknown,
): ScanError => optionError(`${option}: cannot ${action} \`${path}\`: ${reasonOf(cause as Error)}`);

/** A stream that cannot be written, such as standard output on a full disk. */
export const streamError = (name: string, cause: unknown): ScanError =>
	new ScanError('ERR_HALFOPEN_SYSTEM', `Cannot write \`${name}\`: ${reasonOf(cause as Error)}`, {cause});

/** Node's message is `CODE: reason, call 'path'`. */
const reasonOf = ({message}: Error): string => message.replace(/^(E\w+): (.+?), .*$/s, '$2 ($1)');
