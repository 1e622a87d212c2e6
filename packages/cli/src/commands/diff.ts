import {createReadStream} from 'node:fs';
import {parseArgs} from 'node:util';
import {diffJson, diffResults, formatDiff, readResult, type ScanResult} from '@halfopen/diff';
import {ScanError} from '@halfopen/model';
import {escapeText} from '@halfopen/output';
import {optionError} from '../options/option-error.ts';
import {fileError} from '../process/file-error.ts';
import {BrokenPipe, type CommandIo} from '../process/io.ts';
import {wantsColours} from '../terminal/colours.ts';
import type {Command} from './commands.ts';

/** How `halfopen diff` ends: as diff(1) does. */
const DIFF_EXIT_CODE = {same: 0, different: 1, trouble: 2} as const;

/** `halfopen diff A B`: what changed between two results. */
export const diff: Command = async (words, io) => {
	try {
		return await compare(words, io);
	} catch (error) {
		if (error instanceof BrokenPipe) {
			return DIFF_EXIT_CODE.trouble;
		}

		if (error instanceof ScanError) {
			await io.stderr.write(`halfopen: ${escapeText(error.message)}\n`);
			return DIFF_EXIT_CODE.trouble;
		}

		throw error;
	}
};

const compare = async (words: readonly string[], io: CommandIo): Promise<number> => {
	const {help = false, json = false, files} = readWords(words);
	if (help) {
		await io.stdout.write(HELP);
		return DIFF_EXIT_CODE.same;
	}

	if (files.length !== 2) {
		throw optionError(`diff: expected two files, got ${files.length}; see halfopen diff --help`);
	}

	if (files[0] === '-' && files[1] === '-') {
		throw optionError('diff: only one of the two can be standard input');
	}

	const [before, after] = [await readFile(files[0], io), await readFile(files[1], io)];
	const difference = diffResults(before, after);
	const text = json
		? `${JSON.stringify(diffJson(difference), undefined, '\t')}\n`
		: formatDiff(difference, {colors: wantsColours(io.stdout, io.environment), escape: escapeText});
	if (text !== '') {
		await io.stdout.write(text);
	}

	return difference.hosts.length === 0 ? DIFF_EXIT_CODE.same : DIFF_EXIT_CODE.different;
};

const HELP = `Usage: halfopen diff [--json] BEFORE AFTER

Tells which hosts and ports appeared, went, or have another state. BEFORE and AFTER are results of scans in any
of the formats XML, JSON, NDJSON, grepable, list and CSV, of halfopen or of Nmap; - is standard input.

  --json      One JSON text
  -h, --help  This text

Exit code 0 when nothing is different, 1 when something is, 2 when a file cannot be read.
`;

const OPTIONS = {
	help: {type: 'boolean', short: 'h'},
	json: {type: 'boolean'},
} as const;

const readWords = (words: readonly string[]) => {
	try {
		const {values, positionals} = parseArgs({args: [...words], options: OPTIONS, allowPositionals: true});
		return {...values, files: positionals};
	} catch (error) {
		throw optionError(`diff: ${(error as Error).message.split('. ')[0]}; see halfopen diff --help`);
	}
};

/** What may be missing from a result is told, for it looks as if it had changed. */
const readFile = async (file: string, io: CommandIo): Promise<ScanResult> => {
	const name = file === '-' ? 'standard input' : file;
	const result = await readText(file === '-' ? io.stdin : createReadStream(file), name);
	for (const problem of result.problems) {
		await io.stderr.write(`halfopen: warning: ${escapeText(`${name}: ${problem}`)}\n`);
	}

	return result;
};

const readText = async (chunks: AsyncIterable<string | Uint8Array>, name: string): Promise<ScanResult> => {
	try {
		return await readResult(chunks, name);
	} catch (error) {
		throw error instanceof ScanError ? error : fileError('diff', 'read', name, error);
	}
};
