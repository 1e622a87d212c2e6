// Each example is run as a reader would run it, against listeners on 127.0.0.1. That works with and without
// raw packets, but for the example that insists on them.
import {execFile} from 'node:child_process';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {createServer, type AddressInfo, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';

const EXAMPLES = path.join(import.meta.dirname, '../../examples');

/** Milliseconds after which an example that hangs is killed, so that it does not outlive the test. */
const LONGEST_RUN = 300_000;

interface Outcome {
	readonly status: number;
	readonly stdout: string;
	readonly stderr: string;
}

const runExample = async (name: string, ...args: readonly string[]): Promise<Outcome> =>
	new Promise(resolve => {
		const words = ['--conditions=@halfopen/source', path.join(EXAMPLES, name), ...args];
		execFile(process.execPath, words, {timeout: LONGEST_RUN}, (error, stdout, stderr) => {
			resolve({status: error === null ? 0 : Number(error.code ?? 1), stdout, stderr});
		});
	});

const openPort = async (): Promise<{server: Server; port: number}> => {
	const server = createServer(socket => socket.destroy());
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	return {server, port: (server.address() as AddressInfo).port};
};

const close = async (server: Server): Promise<void> =>
	new Promise(resolve => {
		server.close(() => resolve());
	});

test('every example is run by a test of this file', async t => {
	const files = await readdir(EXAMPLES);
	t.deepEqual(files.filter(name => name.endsWith('.ts')).sort(), [
		'compare-two-scans.ts',
		'find-hosts.ts',
		'handle-errors.ts',
		'scan-ports.ts',
		'sweep-network.ts',
		'watch-progress.ts',
	]);
});

test('scan-ports tells an open and a closed port', async t => {
	const open = await openPort();
	const closed = await openPort();
	await close(closed.server);
	const {status, stdout, stderr} = await runExample(
		'scan-ports.ts',
		'127.0.0.1',
		`${open.port},${closed.port}`,
	);
	await close(open.server);
	t.is(status, 0, stderr);
	t.regex(stdout, new RegExp(`^${open.port}/tcp open \\(syn-ack\\)$`, 'm'));
	t.regex(stdout, new RegExp(`^${closed.port}/tcp closed \\((?:reset|conn-refused)\\)$`, 'm'));
});

test('find-hosts tells that this machine is up', async t => {
	const {status, stdout, stderr} = await runExample('find-hosts.ts', '127.0.0.1');
	t.is(status, 0, stderr);
	t.regex(stdout, /^127\.0\.0\.1 is up \([a-z-]+\)$/m);
});

test('watch-progress finds an open port and ends with a summary', async t => {
	const {server, port} = await openPort();
	const {status, stdout, stderr} = await runExample('watch-progress.ts', '127.0.0.1', `${port - 50}-${port}`);
	await close(server);
	t.is(status, 0, stderr);
	t.regex(stdout, new RegExp(`^127\\.0\\.0\\.1:${port} is open$`, 'm'));
	t.regex(stdout, /^1 of 1 hosts reported, \d+ probes sent$/m);
});

test('watch-progress ends with what it knows when its time is up', async t => {
	const {status, stdout, stderr} = await runExample('watch-progress.ts', '127.0.0.1', '-', '0');
	t.is(status, 0, stderr);
	t.regex(stdout, /^[01] of 1 hosts reported, \d+ probes sent$/m);
});

test('sweep-network finds an open port on every address that has it', async t => {
	const server = createServer(socket => socket.destroy());
	await new Promise<void>(resolve => {
		server.listen(0, '0.0.0.0', resolve);
	});
	const {port} = server.address() as AddressInfo;
	const {status, stdout, stderr} = await runExample(
		'sweep-network.ts',
		'127.0.0.0/28',
		`${port - 1}-${port}`,
	);
	await close(server);
	t.is(status, 0, stderr);
	t.deepEqual(stdout.split('\n').filter(line => line.endsWith(`:${port}`)).length, 16);
	t.regex(stdout, /^\d+ of 32 ports are open, 0 are silent$/m);
});

test('compare-two-scans tells that a port was closed in between', async t => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-example-'));
	const {server, port} = await openPort();
	const args = ['compare-two-scans.ts', path.join(folder, 'states.json'), '127.0.0.1', String(port)] as const;
	const first = await runExample(...args);
	await close(server);
	const second = await runExample(...args);
	await rm(folder, {recursive: true});
	t.deepEqual([first.status, first.stdout], [0, ''], first.stderr);
	t.deepEqual(
		[second.status, second.stdout],
		[0, `127.0.0.1:${port} was open and is closed\n`],
		second.stderr,
	);
});

test('handle-errors names the code of what is wrong', async t => {
	const {status, stderr} = await runExample('handle-errors.ts', '127.0.0.1', '70000');
	t.is(status, 1);
	t.is(stderr, 'ERR_HALFOPEN_PORT: ports: expected a port between 0 and 65535, got `70000`\n');
});

test('handle-errors reports a host, or that raw packets are not allowed', async t => {
	const {server, port} = await openPort();
	const {status, stdout, stderr} = await runExample('handle-errors.ts', '127.0.0.1', String(port));
	await close(server);
	t.like(
		{status, said: stdout + stderr.slice(0, 'ERR_HALFOPEN_PERMISSION'.length)},
		status === 0
			? {said: '127.0.0.1: 1 of 1 ports are open\n'}
			: {status: 1, said: 'ERR_HALFOPEN_PERMISSION'},
	);
});

test('handle-errors goes on behind a target that is none', async t => {
	const {stderr} = await runExample('handle-errors.ts', 'no-such-name.invalid', '22');
	t.regex(stderr, /^Failed to resolve `no-such-name\.invalid`$|^ERR_HALFOPEN_PERMISSION: /m);
});
