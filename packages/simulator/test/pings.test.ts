import {
	type ProbeKind,
	PROBE_KIND,
	REPLY_KIND,
	micros,
	parseAddress,
	type Reply,
	SECOND,
} from '@halfopen/model';
import {
	openSimulatedTransport,
	type SimulatedHost,
	type SimulatedNetwork,
	type SimulatedTransport,
} from '@halfopen/simulator';
import test from 'ava';
import {HOST, keyOf, takeReplies} from './exchange.ts';

const HOST_V6 = '2001:db8::7';
const NOBODY = '198.51.100.8';
const ROUTER = '203.0.113.1';

/** Sends one probe by way of the link or the router, and gives what came back within a while. */
const ask = (
	network: SimulatedNetwork,
	address: string,
	kind: ProbeKind,
	port = 0,
	until = 5 * SECOND,
): {replies: Reply[]; transport: SimulatedTransport} => {
	const transport = openSimulatedTransport(network);
	const target = parseAddress(address)!;
	const path = transport.linkTo?.(target) ?? transport.pathTo(target);
	transport.probes.write(target.value, port, 3, path.id, 0, kind);
	transport.flush();
	transport.advanceTo(micros(until));
	return {replies: takeReplies(transport.replies), transport};
};

const answers = test.macro({
	title: (_, name: string) => name,
	exec(
		t,
		_name: string,
		[kind, port]: readonly [ProbeKind, number],
		host: Partial<SimulatedHost>,
		expected: Partial<Reply> | undefined,
	) {
		const {address = HOST} = host;
		const {replies} = ask({seed: 1, hosts: [{...host, address}]}, address, kind, port);
		if (expected === undefined) {
			t.deepEqual(replies, []);
		} else {
			t.is(replies.length, 1);
			t.like(replies[0], {target: keyOf(address), sender: keyOf(address), port, attempt: 3, ...expected});
		}
	},
});

const V6 = {address: HOST_V6};
const ICMP = REPLY_KIND.icmpError;
const RST = {kind: REPLY_KIND.reset, tcpFlags: 0x14};
const FORBIDDEN = {type: 3, code: 13, from: ROUTER};

test(answers, 'echo is answered', [PROBE_KIND.echo, 0], {}, {kind: REPLY_KIND.echoReply, ttl: 64});
test(answers, 'ICMPv6 echo is answered', [PROBE_KIND.echo, 0], V6, {kind: REPLY_KIND.echoReply, family: 6});
test(answers, 'a timestamp is answered', [PROBE_KIND.timestamp, 0], {}, {kind: REPLY_KIND.timestampReply});
test(answers, 'an address mask is not told by default', [PROBE_KIND.addressMask, 0], {}, undefined);
test(
	answers,
	'an address mask is told on request',
	[PROBE_KIND.addressMask, 0],
	{pings: {addressMask: 'answer'}},
	{kind: REPLY_KIND.addressMaskReply},
);
test(answers, 'an ACK is answered by a RST', [PROBE_KIND.ack, 80], {}, RST);
test(answers, 'an ACK to an open port as well', [PROBE_KIND.ack, 80], {otherPorts: 'open'}, RST);
test(
	answers,
	'an ACK to a silent port is not answered',
	[PROBE_KIND.ack, 80],
	{otherPorts: 'silent'},
	undefined,
);
test(
	answers,
	'a firewall without state lets an ACK through',
	[PROBE_KIND.ack, 80],
	{otherPorts: 'silent', pings: {ack: 'answer'}},
	RST,
);
test(
	answers,
	'UDP to a closed port says so',
	[PROBE_KIND.udp, 40_125],
	{},
	{kind: ICMP, icmpType: 3, icmpCode: 3},
);
test(
	answers,
	'UDP to an open port is answered',
	[PROBE_KIND.udp, 53],
	{pings: {udp: 'answer'}},
	{kind: REPLY_KIND.udp},
);
test(answers, 'UDP over IPv6 to a closed port says so', [PROBE_KIND.udp, 40_125], V6, {
	kind: REPLY_KIND.icmpv6Error,
	icmpType: 1,
	icmpCode: 4,
});
test(answers, 'a packet of ICMP is answered', [PROBE_KIND.protocol, 1], {}, {kind: REPLY_KIND.protocol});
test(
	answers,
	'a protocol that nobody speaks is unreachable',
	[PROBE_KIND.protocol, 4],
	{},
	{kind: ICMP, icmpType: 3, icmpCode: 2},
);
test(answers, 'a host may drop what asks for it', [PROBE_KIND.echo, 0], {pings: {echo: 'silent'}}, undefined);
test(
	answers,
	'a firewall may speak for it',
	[PROBE_KIND.echo, 0],
	{pings: {echo: FORBIDDEN}},
	{kind: ICMP, icmpCode: 13, sender: keyOf(ROUTER)},
);

test('neighbours answer with their link-layer address, by a path that all of them share', t => {
	const network: SimulatedNetwork = {
		seed: 1,
		hosts: [{address: HOST, path: {mac: '02:00:5e:10:00:01'}}, {address: '198.51.100.9'}],
		neighbours: ['198.51.100.0/24'],
	};
	const {replies, transport} = ask(network, HOST, PROBE_KIND.neighbour);
	t.like(replies[0], {kind: REPLY_KIND.neighbour, mac: '02:00:5e:10:00:01', attempt: 255});
	t.is(ask(network, '198.51.100.9', PROBE_KIND.neighbour).replies[0].mac, '02:00:c6:33:64:09');
	t.deepEqual(ask(network, NOBODY, PROBE_KIND.neighbour).replies, []);
	t.is(transport.linkTo?.(parseAddress(HOST)!), transport.linkTo?.(parseAddress(NOBODY)!));
	t.is(transport.linkTo?.(parseAddress('203.0.113.9')!), undefined);
});

test('a path to a neighbour is ready at once when its link-layer address is given, and leads nowhere when nobody is there', t => {
	const transport = openSimulatedTransport({
		seed: 1,
		hosts: [{address: HOST, path: {resolvingFor: micros(SECOND)}}],
		neighbours: ['198.51.100.0/24'],
	});
	const given = transport.pathTo(parseAddress(HOST)!, '02:00:5e:10:00:01');
	t.like(given, {status: 'ready', mac: '02:00:5e:10:00:01'});
	const nobody = transport.pathTo(parseAddress(NOBODY)!);
	t.is(nobody.status, 'resolving');
	transport.advanceTo(micros(4 * SECOND));
	t.like(nobody, {status: 'unreachable', problem: 'No answer to ARP'});
});

test('a router says that nobody is there, after a while and within its limit', t => {
	const network: SimulatedNetwork = {
		seed: 1,
		hosts: [{address: HOST}],
		link: {delay: micros(1000)},
		router: {
			address: ROUTER,
			givesUpAfter: micros(3 * SECOND),
			limit: {perSecond: 1},
			ttl: 254,
		},
	};
	const {replies} = ask(network, NOBODY, PROBE_KIND.echo);
	t.like(replies[0], {
		kind: ICMP,
		target: keyOf(NOBODY),
		sender: keyOf(ROUTER),
		icmpType: 3,
		icmpCode: 1,
		attempt: 3,
		ttl: 254,
		receivedAt: micros(3 * SECOND + 2000),
	});
	const transport = openSimulatedTransport(network);
	const path = transport.pathTo(parseAddress(NOBODY)!);
	for (const tag of [0, 1, 2]) {
		transport.probes.write(keyOf(NOBODY), 0, tag, path.id, tag, PROBE_KIND.echo);
	}

	transport.flush();
	transport.advanceTo(micros(5 * SECOND));
	t.is(takeReplies(transport.replies).length, 1);
	t.is(transport.losses.limited, 2);
});

test('a firewall that resets does so in the name of anybody, and leaves hosts to answer for themselves', t => {
	const network: SimulatedNetwork = {
		seed: 1,
		hosts: [{address: HOST, otherPorts: 'open'}],
		router: {resets: true},
	};
	t.like(ask(network, NOBODY, PROBE_KIND.ack, 80).replies[0], {...RST, sender: keyOf(NOBODY)});
	t.like(ask(network, NOBODY, PROBE_KIND.syn, 443).replies[0], RST);
	t.deepEqual(ask(network, NOBODY, PROBE_KIND.echo).replies, []);
	t.is(ask(network, HOST, PROBE_KIND.syn, 443).replies[0].kind, REPLY_KIND.synAck);
});
