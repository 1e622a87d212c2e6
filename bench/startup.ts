// What starting costs: `halfopen --version`, its help and the smallest scan beside a Node that does nothing.
//
// Usage: node bench/startup.ts [--rounds N]
import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {CLI, NODE} from '../test/end-to-end/halfopen.ts';
import {markdownTable, median, numberOption, report, spread, time} from './measure.ts';

const COMMANDS: readonly {name: string; args: readonly string[]}[] = [
	{name: 'node -e 0', args: ['-e', '0']},
	{name: 'halfopen --version', args: [CLI, '--version']},
	{name: 'halfopen --help', args: [CLI, '--help']},
	{name: 'halfopen -n -Pn -p 1 127.0.0.1', args: [CLI, '-n', '-Pn', '-p', '1', '127.0.0.1']},
];

const rounds = numberOption('rounds', 30);
const times = COMMANDS.map((): number[] => []);
for (let round = -1; round < rounds; round++) {
	for (const [index, {args}] of COMMANDS.entries()) {
		const {seconds} = await time(async () => promisify(execFile)(NODE, args));
		if (round >= 0) {
			times[index].push(seconds); // The first round warms caches.
		}
	}
}

const {stdout: version} = await promisify(execFile)(NODE, ['--version']);
report(
	'startup',
	'Starting the command line',
	`${rounds} rounds with Node ${version.trim()}, each command once a round after one round that does not count.

${markdownTable([
	['', 'median', 'least', 'most', 'of `node -e 0`'],
	...COMMANDS.map(({name}, index) => [
		`\`${name}\``,
		...spread(times[index], 'ms'),
		(median(times[index]) / median(times[0])).toFixed(2),
	]),
])}`,
);
