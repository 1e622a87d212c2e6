// All 65,535 ports of one host on the link, closed but seven: halfopen and Nmap by turns, whole processes.
//
// Usage: node bench/one-host.ts [--rounds N]
import {createLab, listen, type Namespace} from '../test/lab/index.ts';
import {CLI, NODE} from '../test/end-to-end/halfopen.ts';
import {markdownTable, median, numberOption, report, spread, time} from './measure.ts';

const OPEN = [22, 80, 443, 3306, 8080, 31_337, 65_000];
const CLOSED = 65_535 - OPEN.length;
const SCAN = ['-n', '-Pn', '-p-', '10.77.3.2'];

const CONTENDERS: readonly {name: string; command: readonly string[]}[] = [
	{name: 'halfopen', command: [NODE, CLI, ...SCAN]},
	{name: 'halfopen -T4', command: [NODE, CLI, '-T4', ...SCAN]},
	{name: 'Nmap', command: ['nmap', ...SCAN]},
	{name: 'Nmap -T4', command: ['nmap', '-T4', ...SCAN]},
];

/** Wrong states in a report: of each port the state is known. */
const mistakesIn = (text: string): string[] => {
	const closed = Number(/Not shown: (\d+) closed tcp ports/.exec(text)?.[1] ?? 0);
	const rows = [...text.matchAll(/^(\d+)\/tcp +(\S+)/gm)].map(([, port, state]) => `${port} ${state}`);
	const truth = new Set(OPEN.map(port => `${port} open`));
	return [
		...(closed === CLOSED ? [] : [`${closed} closed ports instead of ${CLOSED}`]),
		...rows.filter(row => !truth.has(row)),
		...[...truth].filter(row => !rows.includes(row)).map(row => `not ${row}`),
	];
};

const runOnce = async (scanner: Namespace, [command, ...args]: readonly string[]): Promise<number> => {
	const {seconds, result} = await time(async () => scanner.run(command, args, {timeout: 300_000}));
	const mistakes = mistakesIn(result.stdout);
	if (result.status !== 0 || mistakes.length > 0) {
		throw new Error(`${command} was wrong: ${mistakes.slice(0, 5).join(', ')}\n${result.stderr}`);
	}

	return seconds;
};

const rounds = numberOption('rounds', 9);
const lab = await createLab();
await listen(lab.direct, OPEN);
const times = CONTENDERS.map((): number[] => []);
for (let round = -1; round < rounds; round++) {
	for (const [index, {command}] of CONTENDERS.entries()) {
		const seconds = await runOnce(lab.scanner, command);
		if (round >= 0) {
			times[index].push(seconds); // The first round warms caches.
		}
	}
}

await lab.close();

const nmap = median(times[CONTENDERS.findIndex(({name}) => name === 'Nmap')]);
report(
	'one-host',
	'One host, all 65,535 ports, closed but 7, no delay',
	`${rounds} rounds, each contender once a round after one round that does not count. Times are those of the whole
process, from its start to its exit. Each report was checked: 7 ports open, ${CLOSED} closed, nothing else.

${markdownTable([
	['', 'median', 'least', 'most', "of Nmap's"],
	...CONTENDERS.map(({name}, index) => [
		`${name} ${SCAN.join(' ')}`,
		...spread(times[index], 's'),
		(median(times[index]) / nmap).toFixed(2),
	]),
])}`,
);
