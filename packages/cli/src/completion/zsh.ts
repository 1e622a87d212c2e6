import {type CommandEntry, COMMANDS} from '../commands/commands.ts';
import type {Argument, Completion} from '../options/argument.ts';
import type {Option} from '../options/option.ts';
import {shellQuote} from './shell-quote.ts';

/** A completion script for zsh. */
export const zshScript = (options: readonly Option[]): string => `#compdef halfopen
# Completion of halfopen for zsh. Put it as _halfopen into a folder of $fpath, or source it after compinit.
_halfopen() {
	local -a commands=(
${Object.entries(COMMANDS)
	.map(([name, {help}]) => `\t\t${shellQuote(`${name}:${help}`)}`)
	.join('\n')}
	)
	if ((CURRENT > 2)); then
		case \${words[2]} in
${Object.entries(COMMANDS)
	.map(([name, command]) => commandCase(name, command))
	.join('\n')}
		esac
	fi
	if ((CURRENT == 2)) && [[ \${words[2]-} != -* ]]; then
		_describe command commands
		return
	fi
	_arguments -S \\
${options.flatMap(each => specsOf(each)).join('\n')}
		'*:target:_hosts'
}
if [[ \${funcstack[1]-} == _halfopen ]]; then
	_halfopen "$@"
elif ((\${+functions[compdef]})); then
	compdef _halfopen halfopen
else
	print -u2 'halfopen: completion needs compinit first: autoload -Uz compinit && compinit'
	false
fi
`;

/** The words of a command, of which it is the first. */
const commandCase = (name: string, {options, completes}: CommandEntry): string => {
	const specs = [...options, `*:word:${actionFor(completes)}`].map(spec => shellQuote(spec));
	return `\t\t${name})
			shift words
			((CURRENT--))
			_arguments -S ${specs.join(' ')}
			return
			;;`;
};

/** One for each spelling, each of which excludes the others. */
const specsOf = ({names, help, argument}: Option): string[] =>
	names.map(name => {
		const others = names.length === 1 ? '' : `(${names.join(' ')})`;
		return `\t\t${shellQuote(`${others}${name}${joint(name, argument)}[${described(help)}]${message(argument)}`)} \\`;
	});

/** Whether the argument stands in the same word, the next, or either. */
const joint = (name: string, argument: Argument<unknown> | undefined): string => {
	if (argument === undefined) {
		return '';
	}

	const isLong = name.startsWith('--');
	return argument.isOptional ? (isLong ? '=-' : '-') : isLong ? '=' : '+';
};

const message = (argument: Argument<unknown> | undefined): string =>
	argument === undefined
		? ''
		: `:${argument.isOptional ? ':' : ''}${argument.label.replaceAll(':', '')}:${actionFor(argument.completes)}`;

const actionFor = (completes: Completion): string => {
	switch (completes) {
		case 'file': {
			return '_files';
		}

		case 'folder': {
			return '_files -/';
		}

		case 'interface': {
			return '_net_interfaces';
		}

		case 'nothing': {
			return ' ';
		}

		default: {
			return `(${completes.join(' ')})`;
		}
	}
};

const described = (help: string): string => help.replaceAll(/[[\]\\:]/g, String.raw`\$&`);
