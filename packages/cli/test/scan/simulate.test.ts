// Whole runs: the real scanner over a network described in a file.
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {main} from '../../src/main.ts';
import {fakeIo} from '../fake-io.ts';

const NETWORK = {
	seed: 1,
	hosts: [
		{address: '192.0.2.1', ports: {'22': 'open', '23': 'silent'}},
		{address: '192.0.2.2', ports: {'80': 'open'}},
	],
	link: {delay: 5000},
};

const simulate = async (network: unknown, ...words: readonly string[]) => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-cli-'));
	try {
		const file = path.join(folder, 'network.json');
		await writeFile(file, typeof network === 'string' ? network : JSON.stringify(network));
		const io = fakeIo();
		const exitCode = await main(['--simulate', file, ...words], io);
		return {exitCode, out: io.out.join(''), errors: io.errors.join('').replaceAll(file, 'FILE')};
	} finally {
		await rm(folder, {recursive: true});
	}
};

test('every host of the network is scanned when no target is named', async t => {
	const {exitCode, out} = await simulate(NETWORK, '-p', '22,23,80', '--seed', '1');
	t.is(exitCode, 0);
	t.regex(
		out,
		/192\.0\.2\.1\nHost is up.*\n\nPORT +STATE +SERVICE\n22\/tcp open +ssh\n23\/tcp filtered telnet\n80\/tcp closed/,
	);
	t.regex(out, /192\.0\.2\.2\n/);
	t.regex(out, /2 IP addresses \(2 hosts up\)/);
});

test('targets that are named are those that are scanned, of the network or not', async t => {
	const {out} = await simulate(NETWORK, '-Pn', '-p', '80', '192.0.2.2-3');
	t.regex(out, /192\.0\.2\.2\n/);
	t.regex(out, /192\.0\.2\.3\nHost is up.*\n\nPORT +STATE +SERVICE\n80\/tcp filtered http/);
	t.notRegex(out, /192\.0\.2\.1\n/);
});

test('hosts that are not there are found to be down, and are not scanned', async t => {
	const {out} = await simulate(NETWORK, '-p', '80', '192.0.2.2-3', '-v');
	t.regex(out, /192\.0\.2\.2\nHost is up/);
	t.regex(out, /Nmap scan report for 192\.0\.2\.3 \[host down\]\n/);
});

test('-sn finds the hosts of the network, and scans no ports', async t => {
	const {exitCode, out} = await simulate(NETWORK, '-sn', '--reason', '192.0.2.0/29');
	t.is(exitCode, 0);
	t.regex(out, /192\.0\.2\.1\nHost is up, received echo-reply ttl \d+ \(.*s latency\)\.\nNmap scan report/);
	t.regex(out, /8 IP addresses \(2 hosts up\)/);
	t.notRegex(out, /PORT/);
});

test('the output says that the network is simulated', async t => {
	const {out, errors} = await simulate(NETWORK, '-p', '80', '-oN', '-', '--ttl', '9');
	t.is(
		errors,
		'halfopen: warning: The network is simulated: nothing is sent, and times are those of the simulation\n' +
			'halfopen: warning: --ttl has no effect in a simulated network\n',
	);
	t.regex(out, /^# Warning: The network is simulated/m);
});

const refused = test.macro<[string, unknown, string, ...string[]]>({
	title: (_, name) => name ?? '',
	exec: async (t, _name, network, message, ...words) => {
		const {exitCode, out, errors} = await simulate(network, ...words);
		t.is(errors, `halfopen: ${message}\n`);
		t.is(out, '');
		t.is(exitCode, 2);
	},
});

test(
	refused,
	'a file that is no JSON is refused',
	'seed: 1',
	`--simulate: expected JSON in \`FILE\`: Unexpected token 's', "seed: 1" is not valid JSON`,
);
test(
	refused,
	'a mistake in the description is named with its place',
	{...NETWORK, hosts: [{address: '192.0.2.1', otherPorts: 'shut'}]},
	'--simulate: expected hosts[0].otherPorts to be one of open, closed, silent, split-handshake, or an ICMP error with type and code, got `shut`',
);
test(
	refused,
	'a connect scan of a simulated network is refused',
	NETWORK,
	'--simulate and a connect scan: expected one of them, got both; a simulated network takes SYNs',
	'-sT',
);

test('a file that is not there is refused', async t => {
	const io = fakeIo();
	t.is(await main(['--simulate', '/nonexistent'], io), 2);
	t.is(
		io.errors.join(''),
		'halfopen: --simulate: cannot read `/nonexistent`: no such file or directory (ENOENT)\n',
	);
});
