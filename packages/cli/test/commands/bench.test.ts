import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import type {BenchReport} from '@halfopen/bench';
import {main} from '../../src/main.ts';
import {fakeIo} from '../fake-io.ts';

/** Enough for a figure, too little for a good one. */
const SHORT = ['--null', '--only', 'generate', '--duration', '100ms'];

const run = async (...words: string[]) => {
	const io = fakeIo();
	const exitCode = await main(['bench', ...words], io);
	return {exitCode, out: io.out.join(''), errors: io.errors.join('')};
};

const withBaseline = async (
	change: (report: BenchReport) => BenchReport,
	action: (file: string) => Promise<void>,
): Promise<void> => {
	const {out} = await run(...SHORT, '--json');
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-bench-'));
	const file = path.join(folder, 'before.json');
	try {
		await writeFile(file, JSON.stringify(change(JSON.parse(out) as BenchReport)));
		await action(file);
	} finally {
		await rm(folder, {recursive: true});
	}
};

/** The same run on a machine so many times as fast, without noise. */
const onMachine =
	(factor: number) =>
	(report: BenchReport): BenchReport => ({
		...report,
		results: report.results.map(result => ({
			...result,
			figures: result.figures.map(figure => {
				const value = figure.value * factor;
				return {...figure, value, least: value, most: value};
			}),
		})),
	});

test('a table has the machine, what is measured, and the figures', async t => {
	const {exitCode, out} = await run(...SHORT);
	t.regex(out, /^\d+ cores? of .*, Linux .*, Node v\d+/);
	t.regex(out, /\n\ngenerate: probe records .*\n {2}hosts x ports +records +\S+ [Mk]\/s/);
	t.is(exitCode, 0);
});

test('--json is one text for machines', async t => {
	const {exitCode, out} = await run(...SHORT, '--json');
	const report = JSON.parse(out) as BenchReport;
	t.like(report, {format: 'halfopen bench', version: 1, date: '2026-11-22T12:53:20.000Z', duration: 0.1});
	t.like(report.results[0], {measurement: 'generate', label: 'hosts x ports'});
	t.is(report.compared, undefined);
	t.is(exitCode, 0);
});

test('what is far worse than in the baseline is said, and is a failure', async t => {
	await withBaseline(onMachine(1e6), async file => {
		const {exitCode, out} = await run(...SHORT, '--baseline', file);
		t.regex(out, /was \S+ M\/s \(0\.00\) WORSE/);
		t.is(exitCode, 1);
	});
});

test('what is far better is no failure', async t => {
	await withBaseline(onMachine(1e-6), async file => {
		const {exitCode, out} = await run(...SHORT, '--baseline', file, '--json');
		t.like((JSON.parse(out) as BenchReport).compared?.[0], {measurement: 'generate', figure: 'records'});
		t.is(exitCode, 0);
	});
});

test('an interrupt ends it with what was measured until then', async t => {
	const io = fakeIo();
	const {stdout} = io;
	const write = async (text: string): Promise<void> => {
		await stdout.write(text);
		io.interrupt('SIGINT');
	};
	const exitCode = await main(['bench', '--null', '--duration', '100ms'], {...io, stdout: {write}});
	t.is(exitCode, 130);
	t.regex(io.out.join(''), /\ngenerate: /);
	t.notRegex(io.out.join(''), /\nbuild: /);
	t.is(io.pending, 0);
});

test('--help names all that can be measured', async t => {
	const {exitCode, out} = await run('--help');
	t.regex(out, /--baseline FILE/);
	t.regex(out, /\n {2}send +packets/);
	t.is(exitCode, 0);
});

const refuses = test.macro({
	title: (_, words: readonly string[]) => `refused: ${words.join(' ')}`,
	async exec(t, words: readonly string[], message: RegExp) {
		const {exitCode, out, errors} = await run(...words);
		t.regex(errors, message);
		t.is(errors.trim().split('\n').length, 1);
		t.is(out, '');
		t.is(exitCode, 2);
	},
});

test(refuses, ['--fast'], /^halfopen: bench: .*'--fast'.*; see halfopen bench --help\n$/);
test(refuses, ['send'], /^halfopen: bench: .*'send'.*; see halfopen bench --help\n$/);
test(refuses, ['--only'], /^halfopen: bench: .*--only.*; see halfopen bench --help\n$/);
test(
	refuses,
	['--duration', 'long'],
	/^halfopen: --duration: expected a time of at least 100ms .*, got `long`\n$/,
);
test(refuses, ['--duration', '5000'], /write 5000ms for milliseconds/);
test(
	refuses,
	['--sender-threads', '17'],
	/^halfopen: --sender-threads: expected a whole number from 1 to 16, got `17`\n$/,
);
test(refuses, ['--sender-threads', '1,none'], /^halfopen: --sender-threads: expected .*, got `none`\n$/);
test(refuses, ['--only', 'sned'], /^halfopen: --only: expected one of generate, .*, got `sned`\n$/);
test(refuses, ['--null', '--only', 'send'], /^halfopen: `send` sends packets, which `--null` forbids\n$/);
test(refuses, ['--baseline', '/nowhere'], /^halfopen: --baseline: cannot read `\/nowhere`: .*ENOENT/);
test(
	refuses,
	['--baseline', '/etc/hostname'],
	/^halfopen: Expected a report of `halfopen bench --json` in `\/etc\/hostname`\n$/,
);
