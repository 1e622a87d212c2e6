import {COMMANDS} from '../commands/commands.ts';
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
	case $previous in
${argumentCases(options)}
	esac
	if [[ $current == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W ${shellQuote(options.flatMap(({names}) => names).join(' '))} -- "$current")
	elif ((COMP_CWORD == 1)); then
		mapfile -t COMPREPLY < <(compgen -W ${shellQuote(Object.keys(COMMANDS).join(' '))} -- "$current")
	elif [[ \${COMP_WORDS[1]} == diff ]]; then
		${FILES}
	elif [[ \${COMP_WORDS[1]} == completion ]]; then
		mapfile -t COMPREPLY < <(compgen -W 'bash zsh fish' -- "$current")
	fi
}
complete -F _halfopen halfopen
`;

const FILES = 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current")';
const FOLDERS = FILES.replace('compgen -f', 'compgen -d');

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
			return `mapfile -t COMPREPLY < <(compgen -W ${shellQuote(completes.join(' '))} -- "$current")`;
		}
	}
};
