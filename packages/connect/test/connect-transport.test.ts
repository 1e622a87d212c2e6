import {execFile} from 'node:child_process';
import {once} from 'node:events';
import {createServer, type AddressInfo, type Server} from 'node:net';
import {constants} from 'node:os';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test from 'ava';
import {
	CONNECT_FAILURE,
	PROBE_KIND,
	REPLY_KIND,
	ScanError,
	addressOf,
	ipv4,
	ipv6,
	micros,
	type Address,
	type ReplyKind,
	type Transport,
} from '@halfopen/model';
import {openConnectTransport} from '@halfopen/connect';

const LOOPBACK = ipv4(0x7f_00_00_01);
const LOOPBACK_V6 = ipv6(1n);
const SOON = 30_000_000; // µs; what is waited for comes at once

const listen = async (host: string): Promise<Server> => {
	const server = createServer(socket => socket.on('error', () => {})); // Each is reset
	server.listen(0, host);
	await once(server, 'listening');
	return server;
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A port that was free a moment ago. */
const closedPort = async (host: string): Promise<number> => {
	const server = await listen(host);
	const port = portOf(server);
	server.close();
	await once(server, 'close');
	return port;
};

type Seen = {port: number; attempt: number; kind: ReplyKind; code: number; receivedAfter: number};

/** Sends the probes, each `[port, attempt]`, and gives as many replies as there are probes. */
const exchange = async (
	transport: Transport,
	target: Address,
	probes: readonly (readonly [port: number, attempt: number])[],
): Promise<Seen[]> => {
	const path = transport.pathTo(target);
	const deadline = micros(transport.clock.now() + SOON);
	const sentAt: number[] = [];
	const seen: Seen[] = [];
	let written = 0;
	while (seen.length < probes.length && transport.clock.now() < deadline) {
		for (; written < probes.length && transport.probes.free > 0; written++) {
			transport.probes.write(target.value, probes[written][0], probes[written][1], path.id, written);
		}

		transport.flush();
		await transport.wait(deadline);
		transport.probes.takeSent((tag, at) => {
			sentAt[tag] = at;
		});
		while (transport.replies.next()) {
			const {port, attempt, kind, icmpCode, receivedAt} = transport.replies;
			const tag = probes.findIndex(([one, other]) => one === port && other === attempt);
			seen.push({port, attempt, kind, code: icmpCode, receivedAfter: receivedAt - sentAt[tag]});
		}
	}

	return seen;
};

for (const [host, target] of [
	['127.0.0.1', LOOPBACK],
	['::1', LOOPBACK_V6],
] as const) {
	test(`an open port of ${host} is accepted and a closed one refused`, async t => {
		const server = await listen(host);
		const open = portOf(server);
		const closed = await closedPort(host);
		const transport = openConnectTransport({tries: 4});
		const seen = await exchange(transport, target, [
			[open, 0],
			[closed, 2],
		]);
		await transport.close();
		server.close();
		const byPort = new Map(seen.map(reply => [reply.port, reply]));
		t.like(byPort.get(open), {attempt: 0, kind: REPLY_KIND.connectAccepted, code: 0});
		t.like(byPort.get(closed), {
			attempt: 2,
			kind: REPLY_KIND.connectFailed,
			code: CONNECT_FAILURE.refused,
		});
		t.true(seen.every(({receivedAfter}) => receivedAfter >= 0));
		t.like(transport.counters(), {sent: 2, received: 2, sendErrors: 0, repliesLost: 0});
	});
}

test('an accepted connection is reset at once', async t => {
	const server = await listen('127.0.0.1');
	const ended = new Promise<NodeJS.ErrnoException>(resolve => {
		server.once('connection', socket => socket.once('error', resolve));
	});
	const transport = openConnectTransport({tries: 1});
	await exchange(transport, LOOPBACK, [[portOf(server), 0]]);
	t.is((await ended).code, 'ECONNRESET');
	await transport.close();
	server.close();
});

test('more probes than may run at one time are all answered', async t => {
	const closed = await closedPort('127.0.0.1');
	const transport = openConnectTransport({tries: 1, concurrency: 3, probeCapacity: 16});
	const target = ipv4(0x7f_00_00_02);
	const probes = Array.from({length: 100}, (_, index) => [closed + index - 100, 0] as const);
	const seen = await exchange(transport, target, probes);
	t.deepEqual(new Set(seen.map(({port}) => port)), new Set(probes.map(([port]) => port)));
	await transport.close();
});

test.serial('connections that ended while the process stood still are not given up', async t => {
	const closed = await closedPort('127.0.0.1');
	const transport = openConnectTransport({tries: 1, concurrency: 3});
	const target = ipv4(0x7f_00_00_02);
	const path = transport.pathTo(target);
	for (let index = 0; index < 9; index++) {
		transport.probes.write(target.value, closed - index, 0, path.id, index);
	}

	transport.flush();
	const now = performance.now.bind(performance);
	performance.now = () => now() + 60_000;
	transport.flush();
	const answered = new Set<number>();
	const deadline = micros(transport.clock.now() + SOON);
	while (answered.size < 9 && transport.clock.now() < deadline) {
		await transport.wait(deadline);
		transport.probes.takeSent(() => {});
		while (transport.replies.next()) {
			answered.add(transport.replies.port);
		}
	}

	performance.now = now;
	t.is(answered.size, 9);
	await transport.close();
});

test('a loopback address is local, its source is left to the kernel', async t => {
	const transport = openConnectTransport({tries: 1});
	t.like(transport.pathTo(addressOf(0x7f_01_02_03)), {
		status: 'ready',
		local: true,
		device: '',
		source: ipv4(0),
	});
	t.like(transport.pathTo(LOOPBACK_V6), {status: 'ready', local: true, source: ipv6(0n)});
	t.false(transport.pathTo(ipv4(0xc0_00_02_01)).local);
	await transport.close();
});

test('with a device connections leave from its address', async t => {
	const server = await listen('127.0.0.1');
	const transport = openConnectTransport({tries: 1, device: 'lo'});
	t.like(transport.pathTo(LOOPBACK), {device: 'lo', source: LOOPBACK, status: 'ready'});
	const linkLocal = ipv6((0xfe80n << 112n) + 1n);
	t.like(transport.pathTo(linkLocal), {status: 'unreachable', problem: 'lo has no link-local IPv6 address'});
	const [reply] = await exchange(transport, LOOPBACK, [[portOf(server), 0]]);
	t.is(reply.kind, REPLY_KIND.connectAccepted);
	await transport.close();
	server.close();
});

test('an IPv4 address in the form of IPv6 is not connected to', async t => {
	const transport = openConnectTransport({tries: 1});
	t.like(transport.pathTo(ipv6(0xff_ff_7f_00_00_01n)), {
		status: 'unreachable',
		problem: 'An IPv4 address in the form of IPv6 is scanned as IPv4',
	});
	await transport.close();
});

test('an interface that does not exist is refused', t => {
	t.throws(() => openConnectTransport({tries: 1, device: 'none0'}), {
		instanceOf: ScanError,
		code: 'ERR_HALFOPEN_INTERFACE',
		message: 'device: expected an interface with an address, got `none0`',
	});
});

test('a link-local address without a zone is unreachable, and a probe to it is refused', async t => {
	const transport = openConnectTransport({tries: 1});
	const target = ipv6((0xfe80n << 112n) + 1n);
	const path = transport.pathTo(target);
	t.like(path, {status: 'unreachable', problem: 'A link-local address needs a zone, as in `fe80::1%eth0`'});
	transport.probes.write(target.value, 80, 0, path.id, 7);
	transport.flush();
	const taken: [tag: number, error: number][] = [];
	transport.probes.takeSent((tag, _at, error) => taken.push([tag, error]));
	t.deepEqual(taken, [[7, constants.errno.EHOSTUNREACH]]);
	t.like(transport.counters(), {sent: 0, sendErrors: 1});
	t.is(transport.pathTo(ipv6((0xfe80n << 112n) + 1n, 'lo')).status, 'ready');
	await transport.close();
});

test('a probe waits while the process is out of descriptors, and is not lost', async t => {
	const program = fileURLToPath(new URL('out-of-descriptors.ts', import.meta.url));
	const {stdout} = await promisify(execFile)('sh', [
		'-c',
		'ulimit -n 90 && exec "$0" --conditions=@halfopen/source "$1"',
		process.execPath,
		program,
	]);
	t.deepEqual(JSON.parse(stdout), {
		whileShort: {replies: 0, waited: true},
		afterwards: {kind: REPLY_KIND.connectFailed, code: CONNECT_FAILURE.refused},
	});
});

test('a probe of another kind than SYN is refused, and the next one is sent', async t => {
	const transport = openConnectTransport({tries: 1});
	const port = await closedPort('127.0.0.1');
	const path = transport.pathTo(LOOPBACK);
	transport.probes.write(LOOPBACK.value, 0, 0, path.id, 0, PROBE_KIND.echo);
	transport.probes.write(LOOPBACK.value, port, 0, path.id, 1);
	const errors: number[] = [];
	while (errors.length < 2) {
		transport.flush();
		await transport.wait(micros(transport.clock.now() + SOON));
		transport.probes.takeSent((tag, _at, error) => {
			errors[tag] = error;
		});
	}

	t.deepEqual(errors, [constants.errno.EINVAL, 0]);
	t.like(transport.counters(), {sent: 1, sendErrors: 1});
	t.false('linkTo' in transport);
	await transport.close();
});
