import {bashScript} from '../completion/bash.ts';
import {fishScript} from '../completion/fish.ts';
import {zshScript} from '../completion/zsh.ts';
import type {Option} from '../options/option.ts';
import {optionError} from '../options/option-error.ts';
import {OPTIONS} from '../options/options.ts';
import {EXIT_CODE} from '../process/exit-code.ts';
import type {Command} from './commands.ts';

const SCRIPTS: Readonly<Record<string, (options: readonly Option[]) => string>> = {
	bash: bashScript,
	zsh: zshScript,
	fish: fishScript,
};

/** Prints the completion script for a shell. */
export const completion: Command = async (words, io) => {
	const [shell = ''] = words;
	const shells = Object.keys(SCRIPTS);
	if (words.length !== 1 || !shells.includes(shell)) {
		throw optionError(`completion: expected one of ${shells.join(', ')}, got \`${words.join(' ')}\``);
	}

	await io.stdout.write(SCRIPTS[shell](OPTIONS));
	return EXIT_CODE.done;
};
