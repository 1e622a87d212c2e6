import {formatAddress, ipv4, ScanError} from '@halfopen/model';
import {
	type Ipv6Pattern,
	type PairList,
	parsePairs,
	parseTarget,
	type TargetList,
	TargetReader,
} from '@halfopen/targets';
import type {CommandLine} from '../options/parse-command-line.ts';
import {optionError, valueError, withOption} from '../options/option-error.ts';
import type {Settings} from '../options/settings.ts';
import type {CommandIo} from '../process/io.ts';
import {fileError} from '../process/file-error.ts';
import {readChunks} from './read-chunks.ts';
import {patternsOf} from './patterns-of.ts';

/** Target specifications from the command line and from files. */
export interface TypedTargets {
	readonly targets: readonly string[] | TargetList;
	readonly exclude: readonly string[] | TargetList;
	readonly pairs?: PairList;
	readonly ipv6Patterns?: readonly Ipv6Pattern[];
}

/**
 * @throws ScanError `ERR_HALFOPEN_OPTION` when a file cannot be read, an exclusion is malformed, or no targets are named
 *   at all; `ERR_HALFOPEN_TARGET` for a pair that is malformed
 */
export const readTargets = async (
	{settings, operands}: CommandLine,
	io: CommandIo,
): Promise<TypedTargets> => {
	const {inputFile, pairsFile, simulateFile, exclude, excludeFile, ipv6SeedsFile, ipv6Multicast} = settings;
	const isNamed =
		operands.length > 0 ||
		ipv6Multicast ||
		[inputFile, pairsFile, simulateFile].some(file => file !== undefined);
	if (!isNamed) {
		throw optionError('expected at least one target, got none; see halfopen --help');
	}

	refuseSharedInput(settings);
	const seeds = ipv6SeedsFile === undefined ? undefined : await readSeeds(ipv6SeedsFile, io);
	const ipv6Patterns = await patternsOf(settings.ipv6Patterns, seeds);
	return {
		targets: await listOf(operands, '-iL', inputFile, io),
		exclude: await readExclusions(exclude, excludeFile, io),
		...(pairsFile !== undefined && {pairs: await readPairs(pairsFile, io)}),
		...(ipv6Patterns !== undefined && {ipv6Patterns}),
	};
};

/** Standard input can be read once. */
const refuseSharedInput = ({inputFile, excludeFile, pairsFile, ipv6SeedsFile}: Settings): void => {
	const readers = [
		['-iL', inputFile],
		['--excludefile', excludeFile],
		['--pairs', pairsFile],
		['--ipv6-seeds', ipv6SeedsFile],
	]
		.filter(([, file]) => file === '-')
		.map(([option]) => option);
	if (readers.length > 1) {
		throw optionError(
			`${readers.join(' and ')}: expected one of them to read standard input, got ${readers.length > 2 ? 'more' : 'both'}`,
		);
	}
};

/** The words as they are, and behind them those of a file, which may be long. */
const listOf = async (
	words: readonly string[],
	option: string,
	file: string | undefined,
	io: CommandIo,
): Promise<readonly string[] | TargetList> =>
	file === undefined ? words : readList(words, option, file, io);

/** A malformed target is left out with a warning, a malformed exclusion ends all: it is told by the option that it came by. */
const readExclusions = async (
	words: readonly string[],
	file: string | undefined,
	io: CommandIo,
): Promise<TypedTargets['exclude']> => {
	checkExclusions('--exclude', words);
	const all = await listOf(words, '--excludefile', file, io);
	if ('others' in all) {
		checkExclusions(
			'--excludefile',
			all.others.map(({text}) => text),
		);
	}

	return all;
};

const checkExclusions = (option: string, texts: readonly string[]): void => {
	for (const text of texts) {
		try {
			parseTarget(text);
		} catch (error) {
			throw withOption(option, error);
		}
	}
};

const readList = async (
	words: readonly string[],
	option: string,
	file: string,
	io: CommandIo,
): Promise<TargetList> => {
	const reader = new TargetReader();
	for (const word of words) {
		reader.add(word);
	}

	await reading(option, file, async () => {
		for await (const chunk of readChunks(file, io)) {
			reader.push(chunk);
		}
	});
	reader.end();
	return reader.take();
};

/** The words of a file, with comments as in files of targets. */
const readSeeds = async (file: string, io: CommandIo): Promise<readonly string[]> => {
	const {ranges, others} = await readList([], '--ipv6-seeds', file, io);
	if (ranges.length > 0) {
		throw valueError('--ipv6-seeds', 'addresses of IPv6', formatAddress(ipv4(ranges[0])));
	}

	return others.map(({text}) => text);
};

const readPairs = async (file: string, io: CommandIo): Promise<PairList> =>
	reading('--pairs', file, async () =>
		parsePairs(readChunks(file, io), file === '-' ? 'standard input' : file),
	);

const reading = async <Result>(
	option: string,
	file: string,
	read: () => Promise<Result>,
): Promise<Result> => {
	try {
		return await read();
	} catch (error) {
		throw error instanceof ScanError ? error : fileError(option, 'read', file, error);
	}
};
