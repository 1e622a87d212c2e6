import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {ScanError, type ScanErrorCode} from '@halfopen/model';
import {VERSION} from '../src/version.ts';
import {fakeIo} from './fake-io.ts';
import {end, host, open, started} from './fake-scan.ts';
import {BANNER, DONE, failing, FOUND, HOST, run, withFolder} from './run-main.ts';

test('a scan prints its banner, the hosts and the totals', async t => {
	const {exitCode, out, errors, io} = await run(['10.77.3.2'], [started(), host(FOUND), end()]);
	t.is(out, BANNER + HOST + DONE);
	t.is(errors, '');
	t.is(exitCode, 0);
	t.is(io.pending, 0);
});

test('warnings go to standard error and end nothing', async t => {
	const {exitCode, out, errors} = await run(
		['x', 'y'],
		[{type: 'warning', message: 'Failed to resolve `y\u001B`'}, started(), end()],
	);
	t.is(errors, 'halfopen: warning: Failed to resolve `y\\u{1b}`\n');
	t.is(out, BANNER + DONE);
	t.is(exitCode, 0);
});

test('help and version are printed without a scan', async t => {
	const help = await run(['--help'], []);
	t.is(help.exitCode, 0);
	t.regex(help.out, /^halfopen .*\nUsage: halfopen \[options\] TARGET/);
	const version = await run(['x', '--version'], []);
	t.is(version.exitCode, 0);
	t.is(version.out, `halfopen version ${VERSION} ( https://github.com/halfopen/halfopen )\n`);
});

test('an empty command line prints help and is a mistake', async t => {
	const {exitCode, out} = await run([], []);
	t.is(exitCode, 2);
	t.regex(out, /^halfopen .*\nUsage:/);
});

test('a command line without targets is a mistake', async t => {
	const {exitCode, out, errors, asked} = await run(['-p', '22'], [end()]);
	t.is(errors, 'halfopen: expected at least one target, got none; see halfopen --help\n');
	t.is(out, '');
	t.is(exitCode, 2);
	t.is(asked.length, 0);
});

test('mistakes on the command line end before anything is opened', async t => {
	const {exitCode, out, errors, asked} = await run(['-sU', '-oN', '/nonexistent/x', 'x'], [end()]);
	t.is(errors, 'halfopen: -sU is not part of halfopen: it does the TCP SYN and connect scans only\n');
	t.is(exitCode, 2);
	t.is(out, '');
	t.is(asked.length, 0);
});

const fails = test.macro({
	title: (_, code: ScanErrorCode, exitCode: number) => `${code} ends with exit code ${exitCode} and one line`,
	async exec(t, code: ScanErrorCode, expected: number) {
		const {exitCode, out, errors} = await run(['x'], () =>
			failing(new ScanError(code, 'Expected this, got `that`')),
		);
		t.is(errors, 'halfopen: Expected this, got `that`\n');
		t.is(out, '');
		t.is(exitCode, expected);
	},
});

test(fails, 'ERR_HALFOPEN_OPTION', 2);
test(fails, 'ERR_HALFOPEN_PORT', 2);
test(fails, 'ERR_HALFOPEN_TARGET', 2);
test(fails, 'ERR_HALFOPEN_NAME', 2);
test(fails, 'ERR_HALFOPEN_PERMISSION', 1);
test(fails, 'ERR_HALFOPEN_INTERFACE', 1);
test(fails, 'ERR_HALFOPEN_SYSTEM', 1);

const interrupts = test.macro({
	title: (_, signal: 'SIGINT' | 'SIGTERM', exitCode: number) =>
		`${signal} ends the scan and the files properly, with exit code ${exitCode}`,
	exec: async (t, signal: 'SIGINT' | 'SIGTERM', expected: number) =>
		withFolder(async folder => {
			const file = path.join(folder, 'report');
			const io = fakeIo();
			const {exitCode, out, errors} = await run(
				['x', '-oN', file],
				async function* ({signal: abort}) {
					yield started({hostsTotal: 5});
					yield host(FOUND);
					io.interrupt(signal);
					t.true(abort?.aborted);
					yield end({hostsTotal: 5});
				},
				io,
			);
			t.is(exitCode, expected);
			t.is(errors, '');
			t.is(
				out,
				`${BANNER}${HOST}halfopen interrupted: 1 of 5 IP addresses (1 host up) scanned in 1.41 seconds\n`,
			);
			t.regex(await readFile(file, 'utf8'), /\n# halfopen interrupted at .* -- 1 of 5 IP addresses .*\n$/);
		}),
});

test(interrupts, 'SIGINT', 130);
test(interrupts, 'SIGTERM', 143);

test('when nobody reads any more the scan ends quietly', async t => {
	const io = fakeIo();
	let isClosed = false;
	const {exitCode, errors} = await run(
		['x'],
		async function* (asked) {
			io.breakPipe();
			while (asked.signal?.aborted === false) {
				yield host(Array.from({length: 3000}, (_, index) => open(index + 1)));
			}

			isClosed = true;
			yield end();
		},
		io,
	);
	t.is(exitCode, 1);
	t.is(errors, '');
	t.true(isClosed);
});
