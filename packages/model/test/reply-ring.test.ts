import * as fc from 'fast-check';
import test from 'ava';
import {
	REPLY_FIELD,
	REPLY_KIND,
	REPLY_RECORD_BYTES,
	ReplyConsumer,
	ReplyProducer,
	Ring,
	copyReply,
	micros,
	type Reply,
} from '@halfopen/model';

const openRing = (capacity = 4, start = 0) => {
	const ring = new Ring(capacity, REPLY_RECORD_BYTES);
	ring.head = start;
	ring.tail = start;
	return {ring, producer: new ReplyProducer(ring), consumer: new ReplyConsumer(ring)};
};

const EXAMPLE: Reply = {
	kind: REPLY_KIND.synAck,
	family: 4,
	target: 0xc0_00_02_01,
	port: 80,
	attempt: 2,
	receivedAt: micros(123.5),
	ttl: 57,
	sender: 0xc0_00_02_01,
	icmpType: 0,
	icmpCode: 0,
	window: 64_240,
	tcpFlags: 0x12,
	mac: undefined,
};

const byte = fc.nat(255);
const rest = {
	kind: fc.constantFrom(...Object.values(REPLY_KIND)),
	port: fc.nat(65_535),
	attempt: byte,
	receivedAt: fc.double({min: 0, max: 1e15, noNaN: true}).map(micros),
	ttl: byte,
	icmpType: byte,
	icmpCode: byte,
	window: fc.nat(65_535),
	tcpFlags: byte,
	mac: fc.constantFrom(undefined, '02:00:5e:10:00:01', '00:00:00:00:00:0a'),
};
const u32 = fc.nat(0xff_ff_ff_ff);
const u128 = fc.bigInt(0n, (1n << 128n) - 1n);
const anyReply: fc.Arbitrary<Reply> = fc.oneof(
	fc.record({...rest, family: fc.constant<4>(4), target: u32, sender: u32}),
	fc.record({...rest, family: fc.constant<6>(6), target: u128, sender: u128}),
);

test('a reply comes out as it went in, whatever was in its record before', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(anyReply, {minLength: 1, maxLength: 5}), replies => {
				const {producer, consumer} = openRing(1);
				for (const reply of replies) {
					t.true(producer.write(reply));
					t.true(consumer.next());
					t.deepEqual(copyReply(consumer), reply);
					t.false(consumer.next());
				}
			}),
		),
	);
});

test('fields of a record do not overlap', t => {
	const sizes: Record<keyof typeof REPLY_FIELD, number> = {
		receivedAt: 8,
		target: 16,
		sender: 16,
		port: 2,
		attempt: 1,
		family: 1,
		kind: 1,
		ttl: 1,
		icmpType: 1,
		icmpCode: 1,
		window: 2,
		tcpFlags: 1,
		mac: 6,
	};
	const ends = Object.entries(REPLY_FIELD).map(([name, at]) => [at, at + sizes[name as keyof typeof sizes]]);
	t.true(ends.every(([at], index) => index === 0 || at >= ends[index - 1][1]));
	t.true(ends.every(([, end]) => end <= REPLY_RECORD_BYTES));
});

for (const start of [0, 2 ** 31 - 2, 2 ** 32 - 2]) {
	test(`a ring that starts at count ${start} refuses what it cannot hold, and gives the rest in order`, t => {
		const {producer, consumer} = openRing(4, start);
		const accepted = [1, 2, 3, 4, 5, 6].map(port => producer.write({...EXAMPLE, port}));
		t.deepEqual(accepted, [true, true, true, true, false, false]);
		t.is(consumer.waiting, 4);
		const ports: number[] = [];
		while (consumer.next()) {
			ports.push(consumer.port);
		}

		t.deepEqual(ports, [1, 2, 3, 4]);
		t.is(consumer.waiting, 0);
		t.true(producer.write(EXAMPLE));
	});
}

test('the record that a consumer stands on is not overwritten', t => {
	const {producer, consumer} = openRing(1);
	producer.write({...EXAMPLE, port: 1});
	t.true(consumer.next());
	t.false(producer.write({...EXAMPLE, port: 2}));
	t.is(consumer.port, 1);
	t.false(consumer.next());
	t.true(producer.write({...EXAMPLE, port: 2}));
});
