import type {FirewallRule, WanOptions} from '../test/lab/index.ts';

/** What there is to scan, on which path, and what is expected of the scanner. */
export interface PathCase {
	/** For `--case`. */
	readonly name: string;
	/** The path in words. */
	readonly path: string;
	/** Without: the plain link of the lab. */
	readonly wan?: WanOptions;
	/** A power of two. */
	readonly hosts: number;
	/** Ports 1 to this one of each host. */
	readonly ports: number;
	readonly open: readonly number[];
	/** Of all ports but the open ones. */
	readonly others: 'closed' | 'filtered';
	/** RSTs per second of each host, after `burst` at once. */
	readonly resets?: {readonly perSecond: number; readonly burst: number};
	/** Nmap's template, where it takes part. */
	readonly nmap?: '-T3' | '-T4';
	/** The time to reach, in seconds or by Nmap's time. */
	readonly goal?: {readonly seconds: number} | {readonly fasterThanNmap: number};
	/** Wrong states that are borne in one run. */
	readonly wrong: number;
}

const OPEN = [22, 80, 443, 3306, 8080, 31_337, 65_000];
const WEB = [22, 80, 443];

/** The same both ways. */
const alike = (path: NonNullable<WanOptions['there']>): WanOptions => ({there: path, back: path});

const LOSSY = {path: 'RTT 50 ms ± 5, loss 2 % each way', wan: alike({delay: 25, jitter: 2.5, loss: 0.02})};

/** What halfopen is to show. */
export const PATH_CASES: readonly PathCase[] = [
	{
		...LOSSY,
		name: 'lossy-host',
		hosts: 1,
		ports: 10_000,
		open: OPEN.filter(port => port <= 10_000),
		others: 'closed',
		nmap: '-T4',
		goal: {fasterThanNmap: 25},
		wrong: 0,
	},
	{
		...LOSSY,
		name: 'lossy-all-ports',
		hosts: 1,
		ports: 65_535,
		open: OPEN,
		others: 'closed',
		nmap: '-T4',
		goal: {seconds: 5},
		wrong: 0,
	},
	{
		...LOSSY,
		name: 'lossy-hosts',
		hosts: 256,
		ports: 100,
		open: WEB.filter(port => port <= 100),
		others: 'closed',
		nmap: '-T4',
		goal: {fasterThanNmap: 25},
		wrong: 0,
	},
	{
		...LOSSY,
		name: 'silent-host',
		hosts: 1,
		ports: 10_000,
		open: WEB,
		others: 'filtered',
		nmap: '-T4',
		goal: {fasterThanNmap: 6},
		wrong: 0,
	},
	{
		...LOSSY,
		name: 'silent-hosts',
		hosts: 256,
		ports: 100,
		open: [22, 25, 80],
		others: 'filtered',
		nmap: '-T4',
		goal: {fasterThanNmap: 25},
		wrong: 0,
	},
	{
		...LOSSY,
		name: 'reset-limit',
		path: `${LOSSY.path}, 100 RSTs/s`,
		hosts: 1,
		ports: 1000,
		open: WEB,
		others: 'closed',
		resets: {perSecond: 100, burst: 20},
		nmap: '-T4',
		goal: {seconds: 9.8 * 1.08},
		wrong: 0,
	},
	{
		name: 'bottleneck',
		path: 'RTT 20 ms, bottleneck 2000 packets/s, queue 200',
		wan: alike({delay: 10, rate: 2000, queue: 200}),
		hosts: 1,
		ports: 10_000,
		open: OPEN.filter(port => port <= 10_000),
		others: 'closed',
		nmap: '-T4',
		goal: {seconds: 5 * 1.15},
		wrong: 0,
	},
	{
		name: 'worst',
		path: 'RTT 150 ms, loss 10 % each way',
		wan: alike({delay: 75, loss: 0.1}),
		hosts: 64,
		ports: 1000,
		open: WEB,
		others: 'closed',
		nmap: '-T4',
		goal: {fasterThanNmap: 25},
		wrong: 1,
	},
	{
		name: 'plain',
		path: 'no loss, no delay',
		hosts: 256,
		ports: 1000,
		open: WEB,
		others: 'closed',
		nmap: '-T3',
		goal: {fasterThanNmap: 1.6},
		wrong: 0,
	},
];

const LAN = {hosts: 1, ports: 10_000, open: [22, 80, 443, 8080], others: 'closed', wrong: 0} as const;

/** Other paths, so that the timing fits more than those: without Nmap, whose times say nothing new. */
export const FURTHER_CASES: readonly PathCase[] = [
	{...LAN, name: 'clean-near', path: 'RTT 2 ms', wan: alike({delay: 1})},
	{...LAN, name: 'clean-far', path: 'RTT 300 ms', wan: alike({delay: 150})},
	{
		...LAN,
		name: 'lossy-near',
		path: 'RTT 10 ms ± 2, loss 5 % each way',
		wan: alike({delay: 5, jitter: 1, loss: 0.05}),
	},
	{
		...LAN,
		name: 'lossy-far',
		path: 'RTT 200 ms ± 40, loss 1 % each way, overtaking',
		wan: alike({delay: 100, jitter: 20, loss: 0.01, reorder: true}),
	},
	{
		...LAN,
		name: 'bursts',
		path: 'RTT 50 ms, bursts of 10 lost, 3 % each way',
		wan: alike({delay: 25, burst: {begin: 0.003, end: 0.1}}),
	},
	{
		...LAN,
		name: 'doubled',
		path: 'RTT 50 ms, 10 % twice, loss 1 % each way',
		wan: alike({delay: 25, duplication: 0.1, loss: 0.01}),
	},
	{
		...LAN,
		name: 'wide-bottleneck',
		path: 'RTT 80 ms, bottleneck 10,000 packets/s, queue 100',
		wan: alike({delay: 40, rate: 10_000, queue: 100}),
		goal: {seconds: 2},
	},
	{
		...LAN,
		name: 'narrow-bottleneck',
		path: 'RTT 100 ms, bottleneck 500 packets/s, queue 25',
		wan: alike({delay: 50, rate: 500, queue: 25}),
		ports: 3000,
		open: WEB,
		goal: {seconds: 6 * 1.15},
	},
	{
		...LAN,
		name: 'lossy-bottleneck',
		path: 'RTT 50 ms ± 5, loss 2 % each way, bottleneck 2000 packets/s, queue 200',
		wan: alike({delay: 25, jitter: 2.5, loss: 0.02, rate: 2000, queue: 200}),
		goal: {seconds: (5 / 0.96) * 1.15},
	},
	{
		...LAN,
		name: 'generous-reset-limit',
		path: 'RTT 20 ms, 500 RSTs/s',
		wan: alike({delay: 10}),
		ports: 3000,
		open: WEB,
		resets: {perSecond: 500, burst: 50},
		goal: {seconds: 5.9 * 1.15},
	},
	{
		...LAN,
		name: 'reset-limited-hosts',
		path: 'RTT 50 ms, 100 RSTs/s of each host',
		wan: alike({delay: 25}),
		hosts: 64,
		ports: 300,
		open: WEB.slice(0, 2),
		resets: {perSecond: 100, burst: 20},
		goal: {seconds: 2.8 * 1.25},
	},
	{
		...LAN,
		name: 'silent-worst',
		path: 'RTT 150 ms, loss 10 % each way',
		wan: alike({delay: 75, loss: 0.1}),
		hosts: 64,
		ports: 100,
		open: [22, 25, 80],
		others: 'filtered',
		wrong: 1,
	},
];

/** Those that answer get what is asked; the others hear nothing. */
export const firewallOf = ({open, others}: PathCase): FirewallRule[] =>
	others === 'closed' ? [] : [{ports: open.join(','), verdict: 'accept'}, {verdict: 'drop'}];

/** Share of probes that lose themselves or their answer by chance. */
export const lossOf = ({wan}: PathCase): number =>
	1 - [wan?.there, wan?.back].reduce((kept, path) => kept * (1 - chanceOfLoss(path ?? {})), 1);

const chanceOfLoss = ({loss = 0, burst}: NonNullable<WanOptions['there']>): number =>
	1 - (1 - loss) * (burst === undefined ? 1 : burst.end / (burst.begin + burst.end));
