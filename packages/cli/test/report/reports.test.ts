import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {micros, ScanError, type ScanEvent} from '@halfopen/model';
import {main} from '../../src/main.ts';
import {fakeIo, type FakeIo} from '../fake-io.ts';
import {ADDRESS, closed, end, fakeScan, found, host, open, started} from '../fake-scan.ts';

const FOUND = [open(22), closed(23)];
const ALL = ['-oN', '-oX', '-oG', '-oD', '-oJ', '-oL', '-oC'] as const;

const run = async (
	words: readonly string[],
	events: Parameters<typeof fakeScan>[0],
	io: FakeIo = fakeIo(),
) => {
	const scan = fakeScan(events);
	const exitCode = await main([...words, 'x'], io, scan.load);
	return {exitCode, out: io.out.join(''), errors: io.errors.join(''), asked: scan.asked};
};

const folderTest = (title: string, body: (t: ExecutionContext, folder: string) => Promise<void>): void => {
	test(title, async t => {
		const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-reports-'));
		try {
			await body(t, folder);
		} finally {
			await rm(folder, {recursive: true});
		}
	});
};

/** What each report has of the host, and how it ends when something failed. */
const SAID: Readonly<Record<(typeof ALL)[number], readonly [host: RegExp, failed: RegExp]>> = {
	'-oN': [/\n22\/tcp open {3}ssh\n/, /\n# halfopen failed at .*\n$/],
	'-oX': [/portid="22"><state state="open"/, / exit="error" errormsg="no network"\/>[^]*<\/nmaprun>\n$/],
	'-oG': [/\tPorts: 22\/open\/tcp\/\/ssh\/\/\//, /\n# halfopen failed at .*\n$/],
	'-oD': [/"type":"host".*"port":22/, /\n\{"type":"end","outcome":"failed","problem":"no network",.*\}\n$/],
	'-oJ': [/"ports":\[\{"port":22,/, /"end":\{"outcome":"failed","problem":"no network",.*\}\}\n$/],
	'-oL': [/\nopen tcp 22 10\.77\.3\.2 \d+\n/, /\n# end\n$/],
	'-oC': [/\n10\.77\.3\.2,22,synack,1,64,/, /\n10\.77\.3\.2,22,synack,1,64,.*\n$/],
};

folderTest('every report is ended when the scan fails on the way', async (t, folder) => {
	const {exitCode, errors} = await run(
		ALL.flatMap(option => [option, path.join(folder, option)]),
		async function* () {
			yield started();
			yield host(FOUND);
			throw new ScanError('ERR_HALFOPEN_SYSTEM', 'no network');
		},
	);
	t.is(errors, 'halfopen: no network\n');
	t.is(exitCode, 1);
	for (const option of ALL) {
		const report = await readFile(path.join(folder, option), 'utf8');
		t.regex(report, SAID[option][0], option);
		t.regex(report, SAID[option][1], option);
	}
});

folderTest('-oA names three, and each can be named besides', async (t, folder) => {
	await run(['-oA', path.join(folder, 'a%Y'), '-oX', path.join(folder, 'b')], () => [started(), end()]);
	t.deepEqual((await readdir(folder)).sort(), ['a2026.gnmap', 'a2026.nmap', 'a2026.xml', 'b']);
	t.is(
		await readFile(path.join(folder, 'a2026.xml'), 'utf8'),
		await readFile(path.join(folder, 'b'), 'utf8'),
	);
});

folderTest('one name for two reports is a mistake, and opens nothing', async (t, folder) => {
	const file = path.join(folder, 'file');
	const {exitCode, errors} = await run(['-oX', file, '-oG', file], () => [end()]);
	t.is(errors, `halfopen: -oX and -oG: expected different files, got \`${file}\` for both\n`);
	t.is(exitCode, 2);
	const both = await run(['-oD', '-', '-oX', '-'], () => [end()]);
	t.is(both.errors, 'halfopen: -oX and -oD: expected different files, got standard output for both\n');
	t.deepEqual(await readdir(folder), []);
});

folderTest('a report that cannot be opened leaves none of the others behind', async (t, folder) => {
	const {exitCode} = await run(
		['-oN', path.join(folder, 'new'), '-oX', path.join(folder, 'missing/file')],
		() => [end()],
	);
	t.is(exitCode, 2);
	t.deepEqual(await readdir(folder), []);
});

test('a report on standard output has it for itself', async t => {
	const {out} = await run(['-v', '-oD', '-'], () => [started(), found(open(22)), host(FOUND), end()]);
	t.deepEqual(
		out
			.trimEnd()
			.split('\n')
			.map(line => (JSON.parse(line) as {type: string}).type),
		['started', 'port', 'host', 'end'],
	);
});

folderTest('fields are refused where no CSV is written, unless a config file has them', async (t, folder) => {
	const {errors, asked} = await run(['--fields', 'saddr'], () => [end()]);
	t.is(errors, 'halfopen: --fields: expected -oC too, got no CSV that would have them\n');
	t.deepEqual(asked, []);
	const config = path.join(folder, 'config.json');
	await writeFile(config, '{"fields": ["saddr"]}');
	t.is((await run(['--config', config], () => [started(), end()])).errors, '');
});

test('fields that there are not are told before the scan begins', async t => {
	const {exitCode, errors, asked} = await run(['-oC', '-', '--fields', 'saddr,dport'], () => [end()]);
	t.regex(errors, /^halfopen: --fields: expected fields out of saddr, .*, got `dport`\n$/);
	t.is(exitCode, 2);
	t.is(asked.length, 0);
});

test('a report that has no room ends the scan, and the others are told why', async t => {
	const {exitCode, out, errors} = await run(['-oN', '/dev/full', '-oD', '-'], async function* (asked) {
		yield started();
		while (asked.signal?.aborted === false) {
			yield host(FOUND);
			await new Promise(resolve => {
				setImmediate(resolve);
			});
		}

		yield end();
	});
	const problem = 'Cannot write `/dev/full`: no space left on device (ENOSPC)';
	t.is(errors, `halfopen: ${problem}\n`);
	t.is(exitCode, 1);
	t.like(JSON.parse(out.trimEnd().split('\n').at(-1)!), {type: 'end', outcome: 'failed', problem});
});

folderTest('a report that continues another has no second row of names', async (t, folder) => {
	const file = path.join(folder, 'file');
	await writeFile(file, 'saddr\n');
	await run(['--append-output', '-oC', file, '--fields', 'saddr'], () => [started(), host(FOUND), end()]);
	t.is(await readFile(file, 'utf8'), 'saddr\n10.77.3.2\n');
});

const SYN_SENT: ScanEvent = {
	type: 'packet',
	packet: {
		direction: 'sent',
		at: micros(1_000_400),
		bytes: Uint8Array.from(
			Buffer.from('4500002800000000400600000a4d03010a4d0302c3500016000000070000000050020400beef0000', 'hex'),
		),
		length: 40,
	},
};

const EXPLAINED: readonly ScanEvent[] = [
	started(),
	SYN_SENT,
	{
		type: 'decision',
		decision: {
			at: micros(1_000_900),
			address: ADDRESS,
			port: 22,
			attempt: 0,
			what: 'state-set',
			state: 'open',
			reason: 'syn-ack',
			previous: 'unknown',
		},
	},
	host(FOUND),
	end({traceLost: 3}),
];

folderTest('--pcap keeps every packet, by the time of day', async (t, folder) => {
	const file = path.join(folder, 'file');
	const {asked, out} = await run(['--pcap', file], () => EXPLAINED);
	t.like(asked[0], {trace: true, decisions: false});
	t.false(out.includes('SENT'));
	const bytes = await readFile(file);
	t.is(bytes.readUInt32LE(0), 0x0a_0d_0d_0a);
	t.true(bytes.includes('3 packets are missing'));
	const packet = bytes.indexOf(Buffer.from('4500002800000000', 'hex'));
	const times = packet - 32; // Before two lengths and the header of 16 bytes
	const at = bytes.readUInt32LE(times) * 2 ** 32 + bytes.readUInt32LE(times + 4);
	t.is(at, Date.UTC(2026, 10, 22, 12, 53, 20) * 1000 + 400);
});

folderTest(
	'--explain tells the story of a port behind its host, and --explain-svg draws it',
	async (t, folder) => {
		const file = path.join(folder, 'file');
		const {asked, out} = await run(['--explain', '--explain-svg', file], () => EXPLAINED);
		t.like(asked[0], {trace: true, decisions: true});
		t.regex(out, /\n23\/tcp closed telnet\n[^]*\n22\/tcp \(ssh\) on 10\.77\.3\.2 is open\n\n/);
		t.regex(
			await readFile(file, 'utf8'),
			/^<svg [^]*>22\/tcp \(ssh\) on 10\.77\.3\.2 is open<[^]*<\/svg>\n$/,
		);
		const picture = await run(['--explain-svg', file], () => EXPLAINED);
		t.false(picture.out.includes(' is open'));
	},
);

test('ports to be explained are checked before the scan begins', async t => {
	const {exitCode, errors} = await run(['--explain=70000'], () => [end()]);
	t.regex(errors, /^halfopen: --explain: expected a port .*`70000`\n$/);
	t.is(exitCode, 2);
});

test('a picture needs a file', async t => {
	const {exitCode, errors} = await run(['--explain-svg', '-'], () => [end()]);
	t.regex(errors, /^halfopen: --explain-svg: expected .*, got `-`\n$/);
	t.is(exitCode, 2);
});
