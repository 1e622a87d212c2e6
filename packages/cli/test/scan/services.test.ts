// Where names and popularity of ports come from, in whole runs over a simulated network.
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {main} from '../../src/main.ts';
import {fakeIo} from '../fake-io.ts';

const NETWORK = {seed: 1, hosts: [{address: '192.0.2.1', ports: {'22': 'open', '7777': 'open'}}]};

const SERVICES = `burrow 7777/tcp 0.9 # common here
web 80/tcp 0.5
shell 22/tcp 0.2
shell 22/udp 0.9
`;

/** Runs in a home with these files; `HOME` in the words is its folder. */
const run = async (t: ExecutionContext, files: Readonly<Record<string, string>>, ...words: string[]) => {
	const home = await mkdtemp(path.join(tmpdir(), 'halfopen-services-'));
	t.teardown(async () => rm(home, {recursive: true}));
	for (const [name, content] of Object.entries({...files, 'network.json': JSON.stringify(NETWORK)})) {
		await mkdir(path.dirname(path.join(home, name)), {recursive: true});
		await writeFile(path.join(home, name), content);
	}

	const io = {...fakeIo('', {HOME: home}), sharedFolders: [path.join(home, 'share')]};
	const inHome = words.map(word => word.replace('HOME', home));
	const exitCode = await main(['--simulate', path.join(home, 'network.json'), ...inHome], io);
	const [out, errors] = [io.out, io.errors].map(text => text.join('').replaceAll(home, 'HOME'));
	return {exitCode, out, errors};
};

const rowsOf = (out: string): string[] => out.match(/^\d+\/tcp .*$/gm) ?? [];

const IN_HOME = {'.nmap/nmap-services': SERVICES};
const SHARED = {'share/nmap/nmap-services': SERVICES};

test("without a list the names and the ranking are halfopen's own", async t => {
	const {out} = await run(t, {}, '-v', '--top-ports', '2');
	t.deepEqual(rowsOf(out), ['22/tcp open   ssh', '23/tcp closed telnet']);
	t.notRegex(out, /Read data files/);
});

for (const [where, files, folder] of [
	['at home', IN_HOME, 'HOME/.nmap'],
	['where programs share data', SHARED, 'HOME/share/nmap'],
] as const) {
	test(`a list ${where} names and ranks ports, and -v says where it is`, async t => {
		const {out} = await run(t, files, '-v', '--top-ports', '2');
		t.deepEqual(rowsOf(out), ['80/tcp   closed web', '7777/tcp open   burrow']);
		t.regex(out, new RegExp(`\nRead data files from: ${folder}\nhalfopen done`));
	});
}

test("--no-datadir means halfopen's own", async t => {
	const {out} = await run(t, IN_HOME, '--no-datadir', '--top-ports', '1');
	t.deepEqual(rowsOf(out), ['22/tcp open  ssh']);
});

test('--datadir names the folder, --servicedb the file', async t => {
	const files = {...IN_HOME, 'other/nmap-services': 'den 22/tcp 1\n', list: 'lair 22/tcp\n'};
	t.deepEqual(rowsOf((await run(t, files, '--datadir', 'HOME/other', '-p', '22')).out), ['22/tcp open  den']);
	t.deepEqual(rowsOf((await run(t, files, '--servicedb', 'HOME/list', '-p', '22')).out), [
		'22/tcp open  lair',
	]);
});

test('ports are asked by how often they are open, and by the names of the list', async t => {
	const rows = async (...words: string[]) => rowsOf((await run(t, IN_HOME, ...words)).out);
	t.deepEqual(await rows('--port-ratio', '0.5'), ['80/tcp   closed web', '7777/tcp open   burrow']);
	t.deepEqual(await rows('-p', '1-1024', '--port-ratio', '0.1'), [
		'22/tcp open   shell',
		'80/tcp closed web',
	]);
	t.deepEqual(await rows('-p', 'b*'), ['7777/tcp open  burrow']);
	t.deepEqual(await rows('-F', '--top-ports', '1'), ['7777/tcp open  burrow']);
});

test('every format and every explanation has the names of the list', async t => {
	for (const [option, pattern] of [
		['-oX', /<service name="burrow" /],
		['-oG', /7777\/open\/tcp\/\/burrow\/\/\//],
		['-oD', /"port":7777,.*"service":"burrow"/],
		['-oJ', /"port":7777,.*"service":"burrow"/],
		['-oC', /,7777,.*,burrow\n/],
	] as const) {
		t.regex((await run(t, IN_HOME, '-p', '7777', option, '-')).out, pattern, option);
	}

	t.regex(
		(await run(t, IN_HOME, '-p', '7777', '--explain')).out,
		/7777\/tcp \(burrow\) on 192\.0\.2\.1 is open/,
	);
});

const refuses = test.macro({
	title: (_, words: string) => `refuses ${words}`,
	async exec(t, words: string, message: string) {
		const {exitCode, errors} = await run(t, {...IN_HOME, plain: 'web 80/tcp\n'}, ...words.split(' '));
		t.is(errors, `halfopen: ${message}\n`);
		t.is(exitCode, 2);
	},
});

test(refuses, '--datadir HOME/none', '--datadir: expected a folder with `nmap-services`, got `HOME/none`');
test(
	refuses,
	'--servicedb HOME/none',
	'--servicedb: cannot read `HOME/none`: no such file or directory (ENOENT)',
);
test(
	refuses,
	'--port-ratio 0.1 --no-datadir',
	'--port-ratio: expected a file that says how often ports are open, got none; --datadir names the folder of an `nmap-services`',
);
test(
	refuses,
	'--port-ratio 0.1 --servicedb HOME/plain',
	'--port-ratio: expected a file that says how often ports are open, got `HOME/plain`',
);
test(refuses, '--port-ratio 0.95', '--port-ratio: expected a port that is open at a ratio of 0.95, got none');
test(
	refuses,
	'-p 23 --top-ports 1',
	'--datadir: expected at least one of the ports that are asked for, got none',
);
