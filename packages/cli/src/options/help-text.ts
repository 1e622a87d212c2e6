import {wrapText} from '@halfopen/output';
import {COMMANDS} from '../commands/commands.ts';
import {OPTION_GROUPS, type Option, type OptionGroup} from './option.ts';
import {OPTIONS} from './options.ts';
import {VERSION} from '../version.ts';

const WIDTH = 98;
const COLUMN = 30;

/** What `--help` prints: usage, then the options by group. */
export const helpText = (): string =>
	[
		`halfopen ${VERSION}: TCP SYN and connect scans ( https://github.com/halfopen/halfopen )\n`,
		'Usage: halfopen [options] TARGET...\n',
		...Object.values(COMMANDS).map(({usage, help}) => `       halfopen ${usage.padEnd(20)} ${help}\n`),
		'A TARGET is an address, name, prefix or ranges: 192.0.2.7  example.org  192.0.2.0/24  192.0.2-3.1\n',
		'A TIME is in seconds, or has a unit: 500ms  2s  5m  1h\n',
		...OPTION_GROUPS.map(group => `\n${group}\n${optionsOf(group)}`),
		`\nExamples\n${EXAMPLES.map(([command, meaning]) => `  ${command.padEnd(44)} ${meaning}\n`).join('')}`,
	].join('');

/** Command lines and what they are for. */
export const EXAMPLES: readonly (readonly [command: string, meaning: string])[] = [
	['halfopen 192.0.2.7', 'the 1000 most popular ports'],
	['halfopen -p- -T4 --open 192.0.2.0/24', 'open ports among all, quickly'],
	['halfopen -d --packet-trace -p22,80 192.0.2.7', 'what is sent, what comes back, what follows'],
];

const optionsOf = (group: OptionGroup): string =>
	OPTIONS.filter(option => option.group === group)
		.map(option => formatOption(option))
		.join('');

const formatOption = (option: Option): string => {
	const [first, ...rest] = wrapText(option.help, WIDTH - COLUMN);
	const spelled = `  ${spelling(option)}`;
	const head =
		spelled.length < COLUMN
			? `${spelled.padEnd(COLUMN)}${first}`
			: `${spelled}\n${' '.repeat(COLUMN)}${first}`;
	return `${[head, ...rest.map(line => `${' '.repeat(COLUMN)}${line}`)].join('\n')}\n`;
};

/** Aliases that are shown: the long form of a letter, not the old spellings. */
const spelling = ({names: [name, ...aliases], argument}: Option): string => {
	const shown = [name, ...aliases.filter(alias => alias.startsWith('--'))].join(', ');
	return argument === undefined || argument.isOptional ? shown : `${shown} ${argument.label}`;
};
