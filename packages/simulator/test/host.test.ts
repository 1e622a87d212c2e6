import test from 'ava';
import {REPLY_KIND, micros, type Reply} from '@halfopen/model';
import type {PortBehaviour, SimulatedHost} from '@halfopen/simulator';
import {HOST, exchange, keyOf, portsFrom} from './exchange.ts';

const HOST_V6 = '2001:db8::7';
const ROUTER = '203.0.113.1';

const networkOf = (host: Partial<SimulatedHost>) => ({seed: 1, hosts: [{address: HOST, ...host}]});

const answers = test.macro({
	title: (_, name: string) => name,
	exec(
		t,
		_name: string,
		behaviour: PortBehaviour,
		expected: Partial<Reply> | undefined,
		address: string = HOST,
	) {
		const {replies} = exchange(networkOf({address, otherPorts: behaviour, ttl: 57}), [80], {address});
		if (expected === undefined) {
			t.deepEqual(replies, []);
		} else {
			const target = keyOf(address);
			t.is(replies.length, 1);
			t.like(replies[0], {target, sender: target, port: 80, attempt: 0, ttl: 57, ...expected});
		}
	},
});

test(answers, 'an open port answers SYN/ACK', 'open', {kind: REPLY_KIND.synAck, tcpFlags: 0x12, family: 4});
test(answers, 'a closed port answers RST', 'closed', {kind: REPLY_KIND.reset, tcpFlags: 0x14, window: 0});
test(answers, 'a silent port does not answer', 'silent', undefined);
test(answers, 'a split handshake answers SYN', 'split-handshake', {kind: REPLY_KIND.syn, tcpFlags: 0x02});
test(
	answers,
	'a rejection is an ICMP error of the host',
	{type: 3, code: 13},
	{kind: REPLY_KIND.icmpError, icmpType: 3, icmpCode: 13},
);
test(
	answers,
	'a rejection may come from a router',
	{type: 3, code: 1, from: ROUTER},
	{kind: REPLY_KIND.icmpError, icmpType: 3, icmpCode: 1, sender: keyOf(ROUTER)},
);
test(answers, 'an IPv6 host answers', 'open', {kind: REPLY_KIND.synAck, family: 6}, HOST_V6);
test(
	answers,
	'a rejection by an IPv6 host is an ICMPv6 error',
	{type: 1, code: 1},
	{kind: REPLY_KIND.icmpv6Error, icmpType: 1, icmpCode: 1, family: 6},
	HOST_V6,
);

const kinds = (host: Partial<SimulatedHost>) =>
	new Set(exchange(networkOf(host), portsFrom(1, 100)).replies.map(reply => reply.kind));

test('ports without a rule are closed, and a tarpit is open everywhere', t => {
	t.deepEqual(kinds({}), new Set([REPLY_KIND.reset]));
	t.deepEqual(kinds({otherPorts: 'open'}), new Set([REPLY_KIND.synAck]));
});

const limits = test.macro({
	title: (_, limit: string) => `${limit} limits the answers to its rate and burst`,
	exec(t, limit: 'rstLimit' | 'icmpLimit' | 'synLimit', otherPorts: PortBehaviour) {
		const host = networkOf({otherPorts, [limit]: {perSecond: 100, burst: 5}});
		const {replies, transport} = exchange(host, portsFrom(1, 1000), {until: micros(2_000_000)});
		t.is(replies.length, 5); // A thousand probes within a millisecond
		t.is(transport.losses.limited, 995);
	},
});

test(limits, 'rstLimit', 'closed');
test(limits, 'icmpLimit', {type: 3, code: 13});
test(limits, 'synLimit', 'open');

test('a limit on RSTs leaves open ports alone', t => {
	const {replies} = exchange(networkOf({otherPorts: 'open', rstLimit: {perSecond: 1}}), portsFrom(1, 100));
	t.is(replies.length, 100);
});
