import {execFileSync, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {createInterface} from 'node:readline';
import type {ExecutionContext} from 'ava';
import {firewall, listen, type Lab} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {checkEveryFormat, everyFormat, FORMATS, readCapture} from './formats.ts';
import {CLI, NODE, runHalfopen} from './halfopen.ts';

const labTest = useLab(async lab => {
	await listen(lab.direct, [22, 80]);
	firewall(lab.direct, [
		{ports: '25', verdict: 'drop'},
		{ports: '113', verdict: {reject: 'admin-prohibited'}},
	]);
});

/** A test with the lab and a folder of its own. */
const folderTest = (
	title: string,
	body: (t: ExecutionContext, lab: Lab, folder: string) => Promise<void>,
): void => {
	labTest(title, async (t, lab) => {
		const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-formats-'));
		try {
			await body(t, lab, folder);
		} finally {
			await rm(folder, {recursive: true});
		}
	});
};

const TWO_HOSTS = ['-n', '-p', '20-30,80,113', '10.77.3.2-3'];
const OPEN = ['10.77.3.2:22', '10.77.3.2:80', '10.77.3.3:22', '10.77.3.3:80'];

folderTest('all formats at once agree, and each is as its readers expect it', async (t, lab, folder) => {
	const {status, stdout, stderr} = await runHalfopen(lab.scanner, [...everyFormat(folder), ...TWO_HOSTS]);
	t.is(stderr, '');
	t.is(status, 0);
	t.regex(stdout, /^Starting halfopen /);
	t.deepEqual(checkEveryFormat(t, folder), OPEN);
	const packets = readCapture(path.join(folder, 'pcap'));
	const count = (what: RegExp): number => packets?.filter(line => what.test(line)).length ?? 1;
	t.true(count(/10\.77\.3\.2\.22: Flags \[S\]/) >= 1); // More when the machine is so busy that a try times out
	t.is(count(/10\.77\.3\.2\.22 > .*: Flags \[S\.\]/), count(/10\.77\.3\.2\.22: Flags \[S\]/));
	t.deepEqual((await readdir(folder)).sort(), [...FORMATS.map(({option}) => option), 'pcap'].sort());
});

folderTest('every format can have standard output for itself', async (t, lab) => {
	for (const {option, check} of FORMATS) {
		const {stdout, stderr} = await runHalfopen(lab.scanner, [option, '-', ...TWO_HOSTS]);
		t.is(stderr, '', option);
		t.deepEqual(check(t, stdout).sort(), OPEN, option);
	}
});

folderTest('-oA writes three of them, with the time in the name', async (t, lab, folder) => {
	await runHalfopen(lab.scanner, ['-oA', path.join(folder, 'scan-%%-%Y'), ...TWO_HOSTS]);
	const base = `scan-%-${new Date().getFullYear()}`;
	t.deepEqual((await readdir(folder)).sort(), [`${base}.gnmap`, `${base}.nmap`, `${base}.xml`]);
});

folderTest('ndiff finds no difference to the XML of Nmap, hostile names included', async (t, lab, folder) => {
	if (spawnSync('ndiff', ['--help']).error !== undefined) {
		t.log('ndiff is missing: apt-get install ndiff');
		t.is(process.env['CI'], undefined);
		return;
	}

	const name = 'a--b_c**--d.example'; // What Nmap leaves as it is
	const server = await lab.direct.start(NODE, [path.join(import.meta.dirname, 'programs/names.js'), name]);
	const [theirs, ours] = ['nmap.xml', 'halfopen.xml'].map(file => path.join(folder, file));
	const args = ['-R', '--dns-servers', '10.77.3.2', '-p', '20-120', '10.77.3.2-3'];
	await lab.scanner.run('nmap', ['-Pn', '-oX', theirs, ...args]);
	const {stderr} = await runHalfopen(lab.scanner, ['-oX', ours, ...args]);
	await server.stop();
	t.is(stderr, '');
	t.true(
		(await readFile(ours, 'utf8')).includes('<hostname name="a-&#45;b_c**-&#45;d.example" type="PTR"/>'),
	);
	const {status, stdout} = spawnSync('ndiff', [theirs, ours], {encoding: 'utf8'});
	t.is(status, 0, stdout);
});

/** Starts a scan that takes a while, and resolves once it found something. */
const startLongScan = async (lab: Lab, args: readonly string[]) => {
	const child = lab.scanner.spawn(NODE, [
		CLI,
		'-n',
		'-v',
		'--max-rate',
		'100',
		'-p',
		'1-3000',
		...args,
		'10.77.3.2-3',
	]);
	const ended = once(child, 'exit');
	let found = 0;
	for await (const line of createInterface({input: child.stdout})) {
		found += line.startsWith('Discovered open port') ? 1 : 0;
		if (found === OPEN.length) {
			break;
		}
	}

	child.stdout.resume();
	return {child, ended};
};

for (const [signal, exitCode] of [
	['SIGINT', 130],
	['SIGTERM', 143],
] as const) {
	folderTest(
		`after ${signal} every format is complete and has all that was known`,
		async (t, lab, folder) => {
			const {child, ended} = await startLongScan(lab, everyFormat(folder));
			child.kill(signal);
			t.deepEqual(await ended, [exitCode, null]);
			t.deepEqual(checkEveryFormat(t, folder), OPEN);
			t.true((readCapture(path.join(folder, 'pcap'))?.length ?? 9) > 8);
			const json = JSON.parse(await readFile(path.join(folder, '-oJ'), 'utf8')) as Record<string, object>;
			t.like(json['end'], {outcome: 'interrupted'});
			t.like((json['results'] as object[])[0], {incomplete: true});
		},
	);
}

const SMALL_DISK = 64 * 1024;

folderTest(
	'on a full disk every format is complete and has what there was room for',
	async (t, lab, folder) => {
		const disk = path.join(folder, 'disk');
		for (const {option, check} of FORMATS) {
			execFileSync('mkdir', ['-p', disk]);
			execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK}`, 'tmpfs', disk]);
			try {
				const file = path.join(disk, 'report');
				const args = ['-n', '-Pn', '-v', '-p', '1-40', option, file, '10.99.0.0/24'];
				const {status, stderr} = await runHalfopen(lab.scanner, args);
				t.is(status, 1, option);
				t.regex(stderr, /^halfopen: Cannot write `.*report`: no space left on device \(ENOSPC\)\n$/, option);
				const report = await readFile(file, 'utf8');
				t.true(check(t, report).length > 5, option);
				const {size} = await stat(file);
				t.true(size > SMALL_DISK / 2 && size <= SMALL_DISK, `${option}: ${size}`);
			} finally {
				execFileSync('umount', [disk]);
			}
		}
	},
);

folderTest('on a full disk formats of lines keep part of a host', async (t, lab, folder) => {
	for (const [option, last] of [
		['-oC', /^10\.99\.0\.1,\d+,rst,.*,closed,/],
		['-oL', /^# end$/],
	] as const) {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder]);
		try {
			const file = path.join(folder, 'report');
			const args = ['-n', '-Pn', '-vv', '-d', '-p', '1-2000', option, file, '10.99.0.1'];
			t.is((await runHalfopen(lab.scanner, args)).status, 1, option);
			const lines = (await readFile(file, 'utf8')).split('\n');
			t.true(lines.length > 100, `${option}: ${lines.length}`);
			t.is(lines.at(-1), '', option); // The last line is whole
			t.regex(lines.at(-2) ?? '', last);
		} finally {
			execFileSync('umount', [folder]);
		}
	}
});

folderTest(
	'a closed pipe ends the scan quietly, and the other reports are complete',
	async (t, lab, folder) => {
		const args = [...everyFormat(folder), '-n', '-v', '-p', '20-30,80', '10.99.0.0/22'];
		const {status, stdout, stderr} = await lab.scanner.run('bash', [
			'-c',
			'"$@" | head -n 1; exit ${PIPESTATUS[0]}',
			'bash',
			NODE,
			CLI,
			...args,
		]);
		t.is(stderr, '');
		t.is(status, 1);
		t.regex(stdout, /^Starting halfopen .*\n$/);
		checkEveryFormat(t, folder);
		const json = JSON.parse(await readFile(path.join(folder, '-oJ'), 'utf8')) as Record<string, object>;
		t.like(json['end'], {outcome: 'failed', problem: 'nobody reads standard output any more'});
	},
);

folderTest('what there was stays as it is when a scan does not start', async (t, lab, folder) => {
	const files = FORMATS.map(({option}) => path.join(folder, option));
	await Promise.all(files.map(async file => writeFile(file, 'old')));
	const {status} = await runHalfopen(lab.scanner, [...everyFormat(folder), '-e', 'nosuch', ...TWO_HOSTS]);
	t.not(status, 0);
	for (const file of files) {
		t.is(await readFile(file, 'utf8'), 'old');
	}

	t.is((await readdir(folder)).length, FORMATS.length);
});

folderTest(
	'--explain draws how each port came by its state, and --explain-svg the same',
	async (t, lab, folder) => {
		const svg = path.join(folder, 'explained.svg');
		const args = ['-n', '--explain', '--explain-svg', svg, '-p', '22,23,25,113', '10.77.3.2'];
		const {stdout, stderr} = await runHalfopen(lab.scanner, args);
		t.is(stderr, '');
		t.regex(stdout, /\n22\/tcp \(ssh\) on 10\.77\.3\.2 is open\n/);
		t.regex(stdout, / ├── SYN seq=\d+ ─+▶│ try 1, from port \d+\n/);
		t.regex(stdout, / │◀─+ SYN\/ACK seq=\d+ ack=\d+ ──┤ ack is the seq of try 1, plus 1\n/);
		t.regex(stdout, / ├── SYN seq=\d+ ─+ ─ ─ \? +│ try 2, from port \d+\n/);
		t.regex(stdout, /\n113\/tcp \(ident\) on 10\.77\.3\.2 is filtered\n/);
		const picture = await readFile(svg, 'utf8');
		for (const port of [22, 23, 25, 113]) {
			t.regex(picture, new RegExp(`>${port}/tcp [^<]* on 10\\.77\\.3\\.2 is `));
		}

		const one = await runHalfopen(lab.scanner, ['-n', '--explain=23', '-p', '22-25', '10.77.3.2']);
		t.is(one.stdout.match(/ on 10\.77\.3\.2 is /g)?.length, 1);
	},
);
