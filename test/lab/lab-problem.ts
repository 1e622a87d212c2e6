import {execFileSync} from 'node:child_process';
import {accessSync} from 'node:fs';

/** Why there can be no lab on this machine, or `undefined`. */
export const labProblem = (): string | undefined => {
	if (process.platform !== 'linux') {
		return `The lab needs Linux, this is ${process.platform}`;
	}

	if (process.geteuid?.() !== 0) {
		return 'The lab needs root: it makes network namespaces';
	}

	const missing = ['ip', 'nft', 'sysctl', 'g++', 'nmap'].filter(command => !hasCommand(command));
	if (missing.length > 0) {
		return `The lab needs ${missing.join(', ')} (Debian: apt-get install iproute2 nftables procps g++ nmap)`;
	}

	if (!exists('/dev/net/tun')) {
		return 'The lab needs /dev/net/tun';
	}

	return namespaceProblem();
};

const hasCommand = (command: string): boolean =>
	(process.env['PATH'] ?? '').split(':').some(folder => exists(`${folder}/${command}`));

const exists = (file: string): boolean => {
	try {
		accessSync(file);
		return true;
	} catch {
		return false;
	}
};

/** Some containers have root, but may not make namespaces. */
const namespaceProblem = (): string | undefined => {
	const name = `ho${process.pid}-trial`;
	try {
		execFileSync('ip', ['netns', 'add', name], {stdio: 'pipe'});
		execFileSync('ip', ['netns', 'delete', name], {stdio: 'pipe'});
		return undefined;
	} catch (error) {
		return `The lab cannot make network namespaces: ${(error as Error).message.trim()}`;
	}
};
