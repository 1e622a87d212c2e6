import {CLI, NODE} from '../../test/end-to-end/halfopen.ts';
import {listen} from '../../test/lab/index.ts';
import {markdownTable, median, spread, time} from '../measure.ts';
import {createField} from './field.ts';
import type {Row} from './row.ts';

const PREFIX = '10.99.0.0/22';
const HOSTS = 1024;
const PORTS = 20;
const OPEN = [3, 7];

const WORK = ['-n', '-Pn', '-sS', '-p', `1-${PORTS}`, '-oG', '-', PREFIX];

const CONTENDERS: readonly {name: string; command: readonly string[]}[] = [
	{name: 'halfopen', command: [NODE, CLI, ...WORK]},
	{name: 'halfopen --order random', command: [NODE, CLI, '--order', 'random', ...WORK]},
	{name: 'Nmap', command: ['nmap', ...WORK]},
	{name: 'Nmap -T4', command: ['nmap', '-T4', ...WORK]},
];

/** A size at which Nmap is at home. */
export const hosts: Row = {
	title: `${HOSTS} hosts on ${PORTS} ports, beside Nmap`,

	async run(rounds) {
		const field = await createField();
		await listen(field.target, OPEN);
		const times = CONTENDERS.map((): number[] => []);
		for (let round = 0; round < rounds; round++) {
			for (const [index, {command}] of CONTENDERS.entries()) {
				const [program, ...args] = command;
				const {seconds, result} = await time(async () => field.scanner.run(program, args));
				expectRight(program, result.stdout);
				times[index].push(seconds);
			}
		}

		await field.close();
		const nmap = median(times[CONTENDERS.findIndex(({name}) => name === 'Nmap')]);
		return `\`${WORK.join(' ')}\`, of each host ports ${OPEN.join(' and ')} open and the others closed; whole processes,
${rounds} rounds by turns. Each report was checked.

${markdownTable([
	['', 'median', 'least', 'most', "of Nmap's"],
	...CONTENDERS.map(({name}, index) => [
		name,
		...spread(times[index], 's'),
		(median(times[index]) / nmap).toFixed(2),
	]),
])}`;
	},
};

/** Every host has its open ports, and says of all others that they are closed. */
const expectRight = (program: string, report: string): void => {
	const right = report
		.split('\n')
		.filter(line => line.includes('\tPorts: '))
		.filter(
			line => OPEN.every(port => line.includes(` ${port}/open/`)) && closedIn(line) === PORTS - OPEN.length,
		).length;
	if (right !== HOSTS) {
		throw new Error(`${program} was right about ${right} of ${HOSTS} hosts`);
	}
};

const closedIn = (line: string): number =>
	(line.match(/\d+\/closed\//g)?.length ?? 0) +
	Number(/Ignored State: closed \((\d+)\)/.exec(line)?.[1] ?? 0);
