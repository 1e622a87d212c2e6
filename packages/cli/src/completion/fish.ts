import {type CommandEntry, COMMANDS} from '../commands/commands.ts';
import type {Argument, Completion} from '../options/argument.ts';
import type {Option} from '../options/option.ts';

/** A completion script for fish. */
export const fishScript = (
	options: readonly Option[],
): string => `# Completion of halfopen for fish. Source it, or put it into
# ~/.config/fish/completions/halfopen.fish.
function __halfopen_first_word_is
	set -l words (commandline -opc)
	contains -- "$words[2]" $argv
end
complete -c halfopen -f
${[...Object.entries(COMMANDS).flatMap(([name, command]) => commandLines(name, command)), ...options.map(each => optionLine(each))].join('\n')}
`;

/** The command itself, its options, and its other words. */
const commandLines = (name: string, {help, options, completes}: CommandEntry): string[] => {
	const inCommand = `complete -c halfopen -n '__halfopen_first_word_is ${name}'`;
	return [
		`complete -c halfopen -n '__halfopen_first_word_is ""' -a ${name} -d ${fishQuote(help)}`,
		...options.map(option => `${inCommand} -l ${option.slice(2)}`),
		...(completes === 'nothing' ? [] : [inCommand + actionFor(completes)]),
	];
};

/** An option of a scan, which is none of a command. */
const optionLine = (option: Option): string =>
	`complete -c halfopen -n ${IN_SCAN} ${spellings(option)} -d ${fishQuote(option.help)}${argumentOf(option.argument)}`;

const IN_SCAN = `'not __halfopen_first_word_is ${Object.keys(COMMANDS).join(' ')}'`;

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

	return `${argument.completes === 'file' ? ' -r' : ' -x'}${actionFor(argument.completes)}`;
};

const actionFor = (completes: Completion): string => {
	switch (completes) {
		case 'file': {
			return ' -F';
		}

		case 'folder': {
			return ' -a "(__fish_complete_directories)"';
		}

		case 'interface': {
			return ' -a "(ls /sys/class/net)"';
		}

		case 'nothing': {
			return '';
		}

		default: {
			return ` -a ${fishQuote(completes.join(' '))}`;
		}
	}
};

/** In single quotes fish knows two escapes. */
const fishQuote = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
