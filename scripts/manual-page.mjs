// Writes docs/halfopen.1, the manual page, from the options and commands of the command line.
//
// Usage, with the development Node: node --conditions=@halfopen/source scripts/manual-page.mjs [--check]
import {readFileSync, writeFileSync} from 'node:fs';
import {COMMANDS} from '../packages/cli/src/commands/commands.ts';
import {OPTION_GROUPS} from '../packages/cli/src/options/option.ts';
import {OPTIONS} from '../packages/cli/src/options/options.ts';
import {EXAMPLES} from '../packages/cli/src/options/help-text.ts';
import {EXIT_CODE_MEANINGS} from '../packages/cli/src/process/exit-code.ts';
import {KEYS, OTHER_KEY} from '../packages/cli/src/terminal/keys.ts';
import {VERSION} from '../packages/cli/src/version.ts';

const PAGE = new URL('../docs/halfopen.1', import.meta.url);

const manualPage = () =>
	[
		'.\\" Made by scripts/manual-page.mjs.',
		`.TH HALFOPEN 1 "" "halfopen ${VERSION}" "User Commands"`,
		section('NAME'),
		'halfopen \\- TCP SYN and connect scanner',
		section('SYNOPSIS'),
		'.B halfopen',
		'.RI [ options ] " target" ...',
		...Object.values(COMMANDS).flatMap(({usage}) => [
			'.br',
			`.B halfopen ${escaped(usage.split(' ')[0])}`,
			...synopsisOf(usage),
		]),
		section('DESCRIPTION'),
		...DESCRIPTION.map(text => paragraph(text)),
		section('COMMANDS'),
		...Object.values(COMMANDS).flatMap(({usage, help}) => item(bold(usage), `${help}.`)),
		section('OPTIONS'),
		paragraph(
			'Options may stand anywhere among the targets. Long ones take one dash or two and may be cut short as long as they ' +
				'stay unique. A TIME is in seconds, or has a unit: 500ms, 2s, 5m, 1h. A SIZE is in bytes, or has a unit: 500K, 64M, 2G.',
		),
		...OPTION_GROUPS.flatMap(group => [
			`.SS ${escaped(group)}`,
			...OPTIONS.filter(option => option.group === group).flatMap(option =>
				item(spelling(option), [sentence(option.help), option.details].filter(Boolean).join(' ')),
			),
		]),
		section('KEYS'),
		paragraph('While a scan runs at a terminal:'),
		...[...Object.values(KEYS), OTHER_KEY].flatMap(({name, meaning}) => item(bold(name), sentence(meaning))),
		section('EXIT STATUS'),
		...EXIT_CODE_MEANINGS.flatMap(([code, meaning]) => item(bold(String(code)), sentence(meaning))),
		section('ENVIRONMENT'),
		...item(bold('NO_COLOR'), 'Not empty: no colours.'),
		...item(bold('FORCE_COLOR'), 'Colours on a pipe too; 0 for none.'),
		...item(bold('XDG_CONFIG_HOME'), 'Where halfopen/config.json is, instead of ~/.config.'),
		section('FILES'),
		...item(
			bold('~/.config/halfopen/config.json'),
			'Options that hold unless the command line says otherwise: a JSON object with long names of options, or the letters of those that have none, as keys. --no-config ignores it.',
		),
		section('EXAMPLES'),
		...EXAMPLES.flatMap(([command, meaning]) => item(bold(command), meaning)),
		section('SEE ALSO'),
		'https://github.com/halfopen/halfopen',
	].join('\n') + '\n';

const DESCRIPTION = [
	'halfopen finds out which TCP ports are open, as Nmap does with its SYN scan: it sends SYNs and tells open ports by SYN/ACKs, ' +
		'closed ones by RSTs, and filtered ones by silence or ICMP errors. Options, states, reasons and reports are those of Nmap.',
	'A target is an address, a name, a prefix or ranges: 192.0.2.7, example.org, 192.0.2.0/24, 192.0.2-3.1.',
	'A SYN scan needs the capability CAP_NET_RAW; without it a connect scan is done.',
];

const section = name => `.SH ${name}`;

const paragraph = text => `.PP\n${escaped(text)}`;

const item = (head, text) => ['.TP', head, escaped(text)];

const bold = text => `\\fB${escaped(text)}\\fR`;

const italic = text => `\\fI${escaped(text)}\\fR`;

const synopsisOf = usage =>
	usage
		.split(' ')
		.slice(1)
		.map(word => `.I ${escaped(word)}`);

const spelling = ({names, argument}) => {
	const shown = names.map(name => bold(name)).join(', ');
	return argument === undefined
		? shown
		: argument.isOptional
			? `${shown} [${italic(argument.label)}]`
			: `${shown} ${italic(argument.label)}`;
};

const sentence = help =>
	`${help[0].toUpperCase()}${help.slice(1)}${/[.?!]$/.test(help) ? '' : '.'}`.replaceAll(/ +/g, ' ');

/** Text that roff takes as it is: backslashes, hyphens that are to be copied, and dots in front of lines. */
const escaped = text =>
	text
		.replaceAll('\\', '\\e')
		.replaceAll('-', '\\-')
		.replaceAll('~', '\\(ti')
		.replaceAll("'", '\\(aq')
		.replace(/^\./, '\\&.');

const page = manualPage();
if (!process.argv.includes('--check')) {
	writeFileSync(PAGE, page);
} else if (readFileSync(PAGE, 'utf8') !== page) {
	console.error('docs/halfopen.1 is not current: run scripts/manual-page.mjs as it says');
	process.exitCode = 1;
}
