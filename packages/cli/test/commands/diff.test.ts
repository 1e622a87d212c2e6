import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {main} from '../../src/main.ts';
import {fakeIo} from '../fake-io.ts';

const LIST = '#masscan\nopen tcp 22 192.0.2.1 1\n';
const OTHER =
	'{"type":"host","address":"192.0.2.1","status":"up","ports":[],"notShown":[{"state":"closed","ports":"22"}]}\n';

/** What `halfopen diff` does with these files; standard input has the last. */
const compare = async (words: readonly string[], files: readonly string[]) => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-diff-'));
	const paths = files.map((_, index) => path.join(folder, `${index}`));
	for (const [index, text] of files.entries()) {
		await writeFile(paths[index], text);
	}

	const io = fakeIo(files.at(-1));
	const status = await main(['diff', ...words.map(word => paths[Number(word)] ?? word)], io);
	await rm(folder, {recursive: true});
	return {status, out: io.out.join(''), errors: io.errors.join('').replaceAll(folder, '')};
};

test('results that say the same are told apart by the exit code alone', async t => {
	t.deepEqual(await compare(['0', '1'], [LIST, LIST]), {status: 0, out: '', errors: ''});
});

test('a difference is told, with exit code 1', async t => {
	const {status, out, errors} = await compare(['0', '1'], [LIST, OTHER]);
	t.is(status, 1);
	t.is(out, '  192.0.2.1\n      22/tcp    open -> closed\n\n# 1 port with another state\n');
	t.is(errors, 'halfopen: warning: /1: its end is missing\n');
});

test('- is standard input, and --json is one JSON text', async t => {
	const {status, out} = await compare(['--json', '0', '-'], [LIST, OTHER]);
	t.is(status, 1);
	t.like(JSON.parse(out), {isSame: false, after: {file: 'standard input', hosts: 1}});
});

test('a scan is the same in every format', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-diff-'));
	const network = path.join(import.meta.dirname, '../../../../examples/simulated-network.json');
	const files = ['-oX', '-oG', '-oD', '-oJ', '-oL', '-oC'].map(option => [option, path.join(folder, option)]);
	await main(['--simulate', network, '-p', '1-1000,8080', ...files.flat()], fakeIo());
	const [[, xml]] = files;
	for (const [option, file] of files) {
		const io = fakeIo();
		t.is(await main(['diff', xml, file], io), 0, `${option}: ${io.out.join('')}${io.errors.join('')}`);
		t.deepEqual(io.errors, []);
	}

	await rm(folder, {recursive: true});
});

for (const {words, problem} of [
	{words: ['0'], problem: 'diff: expected two files, got 1; see halfopen diff --help'},
	{words: ['0', '1', '0'], problem: 'diff: expected two files, got 3; see halfopen diff --help'},
	{words: ['-', '-'], problem: 'diff: only one of the two can be standard input'},
	{words: ['--jsno', '0', '1'], problem: "diff: Unknown option '--jsno'; see halfopen diff --help"},
	{
		words: ['0', '/nonexistent/a'],
		problem: 'diff: cannot read `/nonexistent/a`: no such file or directory (ENOENT)',
	},
]) {
	test(`${words.join(' ')} is trouble, with exit code 2`, async t => {
		t.deepEqual(await compare(words, [LIST, LIST]), {status: 2, out: '', errors: `halfopen: ${problem}\n`});
	});
}

test('a file that is malformed is trouble: one line with its name and the place', async t => {
	t.deepEqual(await compare(['0', '1'], [LIST, '<nmaprun>\n<host>']), {
		status: 2,
		out: '',
		errors: 'halfopen: /1, line 2: unclosed tag: host\n',
	});
});

test('help says how', async t => {
	const {status, out} = await compare(['--help'], []);
	t.is(status, 0);
	t.regex(out, /^Usage: halfopen diff \[--json\] BEFORE AFTER\n/);
});
