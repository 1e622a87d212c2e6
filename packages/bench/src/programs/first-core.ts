import {readFileSync} from 'node:fs';

/** The number of the first core that this process may run on. */
export const firstCore = (): string => firstListed(readFileSync('/proc/self/status', 'utf8'));

/** As in the text of /proc/PID/status, proc_pid_status(5). */
export const firstListed = (status: string): string =>
	/^Cpus_allowed_list:\s*(\d+)/m.exec(status)?.[1] ?? '0';
