import {execFileSync} from 'node:child_process';
import type {BenchReport, CaseResult} from '@halfopen/bench';
import {CLI, NODE} from '../../test/end-to-end/halfopen.ts';
import {markdownTable, median, numberOption, time} from '../measure.ts';
import type {Row} from './row.ts';

/** Runs `halfopen bench --null` for some measurements. */
const nullBench = (only: string, duration: string): readonly CaseResult[] => {
	const args = [CLI, 'bench', '--null', '--json', '--only', only, '--duration', duration];
	const report = JSON.parse(execFileSync(NODE, args, {encoding: 'utf8'})) as BenchReport;
	return report.results;
};

const figureOf = (results: readonly CaseResult[], label: string, name: string): number =>
	results.find(result => result.label === label)?.figures.find(figure => figure.name === name)?.value ??
	Number.NaN;

const perSecond = (value: number): string => `${(value / 1e6).toFixed(2)} M/s`;

/** Nothing is sent: what each could send, on one core. */
export const offline: Row = {
	title: 'Offline, on one core',

	async run(rounds) {
		const rates = OFFLINE.map((): number[] => []);
		for (let round = 0; round < rounds; round++) {
			for (const [index, {rate}] of OFFLINE.entries()) {
				rates[index].push(await rate());
			}
		}

		return `Probes per second, ${rounds} rounds by turns, all threads of each on one core. To reach: 10 million.

${markdownTable([
	['', 'median', 'least', 'most', 'what it does'],
	...OFFLINE.map(({name, what}, index) => [
		name,
		...[median(rates[index]), Math.min(...rates[index]), Math.max(...rates[index])].map(perSecond),
		what,
	]),
])}
masscan's own \`--offline\` ends with "bad packet template" in this version, so its list of targets stands in.
`;
	},
};

const TARGETS = 1_000_000;

const onOneCore = async (command: string, ...args: readonly string[]): Promise<number> => {
	const {seconds} = await time(async () =>
		execFileSync('taskset', ['-c', '0', command, ...args], {stdio: ['ignore', 'ignore', 'ignore']}),
	);
	return seconds;
};

const OFFLINE: readonly {name: string; what: string; rate: () => Promise<number>}[] = [
	{
		name: 'halfopen bench --null',
		what: 'permutes, looks up, writes records, builds packets',
		rate: async () => figureOf(nullBench('offline', '3s'), 'one core for both', 'packets'),
	},
	{
		name: 'masscan -sL',
		what: 'permutes, looks up, prints addresses; no packets',
		rate: async () => 2 ** 21 / (await onOneCore('masscan', '-sL', '10.96.0.0/11')),
	},
	{
		name: 'zmap --dryrun',
		what: 'permutes, looks up, builds packets, prints them; the whole process',
		rate: async () => {
			const source = ['-i', 'lo', '-S', '127.0.0.1', '-G', '02:00:00:00:00:01'];
			const work = [
				'-n',
				`${TARGETS}`,
				'-B',
				'100G',
				'-c',
				'0',
				'-p',
				'80',
				'-b',
				'/dev/null',
				'-q',
				'10.0.0.0/8',
			];
			return TARGETS / (await onOneCore('zmap', '--dryrun', '-T', '1', ...source, ...work));
		},
	},
];

/** As much of the whole space as the time allows: what is held must not grow with what is done. */
export const internet: Row = {
	title: 'All of IPv4, one port, nothing sent',
	rounds: 1,

	async run() {
		const seconds = numberOption('seconds', 60);
		const results = nullBench('sweep', `${seconds}s`);
		const figure = (name: string): number => figureOf(results, 'all of IPv4, silent', name);
		return `The engine over 2^32 addresses in random order, silent, with packets built and dropped; until done, for ${seconds} s at
the most (\`--seconds N\`). Memory is the most that the process ever held. To reach: below 200 MB.

${markdownTable([
	['probes', 'share of the space', 'peak memory'],
	[
		perSecond(figure('probes')),
		`${figure('share covered').toFixed(2)} %`,
		`${Math.round(figure('peak memory'))} MB`,
	],
])}`;
	},
};

/** Each of 2^20 hosts has its port open. */
export const million: Row = {
	title: 'A million open ports',

	async run(rounds) {
		const runs = Array.from({length: rounds}, () => nullBench('sweep', '200ms'));
		const figures = (name: string): number[] =>
			runs.map(results => figureOf(results, 'a million open ports', name));
		const rates = figures('results');
		return `A sweep of 2^20 hosts of which each answers at once, with packets built and answered in the process; ${rounds}
rounds. Results per second from the first step to the last event in JavaScript. To reach: 1 million/s, none missed.

${markdownTable([
	['', 'median', 'least', 'most', 'missed', 'peak memory'],
	[
		'results',
		...[median(rates), Math.min(...rates), Math.max(...rates)].map(perSecond),
		`${Math.max(...figures('missed'))}`,
		`${Math.round(Math.max(...figures('peak memory')))} MB`,
	],
])}`;
	},
};
