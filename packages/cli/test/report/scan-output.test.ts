import {readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {ScanError, type ScanEvent} from '@halfopen/model';
import {VERSION} from '../../src/version.ts';
import {fakeIo} from '../fake-io.ts';
import {end, found, host, open, started} from '../fake-scan.ts';
import {BANNER, DONE, failing, FOUND, HOST, run, withFolder} from '../run-main.ts';

test('a report of all ports is one write', async t => {
	const results = Array.from({length: 65_535}, (_, index) => open(index + 1));
	const {io} = await run(['-p-', 'x'], [started(), host(results), end()]);
	t.deepEqual(
		io.out.map(text => text.length > 1_000_000),
		[false, true, false],
	);
});

test('-oN writes the report to a file too', async t =>
	withFolder(async folder => {
		const file = path.join(folder, 'report');
		await writeFile(file, 'old');
		const {out} = await run(
			['x', '-n', '-oN', file],
			[{type: 'warning', message: 'careful'}, started(), host(FOUND), end()],
		);
		t.is(out, BANNER + HOST + DONE);
		t.is(
			await readFile(file, 'utf8'),
			`# halfopen ${VERSION} scan initiated Sun Nov 22 12:53:20 2026 as: halfopen -n -oN ${file} x
# Warning: careful
${HOST}# halfopen done at Sun Nov 22 12:53:20 2026 -- 1 IP address (1 host up) scanned in 1.41 seconds
`,
		);
	}));

test('--append-output keeps what the file has', async t =>
	withFolder(async folder => {
		const file = path.join(folder, 'report');
		await writeFile(file, 'old\n');
		await run(['x', '--append-output', '-oN', file], [started(), end()]);
		t.regex(await readFile(file, 'utf8'), /^old\n# halfopen .*\n# halfopen done .*\n$/);
	}));

test('-oN - leaves nothing but the report on standard output', async t => {
	const {out} = await run(['-v', '-oN', '-', 'x'], [started(), found(open(22)), host(FOUND), end()]);
	t.regex(out, /^# halfopen .*\nNmap scan report for 10\.77\.3\.2\n[^#]*\n\n# halfopen done .*\n$/);
});

test('a report file that cannot be written is told before the scan begins', async t =>
	withFolder(async folder => {
		const file = path.join(folder, 'missing', 'report');
		const {exitCode, out, errors, asked} = await run(['x', '-oN', file], [end()]);
		t.is(errors, `halfopen: -oN: cannot write \`${file}\`: no such file or directory (ENOENT)\n`);
		t.is(exitCode, 2);
		t.is(out, '');
		t.is(asked.length, 0);
	}));

test('a scan that cannot begin leaves the report file as it was', async t =>
	withFolder(async folder => {
		const old = path.join(folder, 'old');
		await writeFile(old, 'old');
		await run(['x', '-oN', old], cannotBegin);
		await run(['x', '-oN', path.join(folder, 'new')], cannotBegin);
		t.is(await readFile(old, 'utf8'), 'old');
		t.deepEqual(await readdir(folder), ['old']);
	}));

test('a scan that fails on the way leaves a finished report file', async t =>
	withFolder(async folder => {
		const file = path.join(folder, 'report');
		const {exitCode, errors, io} = await run(['x', '-oN', file], async function* () {
			yield started();
			yield host(FOUND);
			throw new ScanError('ERR_HALFOPEN_SYSTEM', 'sendmmsg: network is down (ENETDOWN)');
		});
		t.is(errors, 'halfopen: sendmmsg: network is down (ENETDOWN)\n');
		t.is(exitCode, 1);
		t.is(io.pending, 0);
		t.true(
			(await readFile(file, 'utf8')).endsWith(
				`${HOST}# halfopen failed at Sun Nov 22 12:53:20 2026 -- 1 of 2 IP addresses (1 host up) scanned in 1.00 seconds\n`,
			),
		);
	}));

test('when nobody reads any more the report file is finished all the same', async t =>
	withFolder(async folder => {
		const file = path.join(folder, 'report');
		const io = fakeIo();
		io.breakPipe();
		const {exitCode} = await run(['x', '-oN', file], [started(), host(FOUND), end()], io);
		t.is(exitCode, 1);
		const report = await readFile(file, 'utf8');
		t.true(report.includes(HOST));
		t.is(report.match(/^# halfopen (?:done|interrupted)/gm)?.length, 1);
	}));

const cannotBegin = (): AsyncIterable<ScanEvent> =>
	failing(new ScanError('ERR_HALFOPEN_PORT', 'Expected a port between 0 and 65535, got `70000`'));
