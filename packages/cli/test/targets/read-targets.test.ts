import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import type {ScanOptions} from '@halfopen/scanner';
import {fakeIo} from '../fake-io.ts';
import {end} from '../fake-scan.ts';
import {BANNER, run, withFolder} from '../run-main.ts';

test('a list of targets that is empty is scanned to its end, with a warning', async t => {
	const {exitCode, out, errors, asked} = await run(['-p', '22', '-iL', '/dev/null'], [end()]);
	t.is(errors, 'halfopen: warning: there are no targets, so nothing is scanned\n');
	t.is(out, `${BANNER}halfopen done: 0 IP addresses (0 hosts up) scanned in 0.00 seconds\n`);
	t.is(exitCode, 0);
	t.is(asked.length, 0);
});

test('targets come from standard input and files too', async t =>
	withFolder(async folder => {
		const excluded = path.join(folder, 'excluded');
		await writeFile(excluded, 'c # not this\nd');
		const {asked} = await run(
			['-iL', '-', 'x', '--exclude', 'b', '--excludefile', excluded],
			[end()],
			fakeIo('y\nz'),
		);
		const [{targets, exclude}] = asked;
		t.deepEqual(
			[textsOf(targets), textsOf(exclude)],
			[
				['x', 'y', 'z'],
				['b', 'c', 'd'],
			],
		);
	}));

const textsOf = (list: ScanOptions['exclude']): readonly string[] =>
	typeof list === 'object' && 'others' in list ? list.others.map(({text}) => text) : [];

test('pairs come from a file', async t =>
	withFolder(async folder => {
		const file = path.join(folder, 'pairs');
		await writeFile(file, '10.0.0.1:22 # one\n10.0.0.1:80\n');
		const {asked} = await run(['--pairs', file], [end()]);
		t.is(asked[0].targets.length, 0);
		t.deepEqual(asked[0].pairs, {
			ipv4: Float64Array.of(0x0a_00_00_01 * 65_536 + 22, 0x0a_00_00_01 * 65_536 + 80),
			ipv6: [],
		});
	}));

test('a pair that is wrong is told with its line', async t => {
	const {exitCode, errors} = await run(['--pairs', '-'], [end()], fakeIo('10.0.0.1:22\n10.0.0.1\n'));
	t.is(
		errors,
		'halfopen: standard input, line 2: Expected an address with a port, as in `192.0.2.7:22` or `[2001:db8::1]:22`, got `10.0.0.1`\n',
	);
	t.is(exitCode, 2);
});

test('standard input is read once', async t => {
	const {exitCode, errors} = await run(['-iL', '-', '--excludefile', '-'], [end()], fakeIo('10.0.0.1'));
	t.is(errors, 'halfopen: -iL and --excludefile: expected one of them to read standard input, got both\n');
	t.is(exitCode, 2);
});

test('an exclusion that is wrong is told by the option that it came by', async t => {
	const message = 'expected a prefix length between 0 and 32, got `33` in `10.0.0.0/33`';
	const typed = await run(['--exclude', '10.0.0.0/33', 'x'], [end()]);
	t.is(typed.errors, `halfopen: --exclude: ${message}\n`);
	const read = await run(['--exclude', 'y', '--excludefile', '-', 'x'], [end()], fakeIo('10.0.0.0/33'));
	t.is(read.errors, `halfopen: --excludefile: ${message}\n`);
	t.deepEqual([typed.exitCode, read.exitCode], [2, 2]);
});

test('targets that cannot be read are an error', async t => {
	const {exitCode, errors} = await run(['-iL', '/nonexistent'], [end()]);
	t.is(errors, 'halfopen: -iL: cannot read `/nonexistent`: no such file or directory (ENOENT)\n');
	t.is(exitCode, 2);
});
