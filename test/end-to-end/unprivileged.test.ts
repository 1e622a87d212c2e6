import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {firewall, listen, type Findings, type Lab, type RunResult} from '../lab/index.ts';
import {useLab} from '../lab/use-lab.ts';
import {CLI, NODE, ROOT, halfopenScan, parseReport} from './halfopen.ts';

const NOBODY = '65534';
const PORTS = '22,23,25,101-103';

const labTest = useLab(async lab => {
	await listen(lab.direct, [22]);
	firewall(lab.direct, [
		{ports: '25', verdict: 'drop'},
		{ports: '101', verdict: {reject: 'host-unreach'}},
		{ports: '102', verdict: {reject: 'admin-prohibited'}},
		{ports: '103', verdict: {reject: 'tcp-reset'}},
	]);
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
