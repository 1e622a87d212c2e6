import {COMMANDS} from '../commands/commands.ts';
import type {Argument} from '../options/argument.ts';
import type {Option} from '../options/option.ts';

/** A completion script for fish. */
export const fishScript = (
	options: readonly Option[],
): string => `# Completion of halfopen for fish. Source it, or put it into
# ~/.config/fish/completions/halfopen.fish.
complete -c halfopen -f
${Object.entries(COMMANDS)
	.map(([name, {help}]) => `complete -c halfopen -n __fish_use_subcommand -a ${name} -d ${fishQuote(help)}\n`)
	.join('')}complete -c halfopen -n '__fish_seen_subcommand_from diff' -F
complete -c halfopen -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
${options.map(each => `complete -c halfopen ${spellings(each)} -d ${fishQuote(each.help)}${argumentOf(each.argument)}\n`).join('')}`;

/** `-l` for long names, `-s` for letters, `-o` for several letters behind one dash. */
const spellings = ({names}: Option): string =>
	names
		.map(name =>
			name.startsWith('--') ? `-l ${name.slice(2)}` : `${name.length === 2 ? '-s' : '-o'} ${name.slice(1)}`,
		)
		.join(' ');

const argumentOf = (argument: Argument<unknown> | undefined): string => {
	if (argument === undefined || argument.isOptional) {
		return '';
	}

	switch (argument.completes) {
		case 'file': {
			return ' -r -F';
		}

		case 'folder': {
			return ' -x -a "(__fish_complete_directories)"';
		}

		case 'interface': {
			return ' -x -a "(ls /sys/class/net)"';
		}

		case 'nothing': {
			return ' -x';
		}

		default: {
			return ` -x -a ${fishQuote(argument.completes.join(' '))}`;
		}
	}
};

/** In single quotes fish knows two escapes. */
const fishQuote = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
