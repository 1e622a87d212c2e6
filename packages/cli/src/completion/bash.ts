import {type CommandEntry, COMMANDS} from '../commands/commands.ts';
import type {Completion} from '../options/argument.ts';
import type {Option} from '../options/option.ts';
import {shellQuote} from './shell-quote.ts';

/** A completion script for bash. */
export const bashScript = (
	options: readonly Option[],
): string => `# Completion of halfopen for bash. Source it, or put it into
# ~/.local/share/bash-completion/completions/halfopen.
_halfopen() {
	local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
	# Bash makes three words of --send=ip.
	if [[ $current == = ]]; then
		current=
	elif [[ $previous == = ]]; then
		previous=\${COMP_WORDS[COMP_CWORD - 2]}
	fi
	COMPREPLY=()
	if ((COMP_CWORD > 1)); then
		case \${COMP_WORDS[1]} in
${Object.entries(COMMANDS)
	.map(([name, command]) => commandCase(name, command))
	.join('\n')}
		esac
	fi
	case $previous in
${argumentCases(options)}
	esac
	if [[ $current == -* ]]; then
		${wordsOf(options.flatMap(({names}) => names))}
	elif ((COMP_CWORD == 1)); then
		${wordsOf(Object.keys(COMMANDS))}
	fi
}
complete -F _halfopen halfopen
`;

const FILES = 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current")';
const FOLDERS = FILES.replace('compgen -f', 'compgen -d');

const wordsOf = (words: readonly string[]): string =>
	`mapfile -t COMPREPLY < <(compgen -W ${shellQuote(words.join(' '))} -- "$current")`;

const commandCase = (name: string, {options, completes}: CommandEntry): string => `\t\t${name})
			if [[ $current == -* ]]; then
				${wordsOf(options)}
			else
				${actionFor(completes)}
			fi
			return
			;;`;

/** Options whose argument stands in the next word, by what is offered for that. */
const argumentCases = (options: readonly Option[]): string => {
	const offered = new Map<string, string[]>();
	for (const {names, argument} of options) {
		if (argument !== undefined && argument.isOptional === undefined) {
			const action = actionFor(argument.completes);
			offered.set(action, [...(offered.get(action) ?? []), ...names]);
		}
	}

	return [...offered]
		.map(([action, names]) => `\t${names.join(' | ')})\n\t\t${action}\n\t\treturn\n\t\t;;`)
		.join('\n');
};

const actionFor = (completes: Completion): string => {
	switch (completes) {
		case 'file': {
			return FILES;
		}

		case 'folder': {
			return FOLDERS;
		}

		case 'interface': {
			return 'mapfile -t COMPREPLY < <(cd /sys/class/net && compgen -W "$(printf \'%s \' *)" -- "$current")';
		}

		case 'nothing': {
			return ':';
		}

		default: {
			return wordsOf(completes);
		}
	}
};
