import {execFile} from 'node:child_process';
import {mkdir, rename, stat} from 'node:fs/promises';
import path from 'node:path';
import {promisify} from 'node:util';

export type ProgramName = 'datagrams' | 'listener' | 'responder' | 'tunnel' | 'wan';

const SOURCES = path.join(import.meta.dirname, 'programs');
const BUILD = path.join(import.meta.dirname, '../../build/lab');
const FLAGS = ['-std=c++20', '-O2', '-Wall', '-Wextra'];

/** The path of a program of the lab, compiled first when its source is newer. */
export const labProgram = async (name: ProgramName): Promise<string> => {
	const source = path.join(SOURCES, `${name}.cc`);
	const program = path.join(BUILD, name);
	if ((await changedAt(source)) > (await changedAt(program))) {
		await compile(source, program);
	}

	return program;
};

const changedAt = async (file: string): Promise<number> => {
	try {
		return (await stat(file)).mtimeMs;
	} catch {
		return 0;
	}
};

/** Several test processes may do this at once: each writes a file of its own, and the last one stays. */
const compile = async (source: string, program: string): Promise<void> => {
	const unfinished = `${program}.${process.pid}`;
	await mkdir(BUILD, {recursive: true});
	await promisify(execFile)('g++', [...FLAGS, '-o', unfinished, source]);
	await rename(unfinished, program);
};
