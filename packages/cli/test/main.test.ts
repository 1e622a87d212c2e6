import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {micros, ScanError, type ScanErrorCode, type ScanEvent} from '@halfopen/model';
import type {ScanOptions} from '@halfopen/scanner';
import {main} from '../src/main.ts';
import {VERSION} from '../src/version.ts';
import {fakeIo, type FakeIo} from './fake-io.ts';
import {ADDRESS, closed, end, fakeScan, found, host, open, started} from './fake-scan.ts';

const BANNER = `Starting halfopen ${VERSION} ( https://github.com/halfopen/halfopen ) at 2026-11-22 12:53 UTC\n`;
const DONE = 'halfopen done: 1 IP address (1 host up) scanned in 1.41 seconds\n';
const HOST = `Nmap scan report for 10.77.3.2
Host is up (0.000046s latency).

PORT   STATE  SERVICE
22/tcp open   ssh
23/tcp closed telnet

`;
const FOUND = [open(22), closed(23)];

const run = async (
	words: readonly string[],
	events: Parameters<typeof fakeScan>[0] | readonly ScanEvent[],
	io: FakeIo = fakeIo(),
) => {
	const scan = fakeScan(typeof events === 'function' ? events : () => events);
	const exitCode = await main(words, io, scan.load);
	return {exitCode, out: io.out.join(''), errors: io.errors.join(''), asked: scan.asked, io};
};

const withFolder = async (action: (folder: string) => Promise<void>): Promise<void> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-cli-'));
	try {
		await action(folder);
	} finally {
		await rm(folder, {recursive: true});
	}
};

test('a scan prints its banner, the hosts and the totals', async t => {
	const {exitCode, out, errors, io} = await run(['10.77.3.2'], [started(), host(FOUND), end()]);
	t.is(out, BANNER + HOST + DONE);
	t.is(errors, '');
	t.is(exitCode, 0);
	t.is(io.pending, 0);
});

test('a report of all ports is one write', async t => {
	const results = Array.from({length: 65_535}, (_, index) => open(index + 1));
	const {io} = await run(['-p-', 'x'], [started(), host(results), end()]);
	t.deepEqual(
		io.out.map(text => text.length > 1_000_000),
		[false, true, false],
	);
});

test('settings reach the scanner under its names', async t => {
	const words =
		'-sT -p 22,80 --top-ports 5 -r -e lo -g 53 --ttl 9 --max-retries 2 -T4 --rate 9 --seed 3 -n --exclude a,b x y';
	const {asked} = await run(words.split(' '), [end()]);
	const {signal, ...options} = asked[0];
	t.true(signal instanceof AbortSignal);
	t.deepEqual(options, {
		targets: ['x', 'y'],
		exclude: ['a', 'b'],
		scanType: 'connect',
		ports: '22,80',
		topPorts: 5,
		sequential: true,
		device: 'lo',
		sourcePort: 53,
		ttl: 9,
		maxRetries: 2,
		template: 4,
		minRate: 9,
		maxRate: 9,
		seed: 3,
		reverseNames: 'never',
		portEvents: 'open',
		trace: false,
		decisions: false,
	});
});

const asks = test.macro({
	title: (_, words: string) => `${words} decides what the scanner is to tell`,
	async exec(t, words: string, expected: object) {
		const {asked} = await run([...words.split(' '), 'x'], [end()]);
		t.like(asked[0], expected);
	},
});

test(asks, '-v', {portEvents: 'open', trace: false, decisions: false});
test(asks, '-d', {portEvents: 'open', trace: false, decisions: true});
test(asks, '-d2', {portEvents: 'all', trace: false, decisions: true});
test(asks, '--packet-trace', {portEvents: 'open', trace: true, decisions: false});
test(asks, '-F', {topPorts: 100});
test(asks, '--privileged', {scanType: 'syn'});
test(asks, '--unprivileged', {scanType: 'connect'});
test(asks, '-R', {reverseNames: 'all'});

test('-v tells the phases and what is found', async t => {
	const hosts = [
		started({hostsTotal: 2}),
		found(open(22)),
		host(FOUND, {probesSent: 51}),
		host(FOUND, {probesSent: 51}),
	];
	const {out} = await run(['-v', 'x'], [...hosts, end({hostsTotal: 2, hostsUp: 2})]);
	t.is(
		out,
		`${BANNER}Initiating SYN Stealth Scan at 12:53
Scanning 2 hosts [3 ports/host]
Discovered open port 22/tcp on 10.77.3.2
Completed SYN Stealth Scan against 10.77.3.2 in 1.22s (1 host left)
${HOST}${HOST}Completed SYN Stealth Scan at 12:53, 1.41s elapsed (6 total ports)
halfopen done: 2 IP addresses (2 hosts up) scanned in 1.41 seconds
           Raw packets sent: 4 (176B) | Rcvd: 3 (124B)
`,
	);
});

test('-v names a single host', async t => {
	const {out} = await run(['-v', 'x'], [started(), {type: 'host-started', address: ADDRESS}, end()]);
	t.regex(out, /\nScanning 10\.77\.3\.2 \[3 ports\]\n/);
});

test('-d explains decisions among the packets', async t => {
	const probe = {address: ADDRESS, port: 25, attempt: 0} as const;
	const {out} = await run(
		['-d', '--packet-trace', '-p25', 'x'],
		[
			started({ports: Uint16Array.of(25)}),
			{
				type: 'packet',
				packet: {direction: 'sent', at: micros(1_000_400), bytes: Uint8Array.of(1), length: 44},
			},
			{type: 'decision', decision: {...probe, at: micros(1_000_400), what: 'probe-sent'}},
			{
				type: 'decision',
				decision: {...probe, at: micros(1_103_400), what: 'probe-timed-out', timeout: micros(103_000)},
			},
			end(),
		],
	);
	t.is(
		out,
		`${BANNER}Initiating SYN Stealth Scan at 12:53
SENT (0.0004s) No complete IP header in 1 of 44 bytes: 01
DECIDE (0.1034s) 10.77.3.2:25 no answer to try 1 within 103 ms
Completed SYN Stealth Scan at 12:53, 1.41s elapsed (1 total ports)
${DONE}           Raw packets sent: 4 (176B) | Rcvd: 3 (124B)
`,
	);
});

test('-d2 tells probes too', async t => {
	const decision = {
		address: ADDRESS,
		port: 25,
		attempt: 0,
		at: micros(1_000_400),
		what: 'probe-sent',
	} as const;
	const {out} = await run(['-d2', 'x'], [started(), {type: 'decision', decision}, end()]);
	t.regex(out, /DECIDE \(0\.0004s\) 10\.77\.3\.2:25 asked, try 1\n/);
});

test('-d shows reasons without being asked', async t => {
	const {out} = await run(['-d', 'x'], [started(), host(FOUND), end()]);
	t.regex(out, /Host is up, received arp-response/);
	t.regex(out, /\nPORT {3}STATE {2}SERVICE REASON\n/);
});

test('--stats-every says how far the scan is', async t => {
	const io = fakeIo();
	const {out} = await run(
		['--stats-every', '500ms', 'x'],
		async function* () {
			yield started();
			io.tick(500);
			yield end();
		},
		io,
	);
	t.is(
		out,
		`${BANNER}Stats: 0:00:01 elapsed; 1 hosts completed (1 up), 1 undergoing SYN Stealth Scan
SYN Stealth Scan Timing: About 18.75% done; ETC: 12:53 (0:00:04 remaining)
${DONE}`,
	);
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

test('a command line without targets is a mistake', async t => {
	const {exitCode, out, errors, asked} = await run(['-p', '22'], [end()]);
	t.is(errors, 'halfopen: expected at least one target, got none; see halfopen --help\n');
	t.is(out, '');
	t.is(exitCode, 2);
	t.is(asked.length, 0);
});

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

test('targets that cannot be read are an error', async t => {
	const {exitCode, errors} = await run(['-iL', '/nonexistent'], [end()]);
	t.is(errors, 'halfopen: -iL: cannot read `/nonexistent`: no such file or directory (ENOENT)\n');
	t.is(exitCode, 2);
});

const fails = test.macro({
	title: (_, code: ScanErrorCode, exitCode: number, _option?: string) =>
		`${code} ends with exit code ${exitCode} and one line`,
	async exec(t, code: ScanErrorCode, expected: number, option?: string) {
		const {exitCode, out, errors} = await run(['x'], () =>
			failing(new ScanError(code, 'Expected this, got `that`')),
		);
		t.is(
			errors,
			`halfopen: ${option === undefined ? 'Expected' : `${option}: expected`} this, got \`that\`\n`,
		);
		t.is(out, '');
		t.is(exitCode, expected);
	},
});

test(fails, 'ERR_HALFOPEN_OPTION', 2);
test(fails, 'ERR_HALFOPEN_PORT', 2, '--top-ports');
test(fails, 'ERR_HALFOPEN_TARGET', 2);
test(fails, 'ERR_HALFOPEN_NAME', 2);
test(fails, 'ERR_HALFOPEN_PERMISSION', 1);
test(fails, 'ERR_HALFOPEN_INTERFACE', 1);
test(fails, 'ERR_HALFOPEN_SYSTEM', 1);

test('mistakes on the command line end before anything is opened', async t => {
	const {exitCode, out, errors, asked} = await run(['-sU', '-oN', '/nonexistent/x', 'x'], [end()]);
	t.is(errors, 'halfopen: -sU is not part of halfopen: it does the TCP SYN and connect scans only\n');
	t.is(exitCode, 2);
	t.is(out, '');
	t.is(asked.length, 0);
});

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

test('a connect scan says that it has no packets to trace', async t => {
	const {errors} = await run(['--packet-trace', 'x'], [started({scanType: 'connect'}), end()]);
	t.is(errors, 'halfopen: warning: a connect scan has no packets to trace; -d2 tells every connection\n');
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

async function* failing(failure: Error): AsyncGenerator<ScanEvent, void, undefined> {
	yield await Promise.reject<ScanEvent>(failure);
}

const cannotBegin = (): AsyncIterable<ScanEvent> =>
	failing(new ScanError('ERR_HALFOPEN_PORT', 'Expected a port between 0 and 65535, got `70000`'));
