import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import test from 'ava';
import {createLab, firewall, forge, labProblem, listen, nmapScan} from './index.ts';
import {useLab} from './use-lab.ts';

const labTest = useLab(async lab => {
	await listen(lab.direct, [22]);
	await listen(lab.far, [22]);
	await listen(lab.tunnelled, [22]);
	firewall(lab.direct, [
		{ports: '25', verdict: 'drop'},
		{ports: '110-111', verdict: {reject: 'admin-prohibited'}},
	]);
	firewall(lab.router, [{address: '10.77.2.2', ports: '135', verdict: {reject: 'host-prohibited'}}]);
	await forge(lab.direct, 'scanner', {
		9000: [{kind: 'icmp', type: 3, code: 9, ttl: 77}],
		9001: [{kind: 'tcp', flags: 'R'}],
		9002: [{kind: 'tcp', flags: 'SA', skip: 1}],
	});
});

labTest('the target on the link has open, closed, silent, rejecting and forging ports', async (t, lab) => {
	const findings = await nmapScan(lab.scanner, ['-Pn', '-p', '22,23,25,110,9000-9002', '10.77.3.2']);
	t.deepEqual(Object.fromEntries(findings), {
		'10.77.3.2:22': {state: 'open', reason: 'syn-ack', ttl: 64},
		'10.77.3.2:23': {state: 'closed', reason: 'reset', ttl: 64},
		'10.77.3.2:25': {state: 'filtered', reason: 'no-response', ttl: 0},
		'10.77.3.2:110': {state: 'filtered', reason: 'admin-prohibited', ttl: 64},
		'10.77.3.2:9000': {state: 'filtered', reason: 'net-prohibited', ttl: 77},
		'10.77.3.2:9001': {state: 'closed', reason: 'reset', ttl: 64},
		'10.77.3.2:9002': {state: 'open', reason: 'syn-ack', ttl: 64},
	});
});

labTest('the target behind the router is reached, and the router rejects in its own name', async (t, lab) => {
	const findings = await nmapScan(lab.scanner, ['-Pn', '-p', '22,23,135', '10.77.2.2']);
	t.deepEqual(Object.fromEntries(findings), {
		'10.77.2.2:22': {state: 'open', reason: 'syn-ack', ttl: 63},
		'10.77.2.2:23': {state: 'closed', reason: 'reset', ttl: 63},
		'10.77.2.2:135': {state: 'filtered', reason: 'host-prohibited', ttl: 64, sender: '10.77.1.254'},
	});
});

labTest('the target at the end of the tunnel is reached', async (t, lab) => {
	const findings = await nmapScan(lab.scanner, ['-Pn', '-p', '22-23', '10.77.4.2']);
	t.deepEqual(
		[...findings.values()].map(({state}) => state),
		['open', 'closed'],
	);
});

const ANY_ADDRESSES = ['10.99.0.0', '10.99.7.7', '10.99.255.255'];

labTest('one kernel answers for 65,536 addresses', async (t, lab) => {
	const findings = await nmapScan(lab.scanner, ['-Pn', '-p', '22', ...ANY_ADDRESSES]);
	t.deepEqual(
		[...findings].map(([port, {state}]) => `${port} ${state}`),
		ANY_ADDRESSES.map(address => `${address}:22 open`),
	);
});

labTest('one kernel answers for a /64 of IPv6 as well', async (t, lab) => {
	const findings = await nmapScan(lab.scanner, [
		'-6',
		'-Pn',
		'-p',
		'22',
		'fd99::',
		'fd99::ffff:ffff:ffff:ffff',
	]);
	t.deepEqual(
		[...findings.values()].map(({state}) => state),
		['open', 'open'],
	);
});

labTest('summed-up ports are findings too', async (t, lab) => {
	const findings = await nmapScan(lab.scanner, ['-Pn', '-p', '1-100', '10.77.3.3']);
	t.is(findings.size, 100);
	t.deepEqual(findings.get('10.77.3.3:1'), {state: 'closed', reason: 'reset', ttl: 0});
});

labTest('a command that does not end in time is an error that says so', async (t, lab) => {
	await t.throwsAsync(lab.scanner.run('sleep', ['60'], {timeout: 50}), {
		message: /`sleep 60` did not end within 50 ms/,
	});
	await t.throwsAsync(lab.scanner.run('sh', ['-c', 'sleep 61 & wait'], {timeout: 50}), {
		message: /did not end within 50 ms/,
	});
});

labTest('a program that cannot start is an error with its message', async (t, lab) => {
	await t.throwsAsync(forge(lab.direct, 'nowhere', {9: [{kind: 'tcp'}]}), {
		message: /no such device: nowhere/,
	});
	await t.throwsAsync(listen(lab.direct, [22]), {message: /Address already in use/});
});

test.serial('nothing of a lab is left after it is closed', async t => {
	if (labProblem() !== undefined) {
		t.pass();
		return;
	}

	const lab = await createLab();
	await listen(lab.far, [80]);
	const names = [lab.scanner, lab.direct, lab.router, lab.far, lab.tunnelled].map(({name}) => name);
	t.true(names.every(name => namespacesNow().includes(name)));
	await lab.close();
	t.false(names.some(name => namespacesNow().includes(name)));
});

for (const ending of ['SIGINT', 'SIGTERM', 'uncaught error'] as const) {
	test.serial(`nothing of a lab is left when its process ends by ${ending}`, async t => {
		if (labProblem() !== undefined) {
			t.pass();
			return;
		}

		const child = spawn(process.execPath, ['--input-type=module', '-e', LAB_PROCESS, LAB_MODULE, ending], {
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		const prefix = `ho${child.pid}-`;
		child.stdout.once('data', () => {
			t.true(namespacesNow().some(name => name.startsWith(prefix)));
			child.kill(ending === 'uncaught error' ? 'SIGUSR2' : ending);
		});
		await once(child, 'exit');
		t.false(namespacesNow().some(name => name.startsWith(prefix)));
	});
}

const LAB_MODULE = new URL('lab.ts', import.meta.url).href;

const LAB_PROCESS = `
	const {createLab} = await import(process.argv[1]);
	process.on('SIGUSR2', () => {
		throw new Error('uncaught');
	});
	await createLab();
	console.log('stands');
`;

const namespacesNow = (): string[] =>
	execFileSync('ip', ['netns', 'list'], {encoding: 'utf8'})
		.split('\n')
		.map(line => line.split(' ')[0]);
