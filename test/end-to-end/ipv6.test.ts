import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {firewall, listen, type Lab, type RunResult} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {CLI, halfopenScan, NODE, runHalfopen} from './halfopen.ts';

const labTest = useLab(async lab => {
	const {scanner, direct, router, far, tunnelled} = lab;
	for (const namespace of [scanner, direct, router, far, tunnelled]) {
		await listen(namespace, [22]);
		firewall(namespace, [{ports: '25', verdict: 'drop'}]);
	}
});

/** Where targets are, and what the hop limit of their packets is when they arrive. */
const TARGETS: readonly [where: string, address: string, hopLimit: number][] = [
	['on loopback', '::1', 64],
	['at an address of our own', 'fd77:3::1', 64],
	['at another address of our own', 'fd77:1::1', 64],
	['on the link', 'fd77:3::2', 64],
	['at the router', 'fd77:1::fe', 64],
	['behind the router', 'fd77:2::2', 63],
	['behind a host on the link', 'fd99::1:2:3:4', 64],
	['at the end of a tunnel without link-layer addresses', 'fd77:4::2', 64],
];

const ADDRESSES = TARGETS.map(([, address]) => address);

const expected = (address: string, ttl: number) => ({
	[`${address}:22`]: {state: 'open', reason: 'syn-ack', ttl},
	[`${address}:23`]: {state: 'closed', reason: 'reset', ttl},
	[`${address}:25`]: {state: 'filtered', reason: 'no-response', ttl: 0},
});

const SILENT_ARGS = ['-6', '--max-retries', '0', '-p', '22,23,25'];

for (const [where, address, hopLimit] of TARGETS) {
	labTest(`an IPv6 target ${where} is scanned`, async (t, lab) => {
		const findings = await halfopenScan(lab.scanner, [...SILENT_ARGS, address]);
		t.deepEqual(Object.fromEntries(findings), expected(address, hopLimit));
	});
}

labTest('one IPv6 scan goes out by every interface', async (t, lab) => {
	const findings = await halfopenScan(lab.scanner, ['-6', '-p', '22,23,25', ...ADDRESSES]);
	t.deepEqual(
		Object.fromEntries(findings),
		Object.assign({}, ...TARGETS.map(([, address, hopLimit]) => expected(address, hopLimit))),
	);
});

for (const method of ['ip', 'packet']) {
	labTest(`--send ${method} reaches every IPv6 target that it can`, async (t, lab) => {
		const addresses = ADDRESSES.filter(address => method === 'ip' || address !== 'fd77:4::2');
		const findings = await halfopenScan(lab.scanner, ['-6', '--send', method, '-p', '22,23', ...addresses]);
		t.deepEqual(
			[...findings].map(([port, {state}]) => `${port} ${state}`).toSorted(),
			addresses.flatMap(address => [`${address}:22 open`, `${address}:23 closed`]).toSorted(),
		);
	});
}

labTest('a connect scan of IPv6 finds the same states', async (t, lab) => {
	const findings = await halfopenScan(lab.scanner, ['-sT', ...SILENT_ARGS, ...ADDRESSES]);
	t.deepEqual(
		[...findings].map(([port, {state, reason}]) => `${port} ${state} ${reason}`).toSorted(),
		ADDRESSES.flatMap(address => [
			`${address}:22 open syn-ack`,
			`${address}:23 closed conn-refused`,
			`${address}:25 filtered no-response`,
		]).toSorted(),
	);
});

labTest('a prefix is swept, each address once', async (t, lab) => {
	for (const order of ['host', 'random']) {
		const findings = await halfopenScan(lab.scanner, [
			'-6',
			'--order',
			order,
			'-p',
			'22,23',
			'fd99::/120',
			'fd99::7',
			'--exclude',
			'fd99::80/121',
		]);
		const open = [...findings].filter(([, {state}]) => state === 'open');
		t.is(open.length, 128, order);
	}
});

labTest('of a prefix with 2^52 addresses a part is swept, in random order', async (t, lab) => {
	const sweep = ['--order', 'random', '--seed', '1', '--shard', '1/4503599627370', '--results', 'stream'];
	const {stdout, stderr} = await runHalfopen(lab.scanner, [
		'-6',
		'-n',
		...sweep,
		'-p',
		'22',
		'fd99::/76',
		'-oG',
		'-',
	]);
	const found = new Set(stdout.match(/^Host: fd99::\S+ \(\)\tPorts: 22\/open/gm));
	t.is(found.size, 1001, stdout.slice(-400) + stderr);
});

const linkLocalOf = async (lab: Lab): Promise<string> => {
	const {stdout} = await lab.direct.run('ip', ['-6', '-brief', 'address', 'show', 'dev', 'scanner']);
	return /fe80::[\da-f:]+/.exec(stdout)?.[0] ?? '';
};

for (const [how, args] of [
	['by SYNs', []],
	['by connect()', ['-sT']],
] as const) {
	labTest(`a link-local address is scanned ${how} on the link that its zone or -e names`, async (t, lab) => {
		const address = await linkLocalOf(lab);
		const byZone = await runHalfopen(lab.scanner, ['-6', '-n', ...args, '-p', '22', `${address}%direct`]);
		t.true(byZone.stdout.includes(`Nmap scan report for ${address}%direct\n`), byZone.stdout + byZone.stderr);
		t.regex(byZone.stdout, /^22\/tcp open/m);
		const byDevice = await runHalfopen(lab.scanner, [
			'-6',
			'-n',
			...args,
			'-e',
			'direct',
			'-p',
			'22',
			address,
		]);
		t.regex(byDevice.stdout, /^22\/tcp open/m);
		const byNeither = await runHalfopen(lab.scanner, ['-6', '-n', ...args, '-p', '22', address]);
		t.regex(byNeither.stderr, /link-local address needs a zone, as in `fe80::1%eth0`/);
	});
}

labTest('one address in two zones is one clear error', async (t, lab) => {
	const {status, stderr} = await runHalfopen(lab.scanner, ['-6', '-n', 'fe80::1%direct', 'fe80::1%router']);
	t.is(status, 2);
	t.regex(
		stderr,
		/^halfopen: targets: expected each address in one zone, got `fe80::1%direct` and `fe80::1%router`: [^\n]+\n$/,
	);
});

/** Targets that cannot be asked, and what is said of them. */
const UNREACHABLE: readonly [address: string, problem: RegExp][] = [
	['fd77:3::77', /no answer to neighbour discovery for fd77:3::77 on direct/],
	['fd98::1', /no route leads there/],
	['ff02::1', /Cannot reach ff02::1: /],
	['::ffff:10.77.3.2', /is scanned as IPv4/],
];

labTest(
	'targets that cannot be reached are said to be down and why, and the rest goes on',
	async (t, lab) => {
		const {status, stdout} = await runHalfopen(lab.scanner, [
			'-6',
			'-v',
			'-n',
			'-p',
			'22',
			...UNREACHABLE.map(([address]) => address),
			'fd77:3::2',
		]);
		t.is(status, 0);
		t.regex(stdout, /^22\/tcp open/m);
		for (const [address, problem] of UNREACHABLE) {
			const [line = ''] = stdout
				.split('\n')
				.filter(text => text.startsWith(`Nmap scan report for ${address} [`));
			t.regex(line, problem, stdout);
		}
	},
);

labTest('packets are traced as Nmap does', async (t, lab) => {
	const {stdout} = await runHalfopen(lab.scanner, ['-6', '-n', '--packet-trace', '-p', '22', 'fd77:3::2']);
	t.regex(
		stdout,
		/^SENT \(\d+\.\d{4}s\) TCP fd77:3::1:\d+ > fd77:3::2:22 S hopl=\d+ flow=0 payloadlen=24 seq=\d+ win=1024 <mss 1460>$/m,
	);
	t.regex(
		stdout,
		/^RCVD \(\d+\.\d{4}s\) TCP fd77:3::2:22 > fd77:3::1:\d+ SA hopl=64 flow=[\da-f]+ payloadlen=24 seq=\d+ win=\d+ <mss 1440>$/m,
	);
});

/** Runs with a hosts file of its own. */
const withHosts = async (lab: Lab, hosts: string, args: readonly string[]): Promise<RunResult> => {
	const file = path.join(mkdtempSync(path.join(tmpdir(), 'hosts-')), 'hosts');
	writeFileSync(file, hosts);
	const script = 'mount --bind "$0" /etc/hosts && exec "$@"';
	const result = await lab.scanner.run('unshare', ['--mount', 'sh', '-c', script, file, NODE, CLI, ...args]);
	rmSync(path.dirname(file), {recursive: true});
	return result;
};

const HOSTS = '10.77.3.2 both.test\nfd77:3::2 both.test\nfd77:3::3 both.test\n10.77.3.3 four.test\n';

labTest('a name is scanned at its IPv6 address, and named in reverse', async (t, lab) => {
	const {stdout, stderr} = await withHosts(lab, HOSTS, ['-6', '-p', '22', 'both.test']);
	t.regex(stdout, /^Nmap scan report for both\.test \(fd77:3::2\)$/m);
	t.regex(stdout, /^Other addresses for both\.test \(not scanned\): fd77:3::3$/m);
	t.regex(stderr, /`both\.test` has 2 addresses; only the first is scanned/);
	const all = await withHosts(lab, HOSTS, ['-6', '-n', '--resolve-all', '-p', '22', 'both.test']);
	t.regex(all.stdout, /2 IP addresses \(2 hosts up\)/);
	const none = await withHosts(lab, HOSTS, ['-6', '-n', '-p', '22', 'four.test']);
	t.regex(none.stderr, /Failed to resolve `four\.test` to an IPv6 address/);
	const reverse = await withHosts(lab, HOSTS, ['-6', '-sL', 'fd77:3::2']);
	t.regex(reverse.stdout, /^Nmap scan report for both\.test \(fd77:3::2\)$/m);
});

labTest('every format has IPv6 addresses, and a result of Nmap does not differ from ours', async (t, lab) => {
	const folder = mkdtempSync(path.join(tmpdir(), 'ipv6-'));
	const [base, theirs] = ['ours', 'theirs.xml'].map(name => path.join(folder, name));
	const args = ['-6', '-n', '-Pn', '-p', '22,23,25', 'fd77:3::2', 'fd77:2::2'];
	const names = ['-oA', base, '--oJ', `${base}.json`, '--oL', `${base}.list`, '--oC', `${base}.csv`];
	const {status, stderr} = await runHalfopen(lab.scanner, [...args, ...names]);
	t.is(status, 0, stderr);
	const textOf = (ending: string) => readFileSync(`${base}.${ending}`, 'utf8');
	t.regex(textOf('xml'), /<address addr="fd77:3::2" addrtype="ipv6"\/>/);
	t.regex(textOf('xml'), /<status state="up" reason="nd-response" reason_ttl="0"\/>/);
	t.regex(textOf('gnmap'), /^Host: fd77:3::2 \(\)\tPorts: 22\/open\/tcp/m);
	t.regex(textOf('json'), /"fd77:3::2"/);
	t.regex(textOf('list'), /fd77:3::2/);
	t.regex(textOf('csv'), /^"?fd77:3::2"?,/m);
	await lab.scanner.run('nmap', [...args, '-oX', theirs]);
	for (const ending of ['xml', 'gnmap', 'json']) {
		const diff = await runHalfopen(lab.scanner, ['diff', theirs, `${base}.${ending}`]);
		t.is(diff.status, 0, `${ending}: ${diff.stdout}${diff.stderr}`);
	}

	rmSync(folder, {recursive: true});
});

labTest('the doctor says how an IPv6 target is reached', async (t, lab) => {
	await runHalfopen(lab.scanner, ['-6', '-n', '-p', '22', 'fd77:3::2', 'fd77:2::2']);
	const onLink = await runHalfopen(lab.scanner, ['doctor', 'fd77:3::2']);
	t.regex(onLink.stdout, /to fd77:3::2 on the link, through direct/);
	t.regex(onLink.stdout, /fd77:3::2 has a known link-layer address/);
	const behind = await runHalfopen(lab.scanner, ['doctor', 'fd77:2::2']);
	t.regex(behind.stdout, /to fd77:2::2 by fd77:1::fe, through router/);
});
