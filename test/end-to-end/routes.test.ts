import {firewall, listen} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {halfopenScan, runHalfopen} from './halfopen.ts';

const labTest = useLab(async lab => {
	const {scanner, direct, router, far, tunnelled} = lab;
	for (const namespace of [scanner, direct, router, far, tunnelled]) {
		await listen(namespace, [22]);
		firewall(namespace, [{ports: '25', verdict: 'drop'}]);
	}
});

/** Where targets are, and what the TTL of their packets is when they arrive. */
const TARGETS: readonly [where: string, address: string, ttl: number][] = [
	['on loopback', '127.0.0.1', 64],
	['elsewhere on loopback', '127.7.8.9', 64],
	['at an address of our own', '10.77.3.1', 64],
	['at another address of our own', '10.77.1.1', 64],
	['on the link', '10.77.3.2', 64],
	['on the link, at a second address', '10.77.3.3', 64],
	['at the router', '10.77.1.254', 64],
	['behind the router', '10.77.2.2', 63],
	['behind a host on the link', '10.99.200.7', 64],
	['at the end of a tunnel without link-layer addresses', '10.77.4.2', 64],
];

const SILENT = {state: 'filtered', reason: 'no-response', ttl: 0};

const expected = (address: string, ttl: number) => ({
	[`${address}:22`]: {state: 'open', reason: 'syn-ack', ttl},
	[`${address}:23`]: {state: 'closed', reason: 'reset', ttl},
	[`${address}:25`]: SILENT,
});

for (const [where, address, ttl] of TARGETS) {
	labTest(`a target ${where} is scanned`, async (t, lab) => {
		const findings = await halfopenScan(lab.scanner, ['--max-retries', '0', '-p', '22,23,25', address]);
		t.deepEqual(Object.fromEntries(findings), expected(address, ttl));
	});
}

labTest('one scan goes out by every interface', async (t, lab) => {
	const addresses = TARGETS.map(([, address]) => address);
	const findings = await halfopenScan(lab.scanner, ['--max-retries', '1', '-p', '22,23,25', ...addresses]);
	t.deepEqual(
		Object.fromEntries(findings),
		Object.assign({}, ...TARGETS.map(([, address, ttl]) => expected(address, ttl))),
	);
});

const TUNNELLED = '10.77.4.2';

/** Frames cannot enter a tunnel that takes none; the kernel does all the rest where frames make no sense. */
const SEND_METHODS: readonly [method: string, addresses: readonly string[]][] = [
	['ip', TARGETS.map(([, address]) => address)],
	['packet', TARGETS.map(([, address]) => address).filter(address => address !== TUNNELLED)],
];

for (const [method, addresses] of SEND_METHODS) {
	labTest(`--send ${method} reaches every target that it can`, async (t, lab) => {
		const findings = await halfopenScan(lab.scanner, ['--send', method, '-p', '22,23', ...addresses]);
		t.deepEqual(
			[...findings].map(([port, {state}]) => `${port} ${state}`).toSorted(),
			addresses.flatMap(address => [`${address}:22 open`, `${address}:23 closed`]).toSorted(),
		);
	});
}

labTest('--send packet says why it cannot reach the end of a tunnel', async (t, lab) => {
	const {stdout} = await runHalfopen(lab.scanner, ['-v', '-n', '--send', 'packet', '-p', '22', TUNNELLED]);
	t.regex(
		stdout,
		/^Nmap scan report for 10\.77\.4\.2 \[host down\] \(.*tunnel takes no Ethernet frames.*\)$/m,
	);
});

labTest('a block of addresses is scanned, each address once', async (t, lab) => {
	const findings = await halfopenScan(lab.scanner, ['-p', '22,23', '10.99.3.0/24', '10.99.3.7']);
	t.is(findings.size, 512);
	t.true([...findings].every(([port, {state}]) => state === (port.endsWith(':22') ? 'open' : 'closed')));
});

labTest('-e sends by the interface it names', async (t, lab) => {
	const {stdout} = await runHalfopen(lab.scanner, ['-n', '-e', 'lo', '-p', '22', '10.77.3.1']);
	t.regex(stdout, /^22\/tcp open/m);
	const other = await runHalfopen(lab.scanner, [
		'-n',
		'-Pn',
		'-e',
		'router',
		'--max-retries',
		'0',
		'-p',
		'22',
		'10.77.3.2',
	]);
	t.notRegex(other.stdout, /^22\/tcp open/m); // That host is on another link.
	t.is(other.status, 0);
});

labTest('-g sends from the port it names', async (t, lab) => {
	const {stdout} = await runHalfopen(lab.scanner, [
		'-n',
		'--packet-trace',
		'-g',
		'53',
		'--max-retries',
		'1',
		'-p',
		'22,23,25',
		'10.77.3.2',
	]);
	t.regex(stdout, /^22\/tcp open/m);
	t.regex(stdout, /^23\/tcp closed/m);
	t.regex(stdout, /^25\/tcp filtered/m);
	const sent = stdout.match(/^SENT .* TCP .*$/gm) ?? [];
	t.true(sent.length >= 4, stdout); // More when the machine is so busy that a try times out
	t.true(sent.every(line => line.includes(' 10.77.3.1:53 > ')));
	t.regex(stdout, /^RCVD .* TCP 10\.77\.3\.2:22 > 10\.77\.3\.1:53 /m);
	t.regex(stdout, /^RCVD .* TCP 10\.77\.3\.2:23 > 10\.77\.3\.1:53 /m);
	t.notRegex(stdout, /^RCVD .* TCP .* > 10\.77\.3\.1:(?!53 )/m);
});

labTest('--ttl sets the TTL of probes', async (t, lab) => {
	const {stdout} = await runHalfopen(lab.scanner, [
		'-n',
		'--packet-trace',
		'--ttl',
		'7',
		'-p',
		'22',
		'10.77.3.2',
	]);
	t.regex(stdout, /^SENT .* ttl=7 /m);
	t.regex(stdout, /^22\/tcp open/m);
});

labTest('a router that drops a probe whose TTL ran out is named', async (t, lab) => {
	const findings = await halfopenScan(lab.scanner, ['-Pn', '--ttl', '1', '-p', '22', '10.77.2.2']);
	t.deepEqual(Object.fromEntries(findings), {
		'10.77.2.2:22': {state: 'filtered', reason: 'time-exceeded', ttl: 64, sender: '10.77.1.254'},
	});
});

labTest('a host that is not there holds up nobody else', async (t, lab) => {
	const {status, stdout} = await runHalfopen(lab.scanner, ['-n', '-p', '22', '10.77.3.77', '10.77.3.2']);
	t.is(status, 0);
	t.regex(stdout, /^22\/tcp open/m);
	t.regex(stdout, /2 IP addresses/);
});

labTest('a target without a route is said to have none, and the rest goes on', async (t, lab) => {
	const {status, stdout} = await runHalfopen(lab.scanner, [
		'-v',
		'-n',
		'-p',
		'22',
		'10.200.0.1',
		'10.77.3.2',
	]);
	t.is(status, 0);
	t.regex(stdout, /^22\/tcp open/m);
	t.regex(stdout, /^Nmap scan report for 10\.200\.0\.1 \[host down\] \(.*no route.*\)$/m);
});
