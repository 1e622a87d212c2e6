// Debian packages: what is there, what is missing, and how it is installed.
import {spawnSync} from 'node:child_process';

/** What building and running needs. */
export const RUNTIME_PACKAGES = ['g++', 'iproute2', 'libpcap-dev', 'libpcap0.8', 'make', 'python3'];

/** What the tests need on top: the namespace lab, the C++ tests, Nmap to compare with, readers of its formats, shells to complete words in. */
export const TEST_PACKAGES = [
	'clang-format-19',
	'cmake',
	'doctest-dev',
	'fish',
	'libxml2-utils',
	'ndiff',
	'nftables',
	'nmap',
	'procps',
	'tcpdump',
	'util-linux',
	'zsh',
];

/** The packages of a list that are not installed. */
export const missingPackages = names => {
	const {stdout} = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Abbrev}${Package}\n', ...names], {
		encoding: 'utf8',
	});
	const installed = new Set(
		(stdout ?? '')
			.split('\n')
			.filter(line => line.startsWith('ii'))
			.map(line => line.slice(2).trim()),
	);
	return names.filter(name => !installed.has(name));
};

/** The commands that install packages, for a person to type. */
export const installCommands = names => ['sudo apt-get update', `sudo apt-get install ${names.join(' ')}`];

/** Installs packages; root only. */
export const installPackages = names => {
	const environment = {...process.env, DEBIAN_FRONTEND: 'noninteractive'};
	for (const args of [
		['update', '-qq'],
		['install', '-qq', '-y', '--no-install-recommends', ...names],
	]) {
		const {status} = spawnSync('apt-get', args, {env: environment, stdio: ['ignore', 2, 2]});
		if (status !== 0) {
			throw new Error(`apt-get ${args.join(' ')} failed with exit code ${status}`);
		}
	}
};
