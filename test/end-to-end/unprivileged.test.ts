import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {
	firewall,
	formatHost,
	listen,
	parseHostsXml,
	type Findings,
	type Lab,
	type RunResult,
} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {CLI, NODE, ROOT, halfopenScan, parseReport} from './halfopen.ts';

const NOBODY = '65534';
const PORTS = '22,23,25,101-103';
const SILENT = '10.99.70.2';

const labTest = useLab(async lab => {
	await listen(lab.direct, [22]);
	firewall(lab.direct, [
		{ports: '25', verdict: 'drop'},
		{ports: '101', verdict: {reject: 'host-unreach'}},
		{ports: '102', verdict: {reject: 'admin-prohibited'}},
		{ports: '103', verdict: {reject: 'tcp-reset'}},
		{address: SILENT, packets: '', verdict: 'drop'},
	]);
	lab.scanner.ip('route add 10.96.0.0/16 via 10.77.1.254');
	lab.router.ip('route add unreachable 10.96.8.0/24\nroute add prohibit 10.96.9.0/24');
});

/**
 * Runs the command line as a user without any privilege. The checkout may lie where that user may not look,
 * as below /root: it is mounted elsewhere first, which `ip netns exec` keeps to this command.
 */
const runUnprivileged = async (lab: Lab, args: readonly string[]): Promise<RunResult> => {
	return lab.scanner.run('sh', [
		'-c',
		'mount --bind "$0" /mnt && cd / && exec setpriv "$@"',
		ROOT,
		`--reuid=${NOBODY}`,
		`--regid=${NOBODY}`,
		'--clear-groups',
		'--inh-caps=-all',
		'--bounding-set=-all',
		'--no-new-privs',
		visible(NODE),
		visible(CLI),
		...args,
	]);
};

const visible = (file: string): string =>
	file.startsWith(`${ROOT}/`) ? path.join('/mnt', path.relative(ROOT, file)) : file;

const oneLine = (t: ExecutionContext, text: string): string => {
	t.regex(text, /^[^\n]+\n$/, 'one line');
	return text.trim();
};

labTest('without privileges the default is a connect scan, said in one line', async (t, lab) => {
	const {status, stdout, stderr} = await runUnprivileged(lab, ['-n', '--reason', '-p', '22,23', '10.77.3.2']);
	t.is(status, 0, stderr);
	t.deepEqual(Object.fromEntries(parseReport(stdout)), {
		'10.77.3.2:22': {state: 'open', reason: 'syn-ack', ttl: 0},
		'10.77.3.2:23': {state: 'closed', reason: 'conn-refused', ttl: 0},
	});
	t.regex(oneLine(t, stderr), /connect/);
	t.regex(stderr, /CAP_NET_RAW/);
});

labTest('a connect scan that was asked for needs no remark', async (t, lab) => {
	const {status, stdout, stderr} = await runUnprivileged(lab, ['-n', '-sT', '-p', '22', '10.77.3.2']);
	t.is(status, 0);
	t.is(stderr, '');
	t.regex(stdout, /^22\/tcp open/m);
});

for (const spelling of ['-sS', '-ss']) {
	labTest(
		`without privileges ${spelling} is an error that names the capability and how to grant it`,
		async (t, lab) => {
			const {status, stdout, stderr} = await runUnprivileged(lab, ['-n', spelling, '-p', '22', '10.77.3.2']);
			t.is(status, 1);
			t.notRegex(stdout, /scan report/);
			t.regex(oneLine(t, stderr), /CAP_NET_RAW/);
			t.regex(stderr, /setcap|sudo|root/);
		},
	);
}

labTest('a connect scan finds the states of the SYN scan', async (t, lab) => {
	const {stdout} = await runUnprivileged(lab, ['-n', '--reason', '-sT', '-p', PORTS, '10.77.3.2']);
	t.deepEqual(
		statesOf(parseReport(stdout)),
		statesOf(await halfopenScan(lab.scanner, ['-sS', '-p', PORTS, '10.77.3.2'])),
	);
});

const statesOf = (findings: Findings): string[] => [...findings].map(([port, {state}]) => `${port} ${state}`);

interface Ping {
	readonly what: string;
	readonly args: readonly string[];
	readonly address: string;
	readonly says: string;
	/** Where Nmap says another thing. */
	readonly nmap?: string;
}

/** Connections instead of pings. */
const PINGS: readonly Ping[] = [
	{what: 'two ports that are closed', args: [], address: '10.77.3.2', says: 'up conn-refused'},
	{what: 'a port that is open', args: ['-PS22'], address: '10.77.3.2', says: 'up syn-ack'},
	{what: 'a host behind a router', args: ['-PA22'], address: '10.99.70.1', says: 'up syn-ack'},
	{
		what: 'a refusal that does not count',
		args: ['--discovery-ignore-rst'],
		address: '10.77.3.2',
		says: 'down no-response',
		nmap: 'up syn-ack', // It ignores RSTs of packets only, and gives a wrong reason
	},
	{what: 'silence', args: [], address: SILENT, says: 'down no-response'},
	{
		what: 'a router that says it is unreachable',
		args: [],
		address: '10.96.8.1',
		says: 'down host-unreach',
	},
	// To a program, the kernel says the same of both
	{what: 'a router that prohibits it', args: [], address: '10.96.9.1', says: 'down host-unreach'},
];

for (const {what, args, address, says, nmap = says} of PINGS) {
	labTest(`without privileges hosts are found by connections: ${what}`, async (t, lab) => {
		const words = ['-sn', '-n', '-v', '-oX', '-', ...args, address];
		const found = async (): Promise<string> => {
			const {status, stdout, stderr} = await runUnprivileged(lab, words);
			t.is(status, 0, stderr);
			return formatHost(parseHostsXml(stdout).get(address));
		};
		// The kernel forgets an error that comes while connect() is still at work, as it may on cables without any delay.
		const isLost = (answer: string): boolean => answer !== says && answer === 'down no-response';
		let answer = await found();
		for (let left = 2; left > 0 && isLost(answer); left--) {
			answer = await found();
		}

		t.is(answer, says);
		const theirs = await lab.scanner.run('nmap', ['--unprivileged', ...words]);
		t.is(formatHost(parseHostsXml(theirs.stdout).get(address)), nmap);
	});
}

for (const [option, answer] of [
	['-PE', /no ICMP probes: hosts are found by connections/],
	['-PU', /CAP_NET_RAW/],
	['-PO', /CAP_NET_RAW/],
] as const) {
	labTest(`without privileges ${option} says what it cannot do`, async (t, lab) => {
		const {status, stdout, stderr} = await runUnprivileged(lab, ['-sn', '-n', option, '10.77.3.2']);
		t.is(status, option === '-PE' ? 0 : 1, stderr);
		t.regex(stderr, answer);
		t.is(/Host is up/.test(stdout), option === '-PE');
	});
}
