// Writes the tables of docs/command-line.md from the options that the command line has, and those it refuses.
//
// Usage, with the development Node: node --conditions=@halfopen/source scripts/option-table.mjs [--check]
import {readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {OPTION_GROUPS} from '../packages/cli/src/options/option.ts';
import {OPTIONS} from '../packages/cli/src/options/options.ts';
import {REFUSED_OPTIONS} from '../packages/cli/src/options/refused-options.ts';

const PAGE = fileURLToPath(new URL('../docs/command-line.md', import.meta.url));

/** The page with the text between the marks of each part replaced. */
const withParts = (page, parts) =>
	Object.entries(parts).reduce((text, [name, content]) => {
		const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
		const from = text.indexOf(begin);
		const to = text.indexOf(end);
		if (from === -1 || to < from) {
			throw new Error(`Expected the marks of \`${name}\` in ${PAGE}`);
		}

		return `${text.slice(0, from + begin.length)}\n\n${content}\n${text.slice(to)}`;
	}, page);

const optionTables = () =>
	OPTION_GROUPS.map(group => {
		const options = OPTIONS.filter(option => option.group === group);
		return `### ${group}\n\n${table(['option', 'meaning'], options.map(rowOf))}`;
	}).join('\n');

const rowOf = ({names, argument, help}) => {
	const shown = argument?.isOptional ? `[${argument.label}]` : argument?.label;
	const spelled = names.map(name => `\`${name}\``).join(', ');
	return [argument === undefined ? spelled : `${spelled} _${shown}_`, help.replaceAll(/ +/g, ' ')];
};

const refusedList = () =>
	REFUSED_KINDS.map(([refusal, meaning]) => {
		const names = REFUSED_OPTIONS.filter(option => option.refusal === refusal).map(({name}) => `\`${name}\``);
		return `- ${wrapped([`${meaning}:`, ...names.join(', ').split(' ')])}\n`;
	}).join('');

const REFUSED_KINDS = [
	['outside', 'Outside the SYN and connect scans'],
	['onPurpose', 'Absent on purpose, since halfopen does not forge its source or hide among decoys'],
	['later', 'Not in this version'],
];

const WIDTH = 110;

/** Words in the lines of one item of a list. */
const wrapped = words => {
	const lines = [''];
	for (const word of words) {
		const joined = `${lines.at(-1)} ${word}`.trim();
		if (joined.length > WIDTH) {
			lines.push(word);
		} else {
			lines[lines.length - 1] = joined;
		}
	}

	return lines.join('\n  ');
};

/** A table as oxfmt lays it out. */
const table = (head, rows) => {
	const cells = [head, ...rows].map(row => row.map(cell => cell.replaceAll('|', '\\|')));
	const widths = head.map((_, column) => Math.max(3, ...cells.map(row => row[column].length)));
	const lines = cells.map(row => line(row.map((cell, column) => cell.padEnd(widths[column]))));
	lines.splice(1, 0, line(widths.map(width => '-'.repeat(width))));
	return `${lines.join('\n')}\n`;
};

const line = cells => `| ${cells.join(' | ')} |`;

const page = readFileSync(PAGE, 'utf8');
const current = withParts(page, {options: optionTables(), 'refused options': refusedList()});
if (!process.argv.includes('--check')) {
	writeFileSync(PAGE, current);
} else if (page !== current) {
	console.error('docs/command-line.md is not current: run scripts/option-table.mjs as it says');
	process.exitCode = 1;
}
