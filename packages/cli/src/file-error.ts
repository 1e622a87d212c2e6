import {ScanError} from '@halfopen/model';

/** A file that cannot be read or written, with the system's reason: `no such file or directory (ENOENT)`. */
export const fileError = (action: 'read' | 'write', path: string, cause: unknown): ScanError =>
	new ScanError('ERR_HALFOPEN_SYSTEM', `Cannot ${action} \`${path}\`: ${reasonOf(cause as Error)}`, {cause});

/** Node's message is `CODE: reason, call 'path'`. */
const reasonOf = ({message}: Error): string => message.replace(/^(E\w+): (.+?), .*$/s, '$2 ($1)');
