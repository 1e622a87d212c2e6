import {type DiscoveryProbe, micros, PROBE_KIND, REPLY_KIND, type Reply} from '@halfopen/model';
import test from 'ava';
import {answeredProbe} from '../../src/discovery/answered-probe.ts';

const PROBES: readonly DiscoveryProbe[] = [
	{kind: PROBE_KIND.echo, port: 0},
	{kind: PROBE_KIND.syn, port: 443},
	{kind: PROBE_KIND.ack, port: 443},
	{kind: PROBE_KIND.ack, port: 80},
	{kind: PROBE_KIND.timestamp, port: 0},
	{kind: PROBE_KIND.addressMask, port: 0},
	{kind: PROBE_KIND.udp, port: 40_125},
	{kind: PROBE_KIND.protocol, port: 2},
];

const answers = test.macro({
	title: (_, name: string, _reply: Partial<Reply>, place: number) =>
		`${name} ${place === -1 ? 'answers no probe' : `answers probe ${place}`}`,
	exec(t, _name: string, reply: Partial<Reply>, place: number) {
		t.is(
			answeredProbe(PROBES, {
				kind: REPLY_KIND.synAck,
				family: 4,
				target: 1,
				port: 0,
				attempt: 27,
				receivedAt: micros(0),
				ttl: 64,
				sender: 1,
				icmpType: 0,
				icmpCode: 0,
				window: 0,
				tcpFlags: 0,
				...reply,
			}),
			place,
		);
	},
});

const RST = 0x04;
const RST_ACK = 0x14;

test(answers, 'an echo reply', {kind: REPLY_KIND.echoReply}, 0);
test(answers, 'a SYN/ACK', {kind: REPLY_KIND.synAck, port: 443}, 1);
test(answers, 'a SYN/ACK from a port that got an ACK', {kind: REPLY_KIND.synAck, port: 80}, -1);
test(answers, 'a RST that acknowledges', {kind: REPLY_KIND.reset, port: 443, tcpFlags: RST_ACK}, 1);
test(answers, 'a RST that does not', {kind: REPLY_KIND.reset, port: 443, tcpFlags: RST}, 2);
test(answers, 'a RST from a port that got an ACK only', {kind: REPLY_KIND.reset, port: 80, tcpFlags: RST}, 3);
test(answers, 'a timestamp reply', {kind: REPLY_KIND.timestampReply}, 4);
test(answers, 'an address mask reply', {kind: REPLY_KIND.addressMaskReply}, 5);
test(answers, 'UDP', {kind: REPLY_KIND.udp, port: 40_125}, 6);
test(answers, 'UDP from another port', {kind: REPLY_KIND.udp, port: 53}, -1);
test(answers, 'a packet of the protocol', {kind: REPLY_KIND.protocol, port: 2}, 7);
test(answers, 'an ICMP error about a port', {kind: REPLY_KIND.icmpError, port: 40_125}, 6);
test(answers, 'an ICMP error about ICMP', {kind: REPLY_KIND.icmpError}, 0);
test(answers, 'an ARP reply', {kind: REPLY_KIND.neighbour}, -1);
