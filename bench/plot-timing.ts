// Rate, round trips and probes in flight over time, of halfopen and of Nmap on the same path, into docs/images.
//
// All three are measured in the same way, from the packets on the scanner's side of the cable. What halfopen itself set
// as its rate is drawn too.
//
// Usage: node bench/plot-timing.ts [lossy|congested]
import {once} from 'node:events';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {createWan, listen, type Namespace, type Wan, type WanPath} from '../test/lab/index.ts';
import {drawChart, type Curve, type Panel, type Scale} from './line-chart.ts';
import {readProbes, spansOf, type SeenProbe, type Span} from './probe-trace.ts';

interface Plot {
	readonly title: string;
	/** The same both ways. */
	readonly path: WanPath;
	/** Ports 1 to this one, of one host; all but a few are closed. */
	readonly ports: number;
	readonly time: Scale;
	readonly scales: Readonly<Record<'rate' | 'rtt' | 'inFlight', Scale>>;
	/** Seconds that one point of a curve stands for, at the least, and as a share of the time that went by. */
	readonly span: {readonly least: number; readonly share: number};
}

const PLOTS: Readonly<Record<string, Plot>> = {
	lossy: {
		title: 'Round trip 50 ms ± 5, loss 2 % each way: 3000 ports',
		path: {delay: 25, jitter: 2.5, loss: 0.02},
		ports: 3000,
		time: {from: 0.02, to: 30, isLogarithmic: true},
		scales: {
			rate: {from: 10, to: 100_000, isLogarithmic: true},
			rtt: {from: 0, to: 100},
			inFlight: {from: 1, to: 10_000, isLogarithmic: true},
		},
		span: {least: 0.03, share: 0.12},
	},
	congested: {
		title: 'Bottleneck of 2000 packets/s, queue of 200, round trip 20 ms: 10,000 ports',
		path: {delay: 10, rate: 2000, queue: 200},
		ports: 10_000,
		time: {from: 0, to: 8},
		scales: {rate: {from: 0, to: 5000}, rtt: {from: 0, to: 150}, inFlight: {from: 0, to: 300}},
		span: {least: 0.1, share: 0},
	},
};

const OPEN = [22, 80, 443];
const TARGET = '10.98.1.1';
const SEED = 1;

/** Nmap is ended after so many seconds. */
const NMAP_LIMIT = 30;

const NMAP_TEMPLATE = '-T4';

const SCAN_RATES = path.join(import.meta.dirname, 'scan-rates.ts');
const IMAGES = path.join(import.meta.dirname, '../docs/images');

/** A change of halfopen's rate, as scan-rates.ts prints it. */
interface RateChange {
	readonly at: number;
	readonly rate: number;
	readonly host: boolean;
}

interface Recording {
	readonly probes: readonly SeenProbe[];
	readonly stdout: string;
	/** It was ended before it was done. */
	readonly isCut: boolean;
}

const draw = async (name: string, plot: Plot): Promise<void> => {
	const wan = await createWan();
	const folder = mkdtempSync(path.join(os.tmpdir(), 'plot-timing-'));
	try {
		await listen(wan.target, OPEN);
		const ours = await record(wan, plot, path.join(folder, 'ours.pcap'), [
			process.execPath,
			...process.execArgv,
			SCAN_RATES,
			TARGET,
			`1-${plot.ports}`,
			`${SEED}`,
		]);
		const nmap = [
			'timeout',
			`${NMAP_LIMIT}`,
			'nmap',
			NMAP_TEMPLATE,
			'-n',
			'-Pn',
			'-p',
			`1-${plot.ports}`,
			TARGET,
		];
		const theirs = await record(wan, plot, path.join(folder, 'theirs.pcap'), nmap);
		mkdirSync(IMAGES, {recursive: true});
		writeFileSync(path.join(IMAGES, `timing-${name}.svg`), chartOf(plot, ours, theirs));
	} finally {
		rmSync(folder, {recursive: true});
		await wan.close();
	}
};

/** Records a scan that nothing else on this machine disturbed. */
const record = async (wan: Wan, plot: Plot, file: string, command: readonly string[]): Promise<Recording> => {
	for (let left = MOST_RUNS; left > 0; left--) {
		const {recording, lateness} = await recordOnce(wan, plot, file, command);
		if (lateness <= MOST_LATENESS) {
			return recording;
		}

		console.error(`Once more: the cable was up to ${lateness.toFixed(0)} ms late`);
	}

	throw new Error('This machine is too busy');
};

/** Milliseconds by which the cable may be late, and runs until it is not. */
const MOST_LATENESS = 10;
const MOST_RUNS = 10;

/** Runs a scan over a cable of its own and captures its packets. */
const recordOnce = async (
	wan: Wan,
	plot: Plot,
	file: string,
	[program, ...args]: readonly string[],
): Promise<{recording: Recording; lateness: number}> => {
	await wan.change({there: plot.path, back: plot.path, seed: SEED});
	const stopCapture = await capture(wan.scanner, file);
	const {status, stdout, stderr} = await wan.scanner.run(program, args, {timeout: (NMAP_LIMIT + 10) * 1000});
	await stopCapture();
	const {there, back} = await wan.change({});
	const isCut = status === TIMED_OUT;
	if (status !== 0 && !isCut) {
		throw new Error(`${program} ended with status ${status}\n${stderr}`);
	}

	return {
		recording: {probes: readProbes(file), stdout, isCut},
		lateness: there.missed + back.missed > 0 ? Infinity : Math.max(there.latest, back.latest),
	};
};

/** What timeout(1) ends with. */
const TIMED_OUT = 124;

/** Captures until what is returned is called. */
const capture = async (namespace: Namespace, file: string): Promise<() => Promise<void>> => {
	const options = '-Z root -i wan -s 64 -B 65536 --immediate-mode'.split(' ');
	const child = namespace.spawn('tcpdump', [...options, '-w', file, `tcp and host ${TARGET}`]);
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (part: string) => {
		said += part;
	});
	while (!said.includes('listening')) {
		await once(child.stderr, 'data');
	}

	return async () => {
		await wait(CAPTURE_LAG);
		child.kill('SIGINT');
		await once(child, 'exit');
		if (!/\b0 packets dropped by kernel/.test(said)) {
			throw new Error(`The capture has gaps: ${said}`);
		}
	};
};

/** Milliseconds until tcpdump has written what came last. */
const CAPTURE_LAG = 500;

const chartOf = (plot: Plot, ours: Recording, theirs: Recording): string => {
	const bounds = boundsOf(plot);
	const measured = [
		{of: 'theirs', spans: spansOf(theirs.probes, bounds)},
		{of: 'ours', spans: spansOf(ours.probes, bounds)},
	] as const;
	const curves = (pick: (span: Span) => number | undefined): Curve[] =>
		measured.map(({of, spans}) => ({of, points: spans.map(span => ({x: span.time, y: pick(span)}))}));
	const {rate, rtt, inFlight} = plot.scales;
	const limit = plot.path.rate;
	const panels: Panel[] = [
		{
			title: `Probes per second (${limit === undefined ? 'at the lower edge: none' : 'dashed: the bottleneck'})`,
			y: rate,
			curves: [decidedCurve(plot, ours), ...curves(span => span.rate)],
			marks: limit === undefined ? [] : [limit],
		},
		{title: 'Round trip of answers, median, in ms', y: rtt, curves: curves(span => span.rtt)},
		{
			title: 'Probes in flight whose answer is still to come',
			y: inFlight,
			curves: curves(span => span.inFlight),
		},
	];
	return drawChart({
		title: plot.title,
		description: `Probes per second, round trips and probes in flight over time: ${told('halfopen', ours)}; ${told(`Nmap ${NMAP_TEMPLATE}`, theirs)}.`,
		legend: [
			{of: 'ours', text: told('halfopen', ours)},
			{of: 'theirs', text: told(`Nmap ${NMAP_TEMPLATE}`, theirs)},
			{of: 'decided', text: 'the rate that halfopen set'},
		],
		x: {
			...plot.time,
			title: `Seconds since the first probe${plot.time.isLogarithmic ? ' (logarithmic)' : ''}`,
		},
		panels,
	});
};

const boundsOf = ({time, span}: Plot): number[] => {
	const bounds = [0];
	for (let at = 0; at < time.to;) {
		at += Math.max(span.least, at * span.share);
		bounds.push(at);
	}

	return bounds;
};

/** The rate of the host or that of all hosts, whichever is less; the first change tells of both when they began. */
const decidedCurve = ({time}: Plot, {probes, stdout}: Recording): Curve => {
	const start = probes[0].sentAt;
	const end = probes.at(-1)!.sentAt - start;
	const rates = {host: Infinity, all: Infinity};
	const changes = stdout
		.trim()
		.split('\n')
		.filter(Boolean)
		.map(line => JSON.parse(line) as RateChange)
		.map(({at, rate, host}) => {
			rates[host ? 'host' : 'all'] = rate;
			return {x: at - start, y: Math.min(rates.host, rates.all)};
		})
		.filter(({x}) => x <= time.to);
	const last = changes.at(-1);
	return {of: 'ours', isDecided: true, points: last === undefined ? [] : [...changes, {x: end, y: last.y}]};
};

const told = (name: string, {probes, isCut}: Recording): string => {
	const last = Math.max(...probes.map(({sentAt, answeredAt}) => answeredAt ?? sentAt));
	const seconds = (last - probes[0].sentAt).toFixed(1);
	return `${name}, ${isCut ? `ended after ${NMAP_LIMIT}` : seconds} s`;
};

const [only] = process.argv.slice(2);
for (const [name, plot] of Object.entries(PLOTS)) {
	if (only === undefined || only === name) {
		await draw(name, plot);
	}
}
