import {execFileSync} from 'node:child_process';
import {FIELD} from './field.ts';

// How each contender is told the same work. What they need to be told besides is where to send: none of them is to
// look for a neighbour, and none is to refuse private addresses.

export const masscanCommand = (
	prefix: string,
	ports: string,
	rate: number,
	...more: readonly string[]
): string[] => [...MASSCAN, '--rate', `${rate}`, '-p', ports, prefix, ...more];

const {device, nextHopMac, source} = FIELD;
const MASSCAN = ['masscan', '-e', device, '--router-mac', nextHopMac, '--source-ip', source];

/** Debian's zmap asks one port in a run. */
export const zmapCommand = (
	prefix: string,
	port: number,
	rate: number,
	...more: readonly string[]
): string[] => [...ZMAP, '-r', `${rate}`, '-p', `${port}`, ...more, prefix];

const ZMAP = ['zmap', '-i', device, '-G', nextHopMac, '-S', source, '-b', '/dev/null', '-q', '-T', '1'];

/** As they name themselves. */
export const versions = (): string =>
	Object.entries(VERSION_PATTERNS)
		.map(([name, pattern]) => `${name} ${pattern.exec(versionText(name))?.[1] ?? 'of unknown version'}`)
		.join(', ');

const VERSION_PATTERNS = {masscan: /version (\S+)/, zmap: /zmap (\S+)/, nmap: /version (\S+)/};

const versionText = (command: string): string => {
	try {
		return execFileSync(command, ['--version'], {encoding: 'utf8', stdio: 'pipe'});
	} catch (error) {
		return String((error as {stdout?: unknown}).stdout); // masscan's exit status is 1
	}
};
