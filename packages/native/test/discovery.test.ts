import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {createServer, type AddressInfo} from 'node:net';
import {
	PROBE_KIND,
	REPLY_KIND,
	SECOND,
	copyReply,
	micros,
	parseAddress,
	type ProbeKind,
	type Reply,
	type Transport,
} from '@halfopen/model';
import {openNativeTransport} from '@halfopen/native';
import {rawTest} from './raw-test.ts';

const SOON = 30 * SECOND; // What is waited for comes at once
const ATTEMPT = 2;

const address = (text: string) => parseAddress(text)!;

/** Sends one probe on the path of its target, and waits for its answer. */
const ask = async (transport: Transport, target: string, kind: ProbeKind, port = 0): Promise<Reply> => {
	const path = transport.pathTo(address(target));
	transport.probes.write(address(target).value, port, ATTEMPT, path.id, 0, kind);
	const deadline = micros(transport.clock.now() + SOON);
	let sent = 0;
	let reply: Reply | undefined;
	while (transport.clock.now() < deadline) {
		await transport.wait(deadline);
		sent += transport.probes.takeSent(() => {});
		if (transport.replies.next()) {
			reply = copyReply(transport.replies);
		}

		if (sent > 0 && reply !== undefined) {
			return reply;
		}
	}

	throw new Error('no answer');
};

type Expectation = Pick<Reply, 'kind'> & Partial<Reply>;

const UNREACHABLE_PORT: Readonly<Record<4 | 6, Expectation>> = {
	4: {kind: REPLY_KIND.icmpError, icmpType: 3, icmpCode: 3},
	6: {kind: REPLY_KIND.icmpv6Error, icmpType: 1, icmpCode: 4},
};

const closedPort = async (): Promise<number> => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const {port} = server.address() as AddressInfo;
	server.close();
	return port;
};

const CASES: readonly [
	what: string,
	kind: ProbeKind,
	port: number,
	expected: (family: 4 | 6) => Expectation,
][] = [
	['an echo request', PROBE_KIND.echo, 0, () => ({kind: REPLY_KIND.echoReply, port: 0, ttl: 64})],
	['UDP to a closed port', PROBE_KIND.udp, 40_126, family => ({...UNREACHABLE_PORT[family], port: 40_126})],
	[
		'a protocol that is not spoken',
		PROBE_KIND.protocol,
		253,
		family =>
			family === 4
				? {kind: REPLY_KIND.icmpError, icmpType: 3, icmpCode: 2, port: 253}
				: {kind: REPLY_KIND.icmpv6Error, icmpType: 4, icmpCode: 1, port: 253},
	],
	['the protocol TCP', PROBE_KIND.protocol, 6, () => ({kind: REPLY_KIND.protocol, port: 6})],
	['the protocol UDP', PROBE_KIND.protocol, 17, family => ({...UNREACHABLE_PORT[family], port: 17})],
];

for (const target of ['127.0.0.1', '::1']) {
	const family = address(target).family;
	for (const [what, kind, port, expected] of CASES) {
		rawTest(`${what} is answered by ${target}`, async t => {
			const transport = openNativeTransport({tries: 4, discovery: [kind]});
			const reply = await ask(transport, target, kind, port);
			t.like(reply, {
				target: address(target).value,
				sender: address(target).value,
				attempt: ATTEMPT,
				...expected(family),
			});
			t.like(transport.counters(), {received: 1, malformed: 0, wrongCookie: 0, wrongQuote: 0, shortQuote: 0});
			await transport.close();
		});
	}

	rawTest(`an ACK is answered by a RST of ${target}`, async t => {
		const port = await closedPort();
		const transport = openNativeTransport({tries: 4, discovery: true});
		t.like(await ask(transport, target, PROBE_KIND.ack, port), {
			kind: REPLY_KIND.reset,
			port,
			attempt: ATTEMPT,
		});
		await transport.close();
	});

	rawTest(`with one source port an ACK is answered by a RST of ${target} that tells the try`, async t => {
		const port = await closedPort();
		const transport = openNativeTransport({tries: 4, discovery: true, sourcePort: 61_301});
		t.like(await ask(transport, target, PROBE_KIND.ack, port), {
			kind: REPLY_KIND.reset,
			port,
			attempt: ATTEMPT,
		});
		await transport.close();
	});

	rawTest(`the ICMP protocol is answered by ${target}`, async t => {
		const number = family === 4 ? 1 : 58;
		const transport = openNativeTransport({tries: 4, discovery: [PROBE_KIND.protocol]});
		const reply = await ask(transport, target, PROBE_KIND.protocol, number);
		t.like(reply, {kind: REPLY_KIND.protocol, port: number, attempt: ATTEMPT});
		await transport.close();
	});

	rawTest(`UDP to an open port of ${target} is answered by UDP`, async t => {
		const server = createSocket(family === 4 ? 'udp4' : 'udp6');
		server.on('message', (_, {port, address: from}) => server.send('hello', port, from));
		server.bind(0, target);
		await once(server, 'listening');
		const {port} = server.address();
		const transport = openNativeTransport({tries: 4, discovery: true});
		t.like(await ask(transport, target, PROBE_KIND.udp, port), {
			kind: REPLY_KIND.udp,
			port,
			attempt: ATTEMPT,
		});
		await transport.close();
		server.close();
	});
}

rawTest('a timestamp request is answered', async t => {
	const transport = openNativeTransport({tries: 4, discovery: true});
	const reply = await ask(transport, '127.0.0.1', PROBE_KIND.timestamp);
	t.like(reply, {kind: REPLY_KIND.timestampReply, port: 0, attempt: ATTEMPT});
	await transport.close();
});

rawTest('data goes behind an echo request, and its answer is valid', async t => {
	const transport = openNativeTransport({
		tries: 4,
		discovery: true,
		payload: Uint8Array.from({length: 25}, (_, index) => index),
		trace: true,
	});
	for (const target of ['127.0.0.1', '::1']) {
		t.is((await ask(transport, target, PROBE_KIND.echo)).kind, REPLY_KIND.echoReply);
	}

	t.deepEqual(
		transport.takePackets().map(({length}) => length),
		[53, 53, 73, 73],
	);
	await transport.close();
});

const refusals: readonly [
	what: string,
	target: string,
	kind: ProbeKind,
	errno: number,
	discovery?: readonly ProbeKind[],
][] = [
	['a timestamp request to an IPv6 address', '::1', PROBE_KIND.timestamp, 97],
	['a question to a link on another path', '127.0.0.1', PROBE_KIND.neighbour, 22],
	['a kind that was not announced', '127.0.0.1', PROBE_KIND.echo, 22, [PROBE_KIND.ack]],
];

for (const [what, target, kind, errno, discovery] of refusals) {
	rawTest(`${what} is refused`, async t => {
		const transport = openNativeTransport({tries: 1, discovery: discovery ?? true});
		transport.probes.write(address(target).value, 0, 0, transport.pathTo(address(target)).id, 0, kind);
		const errors: number[] = [];
		while (errors.length === 0) {
			await transport.wait(micros(transport.clock.now() + SOON));
			transport.probes.takeSent((_tag, _at, error) => errors.push(error));
		}

		t.deepEqual(errors, [errno]);
		await transport.close();
	});
}
