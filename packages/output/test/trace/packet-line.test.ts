import test from 'ava';
import fc from 'fast-check';
import {micros} from '@halfopen/model';
import {formatPacket, type TraceDetail} from '../../src/trace/packet-line.ts';
import {bytesOf, ipv4, ipv6, tcp} from '../packets.ts';

const ZERO = micros(5_000_000);

const line = (bytes: Uint8Array, detail: TraceDetail, direction: 'sent' | 'received' = 'sent'): string =>
	formatPacket({direction, at: micros(5_240_800), bytes, length: bytes.length}, {startedAt: ZERO, detail});

const shows = test.macro({
	title: (name = '') => name,
	exec(t, bytes: Uint8Array, expected: readonly [string, string, string]) {
		for (const [detail, text] of expected.entries()) {
			t.is(line(bytes, detail as TraceDetail), `SENT (0.2408s) ${text}`);
		}
	},
});

const SYN = tcp({
	sourcePort: 50_995,
	targetPort: 22,
	sequence: 2_825_900_042,
	flags: 0x02,
	window: 1024,
	options: '020405b4',
});
const SYN_ACK = tcp({
	sourcePort: 22,
	targetPort: 50_995,
	sequence: 4_142_467_929,
	acknowledgement: 2_825_900_043,
	flags: 0x12,
	window: 64_240,
	options: '020405b4',
});
const RESET = tcp({sourcePort: 23, targetPort: 50_995, acknowledgement: 7, flags: 0x14});

test(
	'a SYN is shown with its ports, flags and options',
	shows,
	ipv4({source: '10.77.3.1', target: '10.77.3.2', ttl: 40, id: 64_780, protocol: 6, payload: SYN}),
	[
		'TCP 10.77.3.1:50995 > 10.77.3.2:22 S ttl=40 id=64780 iplen=44  seq=2825900042 win=1024 <mss 1460>',
		'TCP [10.77.3.1:50995 > 10.77.3.2:22 S seq=2825900042 win=1024 csum=0xBEEF <mss 1460>] IP [ttl=40 id=64780 proto=6 csum=0xcafe iplen=44 ]',
		'TCP [10.77.3.1:50995 > 10.77.3.2:22 S seq=2825900042 ack=0 off=6 res=0 win=1024 csum=0xBEEF urp=0 <mss 1460>] IP [ver=4 ihl=5 tos=0x00 iplen=44 id=64780 foff=0 ttl=40 proto=6 csum=0xcafe]',
	],
);

test(
	'a SYN/ACK with "do not fragment" is shown with its acknowledgement from detail 1 on',
	shows,
	ipv4({source: '10.77.3.2', target: '10.77.3.1', ttl: 64, id: 0, flags: 2, protocol: 6, payload: SYN_ACK}),
	[
		'TCP 10.77.3.2:22 > 10.77.3.1:50995 SA ttl=64 id=0 iplen=44  seq=4142467929 win=64240 <mss 1460>',
		'TCP [10.77.3.2:22 > 10.77.3.1:50995 SA seq=4142467929 ack=2825900043 win=64240 csum=0xBEEF <mss 1460>] IP [ttl=64 id=0 proto=6 csum=0xcafe iplen=44 ]',
		'TCP [10.77.3.2:22 > 10.77.3.1:50995 SA seq=4142467929 ack=2825900043 off=6 res=0 win=64240 csum=0xBEEF urp=0 <mss 1460>] IP [ver=4 ihl=5 tos=0x00 iplen=44 id=0 flg=D foff=0 ttl=64 proto=6 csum=0xcafe]',
	],
);

test(
	'a reset without options keeps the blank of the layout at detail 0',
	shows,
	ipv4({source: '10.77.3.2', target: '10.77.3.1', ttl: 64, id: 0, protocol: 6, payload: RESET}),
	[
		'TCP 10.77.3.2:23 > 10.77.3.1:50995 RA ttl=64 id=0 iplen=40  seq=0 win=0 ',
		'TCP [10.77.3.2:23 > 10.77.3.1:50995 RA seq=0 ack=7 win=0 csum=0xBEEF] IP [ttl=64 id=0 proto=6 csum=0xcafe iplen=40 ]',
		'TCP [10.77.3.2:23 > 10.77.3.1:50995 RA seq=0 ack=7 off=5 res=0 win=0 csum=0xBEEF urp=0] IP [ver=4 ihl=5 tos=0x00 iplen=40 id=0 foff=0 ttl=64 proto=6 csum=0xcafe]',
	],
);

test(
	'IPv6 puts the address before a port in brackets from detail 1 on',
	shows,
	ipv6({
		source: 'fd77:3::2',
		target: 'fd77:3::1',
		hopLimit: 64,
		flow: 0xb_10_1b,
		nextHeader: 6,
		payload: SYN_ACK,
	}),
	[
		'TCP fd77:3::2:22 > fd77:3::1:50995 SA hopl=64 flow=b101b payloadlen=24 seq=4142467929 win=64240 <mss 1460>',
		'TCP [[fd77:3::2]:22 > [fd77:3::1]:50995 SA seq=4142467929 ack=2825900043 win=64240 csum=0xBEEF <mss 1460>] IPv6 [hopl=64 flow=b101b nh=6 payloadlen=24]',
		'TCP [[fd77:3::2]:22 > [fd77:3::1]:50995 SA seq=4142467929 ack=2825900043 off=6 res=0 win=64240 csum=0xBEEF urp=0 <mss 1460>] IPv6 [ver=6 tclass=0x00 flow=b101b payloadlen=24 nh=6 hopl=64]',
	],
);

test(
	'ICMPv6 is shown by numbers at detail 0 and in words above',
	shows,
	ipv6({
		source: 'fd77:3::fe',
		target: 'fd77:3::1',
		nextHeader: 58,
		payload: bytesOf(
			'0104000000000000',
			ipv6({source: 'fd77:3::1', target: 'fd77:3::2', nextHeader: 6, payload: SYN}),
		),
	}),
	[
		'ICMPv6 (58) fd77:3::fe > fd77:3::1 (type=1/code=4) hopl=64 flow=0 payloadlen=72',
		'ICMPv6 [fd77:3::fe > fd77:3::1 Port 22 unreachable (type=1/code=4) ] IPv6 [hopl=64 flow=0 nh=58 payloadlen=72]',
		'ICMPv6 [fd77:3::fe > fd77:3::1 Port 22 unreachable (type=1/code=4) ] IPv6 [ver=6 tclass=0x00 flow=0 payloadlen=72 nh=58 hopl=64]',
	],
);

test('extension headers of IPv6 are skipped', t => {
	const payload = bytesOf('2b00000000000000', '0600000000000000', SYN);
	t.is(
		line(ipv6({source: '::1', target: '::2', nextHeader: 0, payload}), 0),
		'SENT (0.2408s) TCP ::1:50995 > ::2:22 S hopl=64 flow=0 payloadlen=40 seq=2825900042 win=1024 <mss 1460>',
	);
});

const QUOTE = ipv4({source: '10.77.1.1', target: '10.77.2.2', protocol: 6, payload: SYN.subarray(0, 8)});

const tellsIcmp = test.macro({
	title: (_, type: string, text: string) => `ICMP ${type} reads "${text}"`,
	exec(t, type: string, text: string) {
		const [message, rest = '00000000'] = type.split(' ');
		const [kind, code] = message.split('/').map(Number);
		const payload = bytesOf(Uint8Array.of(kind, code, 0xbe, 0xef), rest, QUOTE);
		t.is(
			line(
				ipv4({source: '10.77.1.254', target: '10.77.1.1', ttl: 64, id: 9, protocol: 1, payload}),
				0,
				'received',
			),
			`RCVD (0.2408s) ICMP [10.77.1.254 > 10.77.1.1 ${text}] IP [ttl=64 id=9 iplen=56 ]`,
		);
	},
});

for (const [type, text] of [
	['0/0 64500001', 'Echo reply (type=0/code=0) id=25680 seq=1'],
	['3/0', 'Network 10.77.2.2 unreachable (type=3/code=0) '],
	['3/1', 'Host 10.77.2.2 unreachable (type=3/code=1) '],
	['3/2', 'Protocol 6 unreachable (type=3/code=2) '],
	['3/3', 'Port 22 unreachable (type=3/code=3) '],
	['3/9', 'Destination network 10.77.2.2 administratively prohibited (type=3/code=9) '],
	['3/10', 'Destination host 10.77.2.2 administratively prohibited (type=3/code=10) '],
	['3/13', 'Communication administratively prohibited by filtering (type=3/code=13) '],
	['3/15', 'Precedence cutoff in effect (type=3/code=15) '],
	['3/16', 'Unknown unreachable code (type=3/code=16) '],
	['4/0', 'Source quench (type=4/code=0) '],
	['5/1', 'Redirect for host (type=5/code=1) '],
	['8/0 64500000', 'Echo request (type=8/code=0) id=25680 seq=0'],
	['11/0', 'TTL=0 during transit (type=11/code=0) '],
	['11/1', 'TTL=0 during reassembly (type=11/code=1) '],
	['12/0 14000000', 'Parameter problem (type=12/code=0) pointer=20'],
	['200/7', 'Unknown type (type=200/code=7) '],
] as const) {
	test(tellsIcmp, type, text);
}

test('a timestamp request shows its three times', t => {
	const payload = bytesOf('0d000000', '53b40000', '00000000', '00000000', '00000000');
	t.is(
		line(ipv4({source: '10.77.1.1', target: '10.77.2.2', ttl: 40, id: 12_607, protocol: 1, payload}), 0),
		'SENT (0.2408s) ICMP [10.77.1.1 > 10.77.2.2 Timestamp request (type=13/code=0) id=21428 seq=0 orig=0 recv=0 trans=0] IP [ttl=40 id=12607 iplen=40 ]',
	);
});

test('an ICMP error whose quote is cut says what is missing', t => {
	const payload = bytesOf('03030000', '00000000', QUOTE.subarray(0, 22));
	t.regex(
		line(ipv4({source: '10.0.0.1', target: '10.0.0.2', protocol: 1, payload}), 0),
		/Port \? unreachable/,
	);
});

test('protocols that are not taken apart are named', t => {
	const packet = {source: '10.0.0.1', target: '10.0.0.2', ttl: 9, id: 3, payload: new Uint8Array(8)};
	t.is(
		line(ipv4({...packet, protocol: 2}), 0),
		'SENT (0.2408s) igmp (2) 10.0.0.1 > 10.0.0.2: ttl=9 id=3 iplen=28',
	);
	t.is(
		line(ipv4({...packet, protocol: 99}), 0),
		'SENT (0.2408s) unknown (99) 10.0.0.1 > 10.0.0.2: ttl=9 id=3 iplen=28',
	);
});

test(
	'UDP is shown with its ports',
	shows,
	ipv4({
		source: '10.77.1.1',
		target: '10.77.2.99',
		ttl: 41,
		id: 34_129,
		protocol: 17,
		payload: bytesOf('8af39cbd0008beef'),
	}),
	[
		'UDP 10.77.1.1:35571 > 10.77.2.99:40125 ttl=41 id=34129 iplen=28 ',
		'UDP [10.77.1.1:35571 > 10.77.2.99:40125 len=8 csum=0xBEEF] IP [ttl=41 id=34129 proto=17 csum=0xcafe iplen=28 ]',
		'UDP [10.77.1.1:35571 > 10.77.2.99:40125 len=8 csum=0xBEEF] IP [ver=4 ihl=5 tos=0x00 iplen=28 id=34129 foff=0 ttl=41 proto=17 csum=0xcafe]',
	],
);

test('a UDP header that is cut is not read', t => {
	const whole = ipv4({source: '10.0.0.1', target: '10.0.0.2', ttl: 9, id: 3, protocol: 17, payload: SYN});
	t.is(line(whole.subarray(0, 27), 0), 'SENT (0.2408s) UDP (17) 10.0.0.1 > 10.0.0.2: ttl=9 id=3 iplen=44');
});

const askedMask = ipv4({
	source: '10.77.1.1',
	target: '10.77.2.99',
	ttl: 51,
	id: 49_368,
	protocol: 1,
	payload: bytesOf('1100beefef200000', 'ffffff00'),
});

test('an address mask is shown as an address', t => {
	t.is(
		line(askedMask, 0),
		'SENT (0.2408s) ICMP [10.77.1.1 > 10.77.2.99 Address mask request (type=17/code=0) id=61216 seq=0 mask=255.255.255.0] IP [ttl=51 id=49368 iplen=32 ]',
	);
	t.regex(line(askedMask.subarray(0, 30), 0), / id=61216 seq=0\] IP/);
});

const arp = (operation: string): Uint8Array =>
	bytesOf(`000108000604${operation}`, 'ce810e38ed30', '0a4d0302', '020000000001', '0a4d0301');

test('ARP is shown as a question and its answer', t => {
	t.is(line(arp('0001'), 0), 'SENT (0.2408s) ARP who-has 10.77.3.1 tell 10.77.3.2');
	t.is(line(arp('0002'), 2, 'received'), 'RCVD (0.2408s) ARP reply 10.77.3.2 is-at CE:81:0E:38:ED:30');
});

test('what is no ARP of IPv4 over Ethernet is shown as it is', t => {
	for (const bytes of [arp('0003'), arp('0001').subarray(0, 27), bytesOf('0006', arp('0001').subarray(2))]) {
		t.regex(line(bytes, 0), /^SENT \(0.2408s\) No complete IP header in/);
	}
});

const neighbour = (target: string, payload: Uint8Array): Uint8Array =>
	ipv6({source: 'fd77:3::1', target, hopLimit: 255, nextHeader: 58, payload});
const ASKED = 'fd770003000000000000000000000002';

test('neighbour discovery is shown as a question and its answer', t => {
	const solicitation = neighbour('ff02::1:ff00:2', bytesOf('8700beef00000000', ASKED, '0101020000000001'));
	t.is(
		line(solicitation, 0),
		'SENT (0.2408s) neighbor solicitation fd77:3::1 > ff02::1:ff00:2 who has fd77:3::2',
	);
	t.regex(
		line(solicitation, 1),
		/^SENT \(0.2408s\) ICMPv6 \[fd77:3::1 > ff02::1:ff00:2 Neighbor solicitation/,
	);
	const advertisement = (...options: string[]): Uint8Array =>
		neighbour('fd77:3::1', bytesOf('8800beef60000000', ASKED, ...options));
	const start = 'SENT (0.2408s) neighbor advertisement fd77:3::1 > fd77:3::1 fd77:3::2';
	t.is(line(advertisement('0201ce810e38ed30'), 0), `${start} is at ce:81:0e:38:ed:30`);
	t.is(line(advertisement('0e01000000000000', '0201ce810e38ed30'), 0), `${start} is at ce:81:0e:38:ed:30`);
	t.is(line(advertisement(), 0), `${start} has no link-layer address`);
	t.is(line(advertisement('0000ce810e38ed30'), 0), `${start} has no link-layer address`);
});

test('a later fragment is not read as TCP', t => {
	t.is(
		line(
			ipv4({source: '10.0.0.1', target: '10.0.0.2', ttl: 9, id: 3, fragment: 185, protocol: 6, payload: SYN}),
			0,
		),
		'SENT (0.2408s) TCP (6) 10.0.0.1 > 10.0.0.2 fragment at 1480: ttl=9 id=3 iplen=44',
	);
});

test('a TCP header that is cut is not read', t => {
	const whole = ipv4({source: '10.0.0.1', target: '10.0.0.2', ttl: 9, id: 3, protocol: 6, payload: SYN});
	t.is(line(whole.subarray(0, 39), 0), 'SENT (0.2408s) TCP (6) 10.0.0.1 > 10.0.0.2: ttl=9 id=3 iplen=44');
});

test('bytes without an IP header are shown as they are', t => {
	t.is(line(bytesOf('4500'), 0), 'SENT (0.2408s) No complete IP header in 2 of 2 bytes: 45 00');
});

test('options of IPv4 are shown at detail 2', t => {
	const packet = ipv4({
		source: '10.0.0.1',
		target: '10.0.0.2',
		protocol: 99,
		options: '94040000',
		payload: new Uint8Array(8),
	});
	t.regex(line(packet, 2), /ihl=6 .* ipopts={ 94 04 00 00 }$/);
});

test('no bytes make the trace fail, and every packet is one line', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(hostileBytes, fc.constantFrom(0, 1, 2), fc.nat(65_535), (bytes, detail, length) => {
				const packet = {direction: 'received', at: micros(1), bytes, length} as const;
				return !/[^ -~]/.test(formatPacket(packet, {startedAt: micros(0), detail}));
			}),
			{numRuns: 3000},
		);
	});
});

/** Random bytes behind the start of a packet that is right, so that every reader is reached. */
const hostileBytes = fc
	.tuple(
		fc.constantFrom(
			new Uint8Array(),
			ipv4({source: '1.2.3.4', target: '4.3.2.1', protocol: 6, payload: SYN}),
			ipv4({source: '1.2.3.4', target: '4.3.2.1', protocol: 1, payload: bytesOf('0301000000000000', QUOTE)}),
			ipv6({source: '::1', target: '::2', nextHeader: 58, payload: bytesOf('0101000000000000')}),
			ipv6({source: '::1', target: '::2', nextHeader: 60, payload: bytesOf('2c00000000000000', SYN)}),
		),
		fc.nat(80),
		fc.uint8Array({maxLength: 120}),
	)
	.map(([packet, kept, rest]) => bytesOf(packet.subarray(0, kept), rest));
