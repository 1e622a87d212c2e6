import {hostEvidence, type HostEvidence} from '@halfopen/classify';
import {CONNECT_FAILURE, micros, type Reason, REPLY_KIND, type Reply, type ReplyKind} from '@halfopen/model';
import test from 'ava';

const TARGET = 0x0a_00_00_05;
const ROUTER = 0x0a_00_00_01;

const replyOf = (kind: ReplyKind, rest: Partial<Reply> = {}): Reply => ({
	kind,
	family: 4,
	target: TARGET,
	port: 80,
	attempt: 30,
	receivedAt: micros(1),
	ttl: 64,
	sender: TARGET,
	icmpType: 0,
	icmpCode: 0,
	window: 0,
	tcpFlags: 0,
	...rest,
});

type Says = `${HostEvidence['says']} ${Reason}` | 'nothing';

const textOf = (evidence: HostEvidence | undefined): string =>
	evidence === undefined ? 'nothing' : `${evidence.says} ${evidence.reason}`;

const means = test.macro({
	title: (_, name: string, _reply: Reply, says: Says) => `${name} says ${says}`,
	exec(t, _name: string, reply: Reply, says: Says) {
		t.is(textOf(hostEvidence(reply, {ignoreResets: false})), says);
	},
});

const KINDS: readonly (readonly [string, Reply, Says])[] = [
	['SYN/ACK', replyOf(REPLY_KIND.synAck), 'up syn-ack'],
	['RST', replyOf(REPLY_KIND.reset), 'up reset'],
	['a lone SYN', replyOf(REPLY_KIND.syn), 'up split-handshake-syn'],
	['an echo reply', replyOf(REPLY_KIND.echoReply), 'up echo-reply'],
	['a timestamp reply', replyOf(REPLY_KIND.timestampReply), 'up timestamp-reply'],
	['an address mask reply', replyOf(REPLY_KIND.addressMaskReply), 'up addressmask-reply'],
	['UDP', replyOf(REPLY_KIND.udp), 'up udp-response'],
	['a packet of the protocol', replyOf(REPLY_KIND.protocol), 'up proto-response'],
	['an ARP reply', replyOf(REPLY_KIND.neighbour), 'up arp-response'],
	[
		'a neighbour advertisement',
		replyOf(REPLY_KIND.neighbour, {family: 6, target: 1n, sender: 1n}),
		'up nd-response',
	],
	['a listener report', replyOf(REPLY_KIND.listenerReport), 'nothing'],
	['an accepted connect()', replyOf(REPLY_KIND.connectAccepted), 'up syn-ack'],
];
for (const [name, reply, says] of KINDS) {
	test(means, name, reply, says);
}

const CONNECT_ROWS: Record<keyof typeof CONNECT_FAILURE, Says> = {
	refused: 'up conn-refused',
	hostUnreachable: 'unreachable host-unreach',
	netUnreachable: 'unreachable net-unreach',
	prohibited: 'nothing',
	timedOut: 'nothing',
};
for (const [name, says] of Object.entries(CONNECT_ROWS)) {
	const icmpCode = CONNECT_FAILURE[name as keyof typeof CONNECT_FAILURE];
	test(means, `a connect() that ended in ${name}`, replyOf(REPLY_KIND.connectFailed, {icmpCode}), says);
}

/** Type and code, and what it says when the target sent it and when a router did. */
type ErrorRow = readonly [type: number, code: number, fromTarget: Says, fromRouter: Says];

const ICMP_ROWS: readonly ErrorRow[] = [
	[3, 0, 'nothing', 'unreachable net-unreach'],
	[3, 1, 'nothing', 'unreachable host-unreach'],
	[3, 2, 'up proto-unreach', 'nothing'],
	[3, 3, 'up port-unreach', 'nothing'],
	[3, 4, 'nothing', 'nothing'],
	[3, 5, 'nothing', 'unreachable net-unreach'],
	[3, 6, 'nothing', 'unreachable net-unreach'],
	[3, 7, 'nothing', 'unreachable host-unreach'],
	[3, 8, 'nothing', 'nothing'],
	[3, 9, 'nothing', 'nothing'],
	[3, 10, 'nothing', 'nothing'],
	[3, 11, 'nothing', 'unreachable net-unreach'],
	[3, 12, 'nothing', 'unreachable host-unreach'],
	[3, 13, 'nothing', 'nothing'],
	[3, 14, 'nothing', 'nothing'],
	[3, 15, 'nothing', 'nothing'],
	[4, 0, 'nothing', 'nothing'],
	[5, 1, 'nothing', 'nothing'],
	[11, 0, 'down time-exceeded', 'down time-exceeded'],
	[11, 1, 'down time-exceeded', 'down time-exceeded'],
	[12, 0, 'nothing', 'nothing'],
];

const ICMPV6_ROWS: readonly ErrorRow[] = [
	[1, 0, 'nothing', 'unreachable no-route'],
	[1, 1, 'nothing', 'nothing'],
	[1, 2, 'nothing', 'unreachable beyond-scope'],
	[1, 3, 'nothing', 'unreachable host-unreach'],
	[1, 4, 'up port-unreach', 'nothing'],
	[1, 5, 'nothing', 'nothing'],
	[1, 6, 'nothing', 'unreachable reject-route'],
	[2, 0, 'nothing', 'nothing'],
	[3, 0, 'down time-exceeded', 'down time-exceeded'],
	[3, 1, 'down time-exceeded', 'down time-exceeded'],
	[4, 0, 'nothing', 'nothing'],
	[4, 1, 'nothing', 'nothing'],
];

for (const [kind, name, rows] of [
	[REPLY_KIND.icmpError, 'ICMP', ICMP_ROWS],
	[REPLY_KIND.icmpv6Error, 'ICMPv6', ICMPV6_ROWS],
] as const) {
	for (const [icmpType, icmpCode, fromTarget, fromRouter] of rows) {
		const error = replyOf(kind, {icmpType, icmpCode});
		test(means, `${name} ${icmpType}/${icmpCode} from the target`, error, fromTarget);
		test(means, `${name} ${icmpType}/${icmpCode} from a router`, {...error, sender: ROUTER}, fromRouter);
	}
}

const RESETS: readonly (readonly [string, Reply])[] = [
	['a RST', replyOf(REPLY_KIND.reset)],
	['a refused connect()', replyOf(REPLY_KIND.connectFailed, {icmpCode: CONNECT_FAILURE.refused})],
];
for (const [name, reply] of RESETS) {
	test(`${name} says nothing when RSTs are ignored`, t => {
		t.is(hostEvidence(reply, {ignoreResets: true}), undefined);
	});
}

test('nothing but RSTs is ignored when RSTs are', t => {
	for (const [, reply] of KINDS.filter(([, {kind}]) => kind !== REPLY_KIND.reset)) {
		t.deepEqual(hostEvidence(reply, {ignoreResets: true}), hostEvidence(reply, {ignoreResets: false}));
	}
});
