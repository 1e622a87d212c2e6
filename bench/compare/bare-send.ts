import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {FIELD} from './field.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const SOURCE = path.join(ROOT, 'native/bench/bare_send.cc');
const PROGRAM = path.join(ROOT, 'build/compare/bare_send');

/** Of the core, only what builds frames. */
const NEEDED = /src\/(?:wire|probe)\/|src\/io\/outgoing_path/;

/** The least that sending costs: a C++ program that hands frames built beforehand to sendmmsg. Compiled when it has changed. */
export const bareSend = (): string => {
	if (!existsSync(PROGRAM) || statSync(PROGRAM).mtimeMs < statSync(SOURCE).mtimeMs) {
		mkdirSync(path.dirname(PROGRAM), {recursive: true});
		const flags = ['-std=c++20', '-O2', '-I', path.join(ROOT, 'native/src'), '-o', PROGRAM];
		execFileSync('g++', [...flags, SOURCE, ...coreSources()]);
	}

	return PROGRAM;
};

const coreSources = (): string[] => {
	const {variables} = JSON.parse(readFileSync(path.join(ROOT, 'native/sources.gypi'), 'utf8')) as {
		variables: Readonly<Record<'core_sources' | 'linux_sources', readonly string[]>>;
	};
	return [...variables.core_sources, ...variables.linux_sources]
		.filter(file => NEEDED.test(file))
		.map(file => path.join(ROOT, file));
};

/** Its words to send so many SYNs to ports 1 to `ports` of a prefix. */
export const bareSendCommand = (prefix: string, ports: number, packets: number): string[] => [
	bareSend(),
	FIELD.device,
	FIELD.sourceMac,
	FIELD.nextHopMac,
	FIELD.source,
	prefix,
	`${ports}`,
	`${packets}`,
	'64',
];
