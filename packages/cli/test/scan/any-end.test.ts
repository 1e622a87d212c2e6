// Whenever a scan is interrupted, its report is complete, valid and agrees with the exit code.
import {readFileSync} from 'node:fs';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {strictValidator} from '../../../output/test/json/schemas.ts';
import {main} from '../../src/main.ts';
import type {CommandIo} from '../../src/process/io.ts';
import {fakeIo} from '../fake-io.ts';

const NETWORK = {
	seed: 1,
	hosts: Array.from({length: 12}, (_, index) => ({
		address: `192.0.2.${index}`,
		ports: {'22': 'open', '23-30': 'silent'},
	})),
	link: {delay: 5000, loss: {out: 0.1}},
};

interface Ended {
	readonly exitCode: number;
	/** The clock was not looked at that often before the end. */
	readonly isOver: boolean;
	readonly pending: number;
	readonly report: string;
	/** The report when signals were heeded no more. */
	readonly lastHeeded: string;
}

/**
 * Runs a scan whose report replaces another. It is interrupted when the clock is looked at for the n-th time, which is done
 * first for the names of files, or with 0 before that.
 */
const interruptedAt = async (count: number, words: readonly string[]): Promise<Ended> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-cli-'));
	try {
		const network = path.join(folder, 'network.json');
		await writeFile(network, JSON.stringify(NETWORK));
		const io = fakeIo();
		let looks = 0;
		const now: CommandIo['now'] = () => {
			if (++looks === count) {
				io.interrupt('SIGINT');
			}

			return io.now();
		};
		const onInterrupt: CommandIo['onInterrupt'] = listener => {
			if (count === 0) {
				listener('SIGINT');
			}

			const stop = io.onInterrupt(listener);
			return () => {
				lastHeeded = readFileSync(report, 'utf8');
				stop();
			};
		};
		const report = path.join(folder, 'report');
		let lastHeeded = '';
		await writeFile(report, 'A report from before\n');
		const exitCode = await main(['--simulate', network, '-v', '-oD', report, ...words, '192.0.2.0/28'], {
			...io,
			now,
			onInterrupt,
		});
		const isOver = looks < count;
		return {exitCode, isOver, pending: io.pending, report: await readFile(report, 'utf8'), lastHeeded};
	} finally {
		await rm(folder, {recursive: true});
	}
};

const isValid = strictValidator('ndjson-1');

const SCANS: Readonly<Record<string, readonly string[]>> = {
	'a scan host by host': ['-Pn', '-p', '20-40'],
	'a scan of hosts that are found first': ['-p', '20-40'],
	'a search for hosts': ['-sn'],
	'a scan in random order': ['-Pn', '-p', '20-40', '--order', 'random'],
};

for (const [what, words] of Object.entries(SCANS)) {
	test(`${what} that is interrupted at any time`, async t => {
		let isOver = false;
		for (let count = 0; !isOver; count++) {
			const ended = await interruptedAt(count, words);
			isOver = ended.isOver;
			t.true(ended.lastHeeded === ended.report, `${count}: the report is complete while signals are heeded`);
			const lines = ended.report.trimEnd().split('\n');
			const events = lines.map(line => JSON.parse(line) as {type: string; outcome?: string});
			for (const event of events) {
				t.true(isValid(event), `${count}: ${JSON.stringify(event)}: ${JSON.stringify(isValid.errors)}`);
			}

			const types = events.map(({type}) => type);
			t.deepEqual([types.indexOf('started'), types.indexOf('end')], [0, types.length - 1], `${count}`);
			const wasInterrupted = events.at(-1)?.outcome === 'interrupted';
			t.is(ended.exitCode, wasInterrupted ? 130 : 0, `${count}`);
			t.true(wasInterrupted || isOver, `${count}`);
			t.is(ended.pending, 0);
		}
	});
}
