import {CLI, NODE} from '../../test/end-to-end/halfopen.ts';
import {listen, type RunResult} from '../../test/lab/index.ts';
import {markdownTable, median, time} from '../measure.ts';
import {bareSendCommand} from './bare-send.ts';
import {masscanCommand, zmapCommand} from './contenders.ts';
import {countSyns, createField, type Field, loseSome} from './field.ts';
import type {Row} from './row.ts';

const PREFIX = '10.99.0.0/16';
const HOSTS = 65_536;
const PORTS = 10;
const ALL = HOSTS * PORTS;
const OPEN = [1, 2, 4, 5, 7, 8, 10];
const OPEN_IN_ALL = HOSTS * OPEN.length;

/** Packets per second for those that have to be told: about what a kernel answers on the cores that it shares. */
const TOLD_RATE = 150_000;

/** What one run came to. */
interface Outcome {
	readonly seconds: number;
	/** SYNs that came to the target. */
	readonly packets: number;
	/** Open ports that were found, and ports of a state that is not theirs; `undefined` for those who do not say. */
	readonly open: number;
	readonly wrong: number;
}

/** 65,536 hosts on 10 ports, of which 7 are open: nothing is lost. */
export const sweep: Row = {
	title: 'A /16 on 10 ports, 7 of them open',
	run: async rounds => compare(rounds, 0),
};

/** The same, and one packet in twenty is lost on its way there, and one in twenty on its way back. */
export const lossy: Row = {
	title: 'A /16 on 10 ports, 7 of them open, 5 % loss each way',
	rounds: 1,
	run: async rounds => compare(rounds, 0.05),
};

const compare = async (rounds: number, loss: number): Promise<string> => {
	const field = await createField();
	await listen(field.target, OPEN);
	loseSome(field, loss);
	const synsSince = countSyns(field);
	const outcomes = CONTENDERS.map((): Outcome[] => []);
	for (let round = 0; round < rounds; round++) {
		for (const [index, contender] of CONTENDERS.entries()) {
			outcomes[index].push({...(await contender.run(field)), packets: synsSince()});
		}
	}

	await field.close();
	const bare = median(outcomes[0].map(({seconds}) => seconds));
	return `${PREFIX} on ports 1 to ${PORTS}, ${ALL} in all, ${OPEN_IN_ALL} of them open; one kernel answers for all hosts
and loses ${loss * 100} % of what comes and of what goes. Whole processes, from start to exit, but for the loop: that one
counts from its first packet to its last, and reads nothing. ${rounds} rounds by turns. masscan and zmap were told to send
${TOLD_RATE} packets/s; zmap asks one port in a run, so it runs ${PORTS} times. To reach: every state right and 1.25 of the loop
without loss, at most 1 state in 100,000 wrong and 1.25 packets for each port with 5 %.

${markdownTable([
	['', 'time, median', 'of the loop', 'packets for each port', 'open found', 'wrong states'],
	...CONTENDERS.map(({name, knows}, index) => rowOf(name, knows, outcomes[index], bare)),
])}`;
};

const rowOf = (name: string, knows: Knowledge, outcomes: readonly Outcome[], bare: number): string[] => {
	const seconds = median(outcomes.map(one => one.seconds));
	const worst = outcomes.reduce((a, b) => (b.wrong > a.wrong ? b : a));
	return [
		name,
		`${seconds.toFixed(2)} s`,
		(seconds / bare).toFixed(2),
		(median(outcomes.map(({packets}) => packets)) / ALL).toFixed(3),
		knows === 'nothing' ? '-' : `${((worst.open / OPEN_IN_ALL) * 100).toFixed(3)} %`,
		knows === 'nothing'
			? '-'
			: `${worst.wrong}${knows === 'open' ? ' (open ports missed; no other states)' : ''}`,
	];
};

/** Which states a contender tells. */
type Knowledge = 'all' | 'open' | 'nothing';

interface Contender {
	readonly name: string;
	readonly knows: Knowledge;
	run(field: Field): Promise<Omit<Outcome, 'packets'>>;
}

const LONGEST = {timeout: 110_000};

const CONTENDERS: readonly Contender[] = [
	{
		name: 'bare sendmmsg loop',
		knows: 'nothing',
		async run({scanner}) {
			const [command, ...args] = bareSendCommand(PREFIX, PORTS, ALL);
			const {stdout} = await scanner.run(command, args, LONGEST);
			return {seconds: Number(/in (\S+) s/.exec(stdout)?.[1]), open: 0, wrong: 0};
		},
	},
	{
		name: 'halfopen',
		knows: 'all',
		async run({scanner}) {
			const args = [
				CLI,
				'-n',
				'-Pn',
				'-sS',
				'-v',
				'--order',
				'random',
				'-p',
				`1-${PORTS}`,
				'-oG',
				'-',
				PREFIX,
			];
			const {seconds, result} = await time(async () => scanner.run(NODE, args, LONGEST));
			expectDone(result);
			return {seconds, ...tallyGrepable(result.stdout)};
		},
	},
	{
		name: 'masscan',
		knows: 'open',
		async run({scanner}) {
			const [command, ...args] = masscanCommand(PREFIX, `1-${PORTS}`, TOLD_RATE, '--wait', '1', '-oL', '-');
			const {seconds, result} = await time(async () => scanner.run(command, args, LONGEST));
			const open = new Set([...result.stdout.matchAll(/^open tcp (\d+ \S+)/gm)].map(([, one]) => one)).size;
			return {seconds, open, wrong: OPEN_IN_ALL - open};
		},
	},
	{
		name: 'zmap -T1',
		knows: 'open',
		async run({scanner}) {
			let open = 0;
			const {seconds} = await time(async () => {
				for (let port = 1; port <= PORTS; port++) {
					const [command, ...args] = zmapCommand(PREFIX, port, TOLD_RATE, '-c', '1', '-o', '-');
					const {stdout} = await scanner.run(command, args, LONGEST);
					open += new Set(stdout.match(/^\d+\.\d+\.\d+\.\d+$/gm)).size;
				}
			});
			return {seconds, open, wrong: OPEN_IN_ALL - open};
		},
	},
];

const expectDone = ({status, stderr}: RunResult): void => {
	if (status !== 0) {
		throw new Error(`halfopen ended with status ${status}: ${stderr}`);
	}
};

/** Counts what a grepable report says of each port. A port that it does not tell of is wrong. */
const tallyGrepable = (report: string): Pick<Outcome, 'open' | 'wrong'> => {
	let open = 0;
	let right = 0;
	for (const line of report.split('\n')) {
		const [, listed] = /^Host: .*\tPorts: ([^\t]*)/.exec(line) ?? [];
		for (const item of listed?.split(', ') ?? []) {
			const [port, state] = item.split('/');
			const isOpen = OPEN.includes(Number(port));
			open += state === 'open' && isOpen ? 1 : 0;
			right += state === (isOpen ? 'open' : 'closed') ? 1 : 0;
		}

		const [, state, count] = /\tIgnored State: (\w+) \((\d+)\)/.exec(line) ?? [];
		right += state === 'closed' ? Number(count) : 0;
	}

	return {open, wrong: ALL - right};
};
