import test from 'ava';
import {CONNECT_FAILURE, REPLY_KIND, micros, type Reply, type ReplyKind, type Verdict} from '@halfopen/model';
import {classifyReply} from '@halfopen/classify';

const replyOf = (kind: ReplyKind, icmpType = 0, icmpCode = 0): Reply => ({
	kind,
	family: 4,
	target: 0x7f_00_00_01,
	port: 80,
	attempt: 0,
	receivedAt: micros(1),
	ttl: 64,
	sender: 0x7f_00_00_01,
	icmpType,
	icmpCode,
	window: 0,
	tcpFlags: 0,
});

const means = test.macro({
	title: (_, name: string, _reply: Reply, verdict: Verdict | undefined) =>
		verdict ? `${name} means ${verdict.state} (${verdict.reason})` : `${name} says nothing`,
	exec(t, _name: string, reply: Reply, verdict: Verdict | undefined) {
		t.deepEqual(classifyReply(reply), verdict);
	},
});

test(means, 'SYN/ACK', replyOf(REPLY_KIND.synAck), {state: 'open', reason: 'syn-ack'});
test(means, 'RST', replyOf(REPLY_KIND.reset), {state: 'closed', reason: 'reset'});
test(means, 'a lone SYN', replyOf(REPLY_KIND.syn), {state: 'open', reason: 'split-handshake-syn'});
test(means, 'an accepted connect()', replyOf(REPLY_KIND.connectAccepted), {state: 'open', reason: 'syn-ack'});

const CONNECT_ROWS: Record<keyof typeof CONNECT_FAILURE, Verdict | undefined> = {
	refused: {state: 'closed', reason: 'conn-refused'},
	hostUnreachable: {state: 'filtered', reason: 'host-unreach'},
	netUnreachable: {state: 'filtered', reason: 'net-unreach'},
	prohibited: {state: 'filtered', reason: 'admin-prohibited'},
	timedOut: undefined,
};
for (const [name, verdict] of Object.entries(CONNECT_ROWS)) {
	const code = CONNECT_FAILURE[name as keyof typeof CONNECT_FAILURE];
	test(means, `a connect() that ended in ${name}`, replyOf(REPLY_KIND.connectFailed, 0, code), verdict);
}

const ICMP_ROWS: readonly [type: number, code: number, reason: Verdict['reason']][] = [
	[3, 0, 'net-unreach'],
	[3, 1, 'host-unreach'],
	[3, 2, 'proto-unreach'],
	[3, 3, 'port-unreach'],
	[3, 9, 'net-prohibited'],
	[3, 10, 'host-prohibited'],
	[3, 13, 'admin-prohibited'],
	[11, 0, 'time-exceeded'],
	[11, 1, 'time-exceeded'],
	[11, 255, 'time-exceeded'],
];
for (const [type, code, reason] of ICMP_ROWS) {
	test(means, `ICMP ${type}/${code}`, replyOf(REPLY_KIND.icmpError, type, code), {state: 'filtered', reason});
}

const ICMPV6_ROWS: readonly [type: number, code: number, verdict: Verdict][] = [
	[1, 0, {state: 'filtered', reason: 'no-route'}],
	[1, 1, {state: 'filtered', reason: 'admin-prohibited'}],
	[1, 2, {state: 'filtered', reason: 'beyond-scope'}],
	[1, 3, {state: 'filtered', reason: 'host-unreach'}],
	[1, 4, {state: 'filtered', reason: 'port-unreach'}],
	[1, 5, {state: 'filtered', reason: 'admin-prohibited'}],
	[1, 6, {state: 'filtered', reason: 'reject-route'}],
	[4, 0, {state: 'open', reason: 'param-problem'}],
	[4, 1, {state: 'filtered', reason: 'param-problem'}],
];
for (const [type, code, verdict] of ICMPV6_ROWS) {
	test(means, `ICMPv6 ${type}/${code}`, replyOf(REPLY_KIND.icmpv6Error, type, code), verdict);
}

const saysNothingElse = test.macro({
	title: (_, name: string) => `${name} says nothing outside its table`,
	exec(t, _name: string, kind: ReplyKind, rows: readonly (readonly [number, number, unknown])[]) {
		const listed = new Set(rows.map(([type, code]) => `${type}/${code}`));
		const anyCode = kind === REPLY_KIND.icmpError ? 11 : undefined;
		for (let type = 0; type < 256; type++) {
			for (let code = 0; code < 256; code++) {
				if (type !== anyCode && !listed.has(`${type}/${code}`)) {
					t.is(classifyReply(replyOf(kind, type, code)), undefined, `${type}/${code}`);
				}
			}
		}
	},
});

test(saysNothingElse, 'ICMP', REPLY_KIND.icmpError, ICMP_ROWS);
test(saysNothingElse, 'ICMPv6', REPLY_KIND.icmpv6Error, ICMPV6_ROWS);
