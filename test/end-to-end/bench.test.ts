import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync, readlinkSync} from 'node:fs';
import {text} from 'node:stream/consumers';
import {setTimeout as later} from 'node:timers/promises';
import type {BenchReport} from '@halfopen/bench';
import {needsLab} from '../lab/use-lab.ts';
import {CLI, NODE} from './halfopen.ts';

const startBench = (...words: readonly string[]) =>
	spawn(NODE, [CLI, 'bench', ...words], {stdio: ['ignore', 'pipe', 'inherit']});

/** The programs that this one started, and those that they started. */
const descendantsOf = (pid: number): number[] =>
	childrenOf(pid).flatMap(child => [child, ...descendantsOf(child)]);

const childrenOf = (pid: number): number[] =>
	readdirSync('/proc')
		.filter(name => /^\d+$/.test(name) && parentOf(name) === pid)
		.map(Number);

const parentOf = (name: string): number | undefined => {
	try {
		return Number(/^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]);
	} catch {
		return undefined; // It has ended meanwhile
	}
};

/** Whether it is in another network namespace than we are. */
const isInside = (pid: number): boolean => {
	try {
		return readlinkSync(`/proc/${pid}/ns/net`) !== readlinkSync('/proc/self/ns/net');
	} catch {
		return false; // It has ended meanwhile
	}
};

const isWorker = (pid: number): boolean => {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker');
	} catch {
		return false;
	}
};

/** Looks again until it is so; a test that waits for what never comes ends by AVA's own limit. */
const until = async (isSo: () => boolean): Promise<void> => {
	while (!isSo()) {
		await later(5);
	}
};

needsLab('halfopen bench measures what sends, in namespaces of its own', async t => {
	const child = startBench('--only', 'send,receive', '--duration', '100ms', '--json');
	const {results} = JSON.parse(await text(child.stdout)) as BenchReport;
	t.deepEqual([...new Set(results.map(({measurement}) => measurement))], ['send', 'receive']);
	t.deepEqual(
		results.filter(({problem: failed}) => failed !== undefined),
		[],
	);
	for (const {measurement, label, figures} of results) {
		t.true(figures[0].value > 0, `${measurement}: ${label}`);
	}
});

for (const signal of ['SIGINT', 'SIGKILL'] as const) {
	needsLab(`nothing is left of it after ${signal}`, async t => {
		const child = startBench('--only', 'send', '--duration', '60s');
		await until(() => descendantsOf(child.pid!).some(pid => isInside(pid) && isWorker(pid)));
		const started = descendantsOf(child.pid!).filter(pid => isInside(pid));
		child.kill(signal);
		await once(child, 'exit');
		t.is(started.length, 3); // Two hold the namespaces, one measures
		await until(() => !started.some(pid => isInside(pid)));
	});
}
