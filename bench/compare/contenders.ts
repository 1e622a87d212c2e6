import {execFileSync} from 'node:child_process';
import {FIELD} from './field.ts';

// How each contender is told the same work. What they need to be told besides is where to send: none of them is to
// look for a neighbour, and none is to refuse private addresses.

export const masscanCommand = (
	prefix: string,
	ports: string,
	rate: number,
	...more: readonly string[]
): string[] => [
	'masscan',
	...['-e', FIELD.device, '--router-mac', FIELD.nextHopMac, '--source-ip', FIELD.source],
	...['--rate', `${rate}`, '-p', ports, prefix, ...more],
];

/** Debian's zmap asks one port in a run. */
export const zmapCommand = (
	prefix: string,
	port: number,
	rate: number,
	...more: readonly string[]
): string[] => [
	'zmap',
	...['-i', FIELD.device, '-G', FIELD.nextHopMac, '-S', FIELD.source, '-b', '/dev/null', '-q'],
	...['-T', '1', '-r', `${rate}`, '-p', `${port}`, ...more, prefix],
];

/** As they name themselves. */
export const versions = (): string =>
	[
		['masscan', /version (\S+)/],
		['zmap', /zmap (\S+)/],
		['nmap', /version (\S+)/],
	]
		.map(
			([name, pattern]) =>
				`${name as string} ${pattern instanceof RegExp ? versionOf(name as string, pattern) : ''}`,
		)
		.join(', ');

const versionOf = (command: string, pattern: RegExp): string => {
	try {
		return pattern.exec(execFileSync(command, ['--version'], {encoding: 'utf8', stdio: 'pipe'}))?.[1] ?? '?';
	} catch (error) {
		return pattern.exec(String((error as {stdout?: unknown}).stdout))?.[1] ?? '?'; // masscan's status is 1
	}
};
