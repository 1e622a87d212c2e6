// Long, lossy and narrow paths, silent and limited hosts: halfopen and Nmap, every state checked.
//
// Usage: node bench/paths.ts [--case NAME] [--further] [--seeds N] [--nmap] [--limit SECONDS]
//   --case     only this one, and only on the screen
//   --further  the further cases, in results/paths-further.md
//   --nmap     Nmap too, with the first seed only where it takes long; otherwise its times are those of the last such run
//   --limit    ends a run after so long, default 300
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {
	createLab,
	createWan,
	firewall,
	liftResetLimit,
	limitResets,
	listen,
	type Lab,
	type Namespace,
	type Wan,
} from '../test/lab/index.ts';
import {CLI, NODE} from '../test/end-to-end/halfopen.ts';
import {countMistakes, packetsSent} from './check-report.ts';
import {flag, markdownTable, median, numberOption, report, textOption, time} from './measure.ts';
import {firewallOf, FURTHER_CASES, lossOf, PATH_CASES, type PathCase} from './path-cases.ts';

/** One scan by one contender. */
interface Run {
	readonly seconds: number;
	/** Wrong states and packets sent; absent when it was ended before it was done. */
	readonly wrong?: number;
	readonly packets?: number;
}

const HALFOPEN: Readonly<Record<string, readonly string[]>> = {
	halfopen: [NODE, CLI],
	'halfopen -T4': [NODE, CLI, '-T4'],
};

/** Packets per answering port, of those that the loss alone makes necessary. */
const PACKETS_BORNE = 1.15;

const NMAP_RUNS = path.join(import.meta.dirname, 'results/paths-nmap.json');

const seeds = numberOption('seeds', 3);
const limit = numberOption('limit', 300);
const only = textOption('case');
const all = flag('further') ? FURTHER_CASES : PATH_CASES;
const cases = only === undefined ? all : [...PATH_CASES, ...FURTHER_CASES].filter(({name}) => name === only);

/** The scan of one case, from its own namespace, over a cable of its own. */
const runOnce = async (
	place: {scanner: Namespace; wan: Wan},
	current: PathCase,
	command: readonly string[],
	seed: number,
): Promise<Run> => {
	await place.wan.change({...current.wan, seed});
	const {seconds, result} = await time(async () =>
		place.scanner.run('timeout', [`${limit}`, ...command, ...scanArguments(current)], {
			timeout: (limit + 10) * 1000,
		}),
	);
	const {there, back} = await place.wan.change({});
	if (result.status === 124) {
		return {seconds};
	}

	if (result.status !== 0) {
		throw new Error(`${command.join(' ')} ended with status ${result.status}: ${result.stderr}`);
	}

	if (there.missed + back.missed > 0) {
		throw new Error(`The cable was too slow for ${command.join(' ')}: this machine has too much to do`);
	}

	return {seconds, wrong: countMistakes(result.stdout, current), packets: packetsSent(result.stdout)};
};

const scanArguments = ({wan, hosts, ports}: PathCase): string[] => {
	const network = wan === undefined ? '10.99.1.0' : '10.98.1.0';
	return ['-n', '-Pn', '-v', '-p', `1-${ports}`, `${network}/${32 - Math.log2(hosts)}`];
};

/** All runs of halfopen in one case, by contender; Nmap's is kept. */
const runCase = async (lab: Lab, wan: Wan, current: PathCase): Promise<Map<string, Run[]>> => {
	const target = current.wan === undefined ? lab.direct : wan.target;
	const listener = await listen(target, current.open);
	firewall(target, firewallOf(current));
	if (current.resets !== undefined) {
		limitResets(target, current.resets.perSecond, current.resets.burst);
	}

	const run = async (name: string, command: readonly string[], seed: number): Promise<Run> => {
		const outcome = await runOnce({scanner: lab.scanner, wan}, current, command, seed);
		console.error(current.name, name, `seed ${seed}`, JSON.stringify(outcome));
		return outcome;
	};

	const runs = new Map<string, Run[]>(Object.keys(HALFOPEN).map(name => [name, []]));
	const nmapRuns: Run[] = [];
	for (let seed = 1; seed <= seeds; seed++) {
		for (const [name, command] of Object.entries(HALFOPEN)) {
			runs.get(name)?.push(await run(name, [...command, '--seed', `${seed}`], seed));
		}

		if (flag('nmap') && current.nmap !== undefined && !nmapRuns.some(isLong)) {
			nmapRuns.push(await run(`Nmap ${current.nmap}`, ['nmap', current.nmap], seed));
			keepNmapRuns(current.name, nmapRuns);
		}
	}

	if (current.resets !== undefined) {
		liftResetLimit(target);
	}

	firewall(target, []);
	await listener.stop();
	return runs;
};

const isLong = ({seconds}: Run): boolean => seconds > 15;

const readNmapRuns = (): Record<string, Run[]> =>
	existsSync(NMAP_RUNS) ? (JSON.parse(readFileSync(NMAP_RUNS, 'utf8')) as Record<string, Run[]>) : {};

const keepNmapRuns = (name: string, runs: readonly Run[]): void => {
	mkdirSync(path.dirname(NMAP_RUNS), {recursive: true});
	writeFileSync(NMAP_RUNS, `${JSON.stringify({...readNmapRuns(), [name]: runs}, undefined, '\t')}\n`);
};

/** The rows of one case, Nmap's last. */
const rowsOf = (current: PathCase, runs: ReadonlyMap<string, readonly Run[]>): string[][] => {
	const nmap = readNmapRuns()[current.name];
	const nmapRow = nmap === undefined ? [] : [[`Nmap ${current.nmap}`, nmap] as const];
	const rows = [...runs, ...nmapRow];
	return rows.map(([name, own], index) => [
		...(index === 0 ? [current.path, workOf(current)] : ['', '']),
		name,
		timeOf(own),
		name in HALFOPEN && nmap !== undefined ? ratio(nmap, own) : '',
		own.map(({wrong = '?'}) => wrong).join(', '),
		packetsOf(current, own),
		name in HALFOPEN ? verdictOf(current, own, nmap) : '',
	]);
};

const workOf = ({hosts, ports, others}: PathCase): string =>
	`${hosts === 1 ? '1 host' : `${hosts} hosts`} x ${ports} ports, ${others === 'closed' ? 'mostly closed' : 'mostly silent'}`;

const timeOf = (runs: readonly Run[]): string => {
	const seconds = runs.map(run => run.seconds);
	const sign = runs.some(isCut) ? '> ' : '';
	const middle = `${sign}${median(seconds).toFixed(2)} s`;
	return runs.length === 1
		? middle
		: `${middle} (${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`;
};

const ratio = (nmap: readonly Run[], runs: readonly Run[]): string =>
	`${nmap.some(isCut) ? '> ' : ''}${(medianSeconds(nmap) / medianSeconds(runs)).toFixed(1)}x`;

const isCut = ({packets}: Run): boolean => packets === undefined;

const medianSeconds = (runs: readonly Run[]): number => median(runs.map(({seconds}) => seconds));

const packetsOf = (current: PathCase, runs: readonly Run[]): string => {
	if (runs.some(isCut)) {
		return '?';
	}

	const perPort = packetsPerPort(current, runs).toFixed(2);
	return current.others === 'closed' ? `${perPort} (of ${packetsBorne(current).toFixed(2)})` : perPort;
};

const packetsPerPort = ({hosts, ports}: PathCase, runs: readonly Run[]): number =>
	median(runs.map(({packets = Number.POSITIVE_INFINITY}) => packets)) / (hosts * ports);

const packetsBorne = (current: PathCase): number => PACKETS_BORNE / (1 - lossOf(current));

const verdictOf = (current: PathCase, runs: readonly Run[], nmap: readonly Run[] | undefined): string => {
	const {goal} = current;
	const misses: string[] = [];
	if (runs.some(({wrong = Number.POSITIVE_INFINITY}) => wrong > current.wrong)) {
		misses.push('states');
	}

	const seconds = secondsToReach(goal, nmap);
	if (seconds === undefined ? goal !== undefined : medianSeconds(runs) > seconds) {
		misses.push(`time (${seconds?.toFixed(2) ?? '?'} s)`);
	}

	if (current.others === 'closed' && packetsPerPort(current, runs) > packetsBorne(current)) {
		misses.push('packets');
	}

	return misses.length === 0 ? 'reached' : `**missed** ${misses.join(', ')}`;
};

const secondsToReach = (goal: PathCase['goal'], nmap: readonly Run[] | undefined): number | undefined => {
	if (goal === undefined || 'seconds' in goal) {
		return goal?.seconds;
	}

	return nmap === undefined ? undefined : medianSeconds(nmap) / goal.fasterThanNmap;
};

const HEAD = [
	'path',
	'work',
	'scanner',
	'time',
	'faster than Nmap',
	'wrong states',
	'packets per port',
	'goal',
];

const lab = await createLab();
const wan = await createWan({}, lab.scanner);
const table: string[][] = [HEAD];
for (const current of cases) {
	table.push(...rowsOf(current, await runCase(lab, wan, current)));
}

await wan.close();
await lab.close();

if (only === undefined) {
	report(
		flag('further') ? 'paths-further' : 'paths',
		flag('further') ? 'Further paths' : 'Long, lossy and narrow paths',
		`Whole processes by turns, ${seeds} seeds of the path and of the scan: median of the times (least to most); of Nmap one
scan where it takes long, by a run with \`--nmap\`. A time with > is that of a scan that was ended before it was done. Each report was checked
port by port: wrong states of each run. Packets per port are those that the scanner says it sent; where all ports answer,
${PACKETS_BORNE} / (1 - loss) are borne.

${markdownTable(table)}`,
	);
} else {
	console.log(markdownTable(table));
}
