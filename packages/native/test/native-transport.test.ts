import {once} from 'node:events';
import {readdirSync} from 'node:fs';
import {createServer, type AddressInfo} from 'node:net';
import {Worker} from 'node:worker_threads';
import test from 'ava';
import {
	NO_COUNTS,
	REPLY_KIND,
	SECOND,
	ScanError,
	ipv4,
	micros,
	parseAddress,
	type ReplyKind,
	type Transport,
} from '@halfopen/model';
import {openNativeTransport, type NativeTransportOptions} from '@halfopen/native';
import {rawTest} from './raw-test.ts';

const LOOPBACK = ipv4(0x7f_00_00_01);
const SOON = 30 * SECOND; // What is waited for comes at once

type Received = {port: number; kind: ReplyKind; attempt: number; rtt: number};

/** Asks ports of 127.0.0.1 in turn, one try each, until each has answered. */
const ask = async (transport: Transport, ports: readonly number[]): Promise<Received[]> => {
	const path = transport.pathTo(LOOPBACK);
	for (const [index, port] of ports.entries()) {
		transport.probes.write(LOOPBACK.value, port, index, path.id, index);
	}

	transport.flush();
	const sentAt: number[] = [];
	const received: Omit<Received, 'rtt'>[] = [];
	const receivedAt: number[] = [];
	const deadline = micros(transport.clock.now() + SOON);
	while (
		(received.length < ports.length || sentAt.length < ports.length) &&
		transport.clock.now() < deadline
	) {
		await transport.wait(deadline);
		transport.probes.takeSent((tag, at) => {
			sentAt[tag] = at;
		});
		while (transport.replies.next()) {
			const {port, kind, attempt} = transport.replies;
			received.push({port, kind, attempt});
			receivedAt.push(transport.replies.receivedAt);
		}
	}

	transport.releasePath(path);
	return received.map((reply, index) => ({...reply, rtt: receivedAt[index] - sentAt[reply.attempt]}));
};

const listeningPort = async (): Promise<{port: number; close: () => void}> => {
	const server = createServer(socket => socket.on('error', () => {})); // Reset by the kernel
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	return {port, close: () => void server.close()};
};

/** A port that was free a moment ago. */
const closedPort = async (): Promise<number> => {
	const {port, close} = await listeningPort();
	close();
	return port;
};

type Body = Parameters<typeof rawTest>[1];

const finds =
	(options: Partial<NativeTransportOptions>): Body =>
	async t => {
		const {port: open, close} = await listeningPort();
		const closed = await closedPort();
		const transport = openNativeTransport({tries: 2, ...options});
		const replies = await ask(transport, [open, closed]);
		t.deepEqual(
			new Map(replies.map(({port, kind, attempt}) => [port, {kind, attempt}])),
			new Map([
				[open, {kind: REPLY_KIND.synAck, attempt: 0}],
				[closed, {kind: REPLY_KIND.reset, attempt: 1}],
			]),
		);
		t.true(replies.every(({rtt}) => rtt > 0 && rtt < SOON));
		await transport.close();
		close();
	};

for (const send of ['auto', 'ip', 'packet'] as const) {
	rawTest(`a listening port answers SYN/ACK and a closed one RST, sending by ${send}`, finds({send}));
}

rawTest('the device may be forced', finds({device: 'lo'}));
rawTest('the hop limit may be set', finds({ttl: 3}));

rawTest('tries from one source port are told apart by their sequence numbers', async t => {
	const closed = await closedPort();
	const transport = openNativeTransport({tries: 2, sourcePort: 61_001});
	const replies = await ask(transport, [closed, closed]);
	t.deepEqual(new Set(replies.map(({attempt}) => attempt)), new Set([0, 1]));
	await transport.close();
});

rawTest('counters tell what was sent and received, also after the end', async t => {
	const transport = openNativeTransport({tries: 1});
	t.deepEqual(transport.counters(), NO_COUNTS);
	await ask(transport, [await closedPort()]);
	const expected = {sent: 1, sentBytes: 44, sendErrors: 0, received: 1, receivedBytes: 40, repliesLost: 0};
	t.like(transport.counters(), expected);
	await transport.close();
	t.like(transport.counters(), expected);
});

rawTest('packets are traced in both directions, the probe before its answer', async t => {
	const transport = openNativeTransport({tries: 1, trace: true});
	const closed = await closedPort();
	await ask(transport, [closed]);
	const packets = transport.takePackets();
	t.deepEqual(
		packets.map(({direction, length}) => ({direction, length})),
		[
			{direction: 'sent', length: 44},
			{direction: 'received', length: 40},
		],
	);
	const [probe] = packets;
	t.is((probe.bytes[22] << 8) | probe.bytes[23], closed);
	t.deepEqual(transport.takePackets(), []);
	await transport.close();
});

rawTest('a transport that was stopped tells what it sent and received, and sends no more', async t => {
	const transport = openNativeTransport({tries: 1, trace: true});
	const closed = await closedPort();
	await ask(transport, [closed]);
	transport.stop?.();
	transport.stop?.();
	transport.probes.write(LOOPBACK.value, closed, 0, transport.pathTo(LOOPBACK).id, 0);
	transport.flush();
	await transport.wait(micros(transport.clock.now() + 10_000));
	t.like(transport.counters(), {sent: 1, received: 1});
	t.deepEqual(
		transport.takePackets().map(({direction}) => direction),
		['sent', 'received'],
	);
	await transport.close();
});

rawTest('tracing is switched on and off while probes are sent, by several threads too', async t => {
	const transport = openNativeTransport({tries: 1, senderThreads: 2});
	const closed = await closedPort();
	const traced: number[] = [];
	for (const isOn of [false, true, false, true]) {
		transport.setTracing?.(isOn);
		await ask(transport, [closed]);
		traced.push(transport.takePackets().length);
	}

	t.deepEqual(traced, [0, 2, 0, 2]);
	await transport.close();
	t.notThrows(() => transport.setTracing?.(true));
});

rawTest('a path to ourselves is local, ready at once, and shared', async t => {
	const transport = openNativeTransport({tries: 1});
	const path = transport.pathTo(LOOPBACK);
	t.like(path, {device: 'lo', local: true, status: 'ready', mac: undefined});
	t.deepEqual(path.source, LOOPBACK);
	t.is(transport.pathTo(LOOPBACK), path);
	await transport.close();
});

rawTest('a probe without a path is refused, and the rest is sent', async t => {
	const transport = openNativeTransport({tries: 1});
	const path = transport.pathTo(LOOPBACK);
	transport.probes.write(LOOPBACK.value, 1, 0, path.id + 1, 0);
	transport.probes.write(LOOPBACK.value, 1, 0, path.id, 1);
	const errors: number[] = [];
	while (errors.length < 2) {
		await transport.wait(micros(transport.clock.now() + SOON));
		transport.probes.takeSent((tag, _, error) => {
			errors[tag] = error;
		});
	}

	t.deepEqual(errors, [113, 0]); // EHOSTUNREACH
	await transport.close();
});

rawTest('a rate holds probes back, and a higher one lets them go', async t => {
	const transport = openNativeTransport({tries: 1});
	const path = transport.pathTo(LOOPBACK);
	transport.setRate(0.01);
	for (let port = 1; port <= 3; port++) {
		transport.probes.write(LOOPBACK.value, port, 0, path.id, port);
	}

	await transport.wait(micros(transport.clock.now() + SOON));
	t.true(transport.counters().sent <= 1);
	transport.setRate(Infinity);
	let sent = 0;
	while (sent < 3) {
		await transport.wait(micros(transport.clock.now() + SOON));
		sent += transport.probes.takeSent(() => {});
	}

	t.is(transport.counters().sent, 3);
	await transport.close();
});

rawTest('many probes are all sent, and all answered', async t => {
	const transport = openNativeTransport({tries: 1, probeCapacity: 256, sourcePortBase: 61_100});
	const path = transport.pathTo(LOOPBACK);
	const answered = new Set<number>();
	const total = 20_000;
	let written = 0;
	let sent = 0;
	while (sent < total || answered.size < total) {
		for (; written < total && transport.probes.free > 0; written++) {
			transport.probes.write(LOOPBACK.value, 1 + written, 0, path.id, written);
		}

		await transport.wait(micros(transport.clock.now() + SOON));
		sent += transport.probes.takeSent(() => {});
		while (transport.replies.next()) {
			answered.add(transport.replies.port);
		}
	}

	t.like(transport.counters(), {sent: total, received: total, repliesLost: 0, kernelDrops: 0});
	await transport.close();
});

rawTest('several threads send each probe once, and every answer comes', async t => {
	const transport = openNativeTransport({
		tries: 1,
		senderThreads: 3,
		probeCapacity: 64,
		sourcePortBase: 61_101,
	});
	const path = transport.pathTo(LOOPBACK);
	const answered = new Set<number>();
	const sent = new Set<number>();
	const total = 10_000;
	let written = 0;
	while (sent.size < total || answered.size < total) {
		for (; written < total && transport.probes.free > 0; written++) {
			transport.probes.write(LOOPBACK.value, 1 + written, 0, path.id, written);
		}

		await transport.wait(micros(transport.clock.now() + SOON));
		transport.probes.takeSent(tag => sent.add(tag));
		while (transport.replies.next()) {
			answered.add(transport.replies.port);
		}
	}

	t.like(transport.counters(), {sent: total, received: total, sendErrors: 0, repliesLost: 0});
	await transport.close();
});

test('packets to nowhere count as sent, and need no privilege', async t => {
	for (const senderThreads of [1, 2]) {
		const transport = openNativeTransport({tries: 1, send: 'null', senderThreads});
		const range = transport.pathCovering?.(0x01_02_03_04);
		t.like(range, {first: 0, last: 0xff_ff_ff_ff, path: {status: 'ready', device: 'null'}});
		const path = transport.pathTo(ipv4(0x01_02_03_04));
		t.true(path === range?.path);
		const total = transport.probes.free;
		for (let tag = 0; tag < total; tag++) {
			transport.probes.write(tag, 80, 0, path.id, tag);
		}

		const sent = new Set<number>();
		while (sent.size < total) {
			await transport.wait(micros(transport.clock.now() + SOON));
			transport.probes.takeSent(tag => sent.add(tag));
		}

		t.like(transport.counters(), {...NO_COUNTS, sent: total, sentBytes: total * 44});
		await transport.close();
	}
});

test('packets to nowhere may be answered, over either version of IP', async t => {
	const transport = openNativeTransport({tries: 3, send: 'null', nullAnswers: true});
	const targets = [ipv4(0x01_02_03_04), parseAddress('2001:db8::7')!];
	for (const [tag, target] of targets.entries()) {
		transport.probes.write(target.value, 443, 2, transport.pathTo(target).id, tag);
	}

	const answers: unknown[] = [];
	while (answers.length < targets.length) {
		await transport.wait(micros(transport.clock.now() + SOON));
		transport.probes.takeSent(() => {});
		while (transport.replies.next()) {
			const {target, port, attempt, kind} = transport.replies;
			answers.push({target, port, attempt, kind});
		}
	}

	t.deepEqual(
		answers,
		targets.map(({value}) => ({target: value, port: 443, attempt: 2, kind: REPLY_KIND.synAck})),
	);
	await transport.close();
});

const REFUSED: readonly [what: string, options: NativeTransportOptions][] = [
	['no thread', {tries: 1, senderThreads: 0}],
	['17 threads', {tries: 1, senderThreads: 17}],
	['answers to real packets', {tries: 1, nullAnswers: true}],
	['answers to several threads', {tries: 1, send: 'null', nullAnswers: true, senderThreads: 2}],
];

for (const [what, options] of REFUSED) {
	test(`${what}: refused before anything is opened`, t => {
		const error = t.throws(() => openNativeTransport(options), {instanceOf: ScanError});
		t.is(error?.code, 'ERR_HALFOPEN_OPTION');
	});
}

test('a device that does not exist is refused before anything is opened', t => {
	const error = t.throws(() => openNativeTransport({tries: 1, device: 'nowhere0'}), {instanceOf: ScanError});
	t.is(error?.code, 'ERR_HALFOPEN_INTERFACE');
});

for (const tries of [0, 256, 1.5]) {
	test(`${tries} tries are refused`, t => {
		const error = t.throws(() => openNativeTransport({tries}), {instanceOf: ScanError});
		t.is(error?.code, 'ERR_HALFOPEN_OPTION');
	});
}

rawTest('a path may be given back after the end', async t => {
	const transport = openNativeTransport({tries: 1});
	const path = transport.pathTo(LOOPBACK);
	await transport.close();
	t.notThrows(() => transport.releasePath(path));
});

rawTest('closing ends a wait, and closing twice is harmless', async t => {
	const transport = openNativeTransport({tries: 1});
	const wait = transport.wait(micros(Infinity));
	await transport.close();
	await transport.close();
	await t.notThrowsAsync(wait);
	await t.notThrowsAsync(transport.wait(micros(Infinity)));
	t.notThrows(() => {
		transport.flush();
		transport.setRate(1);
	});
});

const holdings = () => ({
	descriptors: readdirSync('/proc/self/fd').length,
	threads: readdirSync('/proc/self/task').length,
});

const round = async (): Promise<void> => {
	const transport = openNativeTransport({tries: 1});
	transport.pathTo(LOOPBACK);
	await transport.close();
};

rawTest('a hundred transports, one after another, leave no descriptor and no thread', async t => {
	await round();
	const before = holdings();
	for (let count = 0; count < 100; count++) {
		await round();
	}

	t.deepEqual(holdings(), before);
});

const terminate = async (): Promise<void> => {
	const worker = new Worker(new URL('programs/busy-transport.ts', import.meta.url));
	await once(worker, 'message');
	await worker.terminate();
};

rawTest('a worker that ends in the middle of its work takes its threads with it', async t => {
	await terminate();
	const before = holdings();
	for (let count = 0; count < 20; count++) {
		await terminate();
	}

	t.deepEqual(holdings(), before);
});
