// Which hosts are up: halfopen and Nmap side by side, each list compared with the truth.
//
// Usage: node bench/discovery.ts [--case NAME] [--rounds N] [--nmap] [--limit SECONDS]
//   --case    only this one, and only on the screen
//   --rounds  default 3
//   --nmap    Nmap too where it takes minutes, once; otherwise its time there is that of the last such run
//   --limit   ends a run after so long, default 1800
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {CLI, NODE} from '../test/end-to-end/halfopen.ts';
import type {Namespace} from '../test/lab/index.ts';
import {DISCOVERY_CASES, type DiscoveryCase} from './discovery-cases.ts';
import {flag, markdownTable, median, numberOption, report, textOption, time} from './measure.ts';

/** One scan by one contender. */
interface Run {
	readonly seconds: number;
	/** Hosts and ports that it has wrong; absent when it was ended before it was done. */
	readonly wrong?: number;
}

type Contender = 'halfopen' | 'Nmap';

const COMMANDS: Readonly<Record<Contender, readonly string[]>> = {halfopen: [NODE, CLI], Nmap: ['nmap']};

const NMAP_RUNS = path.join(import.meta.dirname, 'results/discovery-nmap.json');

const rounds = numberOption('rounds', 3);
const limit = numberOption('limit', 1800);
const only = textOption('case');
const cases = DISCOVERY_CASES.filter(({name}) => only === undefined || name === only);

const runOnce = async (scanner: Namespace, contender: Contender, current: DiscoveryCase): Promise<Run> => {
	const [command, ...words] = COMMANDS[contender];
	const {seconds, result} = await time(async () =>
		scanner.run('timeout', [`${limit}`, command, ...words, ...current.args, '-oX', '-'], {
			timeout: (limit + 10) * 1000,
		}),
	);
	if (result.status !== 0 && result.status !== 124) {
		throw new Error(`${contender} ended with status ${result.status}: ${result.stderr}`);
	}

	const run = result.status === 124 ? {seconds} : {seconds, wrong: current.countMistakes(result.stdout)};
	console.error(current.name, contender, JSON.stringify(run));
	return run;
};

/** All runs of one case by turns. */
const runCase = async (current: DiscoveryCase): Promise<Record<Contender, readonly Run[]>> => {
	const place = await current.make();
	const runs: Record<Contender, Run[]> = {halfopen: [], Nmap: []};
	for (let round = 0; round < rounds; round++) {
		runs.halfopen.push(await runOnce(place.scanner, 'halfopen', current));
		if (current.long !== true || (flag('nmap') && round === 0)) {
			runs.Nmap.push(await runOnce(place.scanner, 'Nmap', current));
		}
	}

	await place.close();
	if (current.long === true && flag('nmap')) {
		keepNmapRuns(current.name, runs.Nmap);
	}

	return {...runs, Nmap: runs.Nmap.length > 0 ? runs.Nmap : (readNmapRuns()[current.name] ?? [])};
};

const readNmapRuns = (): Record<string, Run[]> =>
	existsSync(NMAP_RUNS) ? (JSON.parse(readFileSync(NMAP_RUNS, 'utf8')) as Record<string, Run[]>) : {};

const keepNmapRuns = (name: string, runs: readonly Run[]): void => {
	mkdirSync(path.dirname(NMAP_RUNS), {recursive: true});
	writeFileSync(NMAP_RUNS, `${JSON.stringify({...readNmapRuns(), [name]: runs}, undefined, '\t')}\n`);
};

const rowOf = (current: DiscoveryCase, {halfopen, Nmap}: Record<Contender, readonly Run[]>): string[] => [
	current.work,
	`\`${current.args.join(' ')}\``,
	timeOf(halfopen),
	wrongOf(halfopen),
	timeOf(Nmap),
	wrongOf(Nmap),
	Nmap.length > 0 ? `${sign(Nmap)}${(middle(Nmap) / middle(halfopen)).toFixed(1)}x` : '?',
	verdictOf(current, halfopen, Nmap),
];

const timeOf = (runs: readonly Run[]): string => {
	const seconds = runs.map(run => run.seconds);
	const text = `${sign(runs)}${middle(runs).toFixed(2)} s`;
	return runs.length === 0
		? '?'
		: runs.length === 1
			? text
			: `${text} (${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`;
};

/** Says that a run was ended before it was done. */
const sign = (runs: readonly Run[]): string => (runs.some(({wrong}) => wrong === undefined) ? '> ' : '');

const middle = (runs: readonly Run[]): number => median(runs.map(({seconds}) => seconds));

const wrongOf = (runs: readonly Run[]): string => runs.map(({wrong = '?'}) => wrong).join(', ');

const verdictOf = ({goal}: DiscoveryCase, halfopen: readonly Run[], Nmap: readonly Run[]): string => {
	const seconds =
		goal === undefined ? Infinity : 'seconds' in goal ? goal.seconds : middle(Nmap) / goal.fasterThanNmap;
	const misses = [
		...(halfopen.every(({wrong}) => wrong === 0) ? [] : ['hosts or ports']),
		...(middle(halfopen) <= seconds ? [] : [`time (${seconds.toFixed(2)} s)`]),
	];
	return misses.length === 0 ? `reached${toReach(goal)}` : `**missed** ${misses.join(', ')}`;
};

const toReach = (goal: DiscoveryCase['goal']): string => {
	if (goal === undefined) {
		return '';
	}

	return 'seconds' in goal ? ` (${goal.seconds} s)` : ` (${goal.fasterThanNmap}x)`;
};

const HEAD = ['work', 'told both', 'halfopen', 'wrong', 'Nmap', 'wrong', 'faster than Nmap', 'goal'];

const table: string[][] = [HEAD];
for (const current of cases) {
	table.push(rowOf(current, await runCase(current)));
}

if (only === undefined) {
	report(
		'discovery',
		'Which hosts are up',
		`Whole processes by turns, ${rounds} rounds: median of the times (least to most); Nmap once where it takes minutes, by a
run with \`--nmap\`. Of each run, how many hosts it has too many or too few, or with a wrong link-layer address, and how many
ports have a wrong state. Addresses without a host are dropped at the last hop, except where their router speaks for them.

${markdownTable(table)}`,
	);
} else {
	console.log(markdownTable(table));
}
