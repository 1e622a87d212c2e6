import {readFile} from 'node:fs/promises';
import {fileError} from '../process/file-error.ts';
import type {CommandLine} from '../options/parse-command-line.ts';
import {optionError} from '../options/option-error.ts';
import type {CommandIo} from '../process/io.ts';
import {targetWords} from './target-words.ts';

/** Target specifications from the command line and from files. */
export interface TypedTargets {
	readonly targets: readonly string[];
	readonly exclude: readonly string[];
}

/** @throws ScanError `ERR_HALFOPEN_OPTION` when a file cannot be read, or when no targets are named at all */
export const readTargets = async (
	{settings, operands}: CommandLine,
	io: CommandIo,
): Promise<TypedTargets> => {
	const {inputFile, simulateFile} = settings;
	if (operands.length === 0 && inputFile === undefined && simulateFile === undefined) {
		throw optionError('expected at least one target, got none; see halfopen --help');
	}

	return {
		targets: [...operands, ...(await wordsIn('-iL', inputFile, io))],
		exclude: [...settings.exclude, ...(await wordsIn('--excludefile', settings.excludeFile, io))],
	};
};

const wordsIn = async (option: string, path: string | undefined, io: CommandIo): Promise<string[]> => {
	if (path === undefined) {
		return [];
	}

	try {
		return targetWords(path === '-' ? await readAll(io.stdin) : await readFile(path, 'utf8'));
	} catch (error) {
		throw fileError(option, 'read', path, error);
	}
};

const readAll = async (stream: AsyncIterable<string | Uint8Array>): Promise<string> => {
	const decoder = new TextDecoder();
	let text = '';
	for await (const chunk of stream) {
		text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, {stream: true});
	}

	return text;
};
