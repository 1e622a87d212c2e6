// What the sweep itself costs: node --conditions=@halfopen/source packages/engine/test/sweep/measure-sweep.ts
import {monitorEventLoopDelay} from 'node:perf_hooks';
import {micros, MILLISECOND} from '@halfopen/model';
import {blockAround, buildTargetSet, ProbeOrder, productSpace} from '@halfopen/targets';
import {timingParameters} from '@halfopen/timing';
import {runSweep} from '../../src/index.ts';
import {type NullAnswers, NullTransport} from './null-transport.ts';

interface Case {
	readonly title: string;
	readonly answers: NullAnswers;
	readonly results: 'table' | 'stream';
	readonly maxRetries: number;
	/** Length of the prefix that is swept; one port. */
	readonly prefix: number;
	readonly seconds: number;
}

const CASES: readonly Case[] = [
	{title: 'silent, one try', answers: 'none', results: 'stream', maxRetries: 0, prefix: 0, seconds: 4},
	{title: 'silent, two tries', answers: 'none', results: 'stream', maxRetries: 1, prefix: 0, seconds: 6},
	{
		title: 'silent, two tries, table',
		answers: 'none',
		results: 'table',
		maxRetries: 1,
		prefix: 4,
		seconds: 6,
	},
	{title: 'all answer, stream', answers: 'all', results: 'stream', maxRetries: 1, prefix: 4, seconds: 4},
	{title: 'all answer, table', answers: 'all', results: 'table', maxRetries: 1, prefix: 8, seconds: 4},
	{
		title: 'all answer, large table',
		answers: 'all',
		results: 'table',
		maxRetries: 1,
		prefix: 4,
		seconds: 4,
	},
];

/** So short that the window never fills up: whatever waits for room here does so busily. */
const TIMEOUT = micros(400 * MILLISECOND);

/** Milliseconds until the code is compiled and the window has its size. */
const WARM_UP = 1500;

const measure = async ({answers, results, maxRetries, prefix, seconds}: Case): Promise<string[]> => {
	const space = productSpace(
		buildTargetSet([blockAround({family: 4, value: 0}, prefix)]),
		Uint16Array.of(80),
	);
	const transport = new NullTransport(answers, {now: () => micros(performance.now() * 1000)});
	const end = new AbortController();
	const running = runSweep(
		{
			transport,
			space,
			order: new ProbeOrder({size: space.size, seed: 1n, sequential: false}),
			timing: timingParameters(3, {maxRetries, minRate: 1e9, initialRttTimeout: TIMEOUT}),
			results,
			portEvents: 'open',
			decisions: false,
			timeOfDay: at => at / 1000,
		},
		end.signal,
	);
	const delay = monitorEventLoopDelay({resolution: 1});
	delay.enable();
	let warm = {cpu: process.cpuUsage(), probes: 0};
	setTimeout(() => {
		warm = {cpu: process.cpuUsage(), probes: running.progress().probesSent};
	}, WARM_UP);
	let mostMemory = 0;
	const timer = setInterval(() => {
		mostMemory = Math.max(mostMemory, process.memoryUsage().rss);
	}, 50);
	setTimeout(() => {
		end.abort();
	}, seconds * 1000);
	for await (const batch of running.batches) {
		if (batch.length === 0 || end.signal.aborted) {
			break;
		}
	}

	delay.disable();
	const {user, system} = process.cpuUsage(warm.cpu);
	const probes = running.progress().probesSent - warm.probes;
	clearInterval(timer);
	return [
		`${probes} probes`,
		`${Math.round(((user + system) * 1000) / probes)} ns of processor time each`,
		`${(delay.percentile(99) / 1e6).toFixed(1)} ms event loop delay (99 %)`,
		`${Math.round(mostMemory / 2 ** 20)} MiB`,
	];
};

const only = process.argv[2];
for (const one of CASES.filter(({title}) => only === undefined || title === only)) {
	console.log(`${one.title}: ${(await measure(one)).join(', ')}`);
}
