import test from 'ava';
import {
	PACKET_FIELD,
	PACKET_RECORD_BYTES,
	PACKET_SNAP_BYTES,
	PacketConsumer,
	Ring,
	micros,
} from '@halfopen/model';

/** Writes a packet as the native threads do. */
const writePacket = (ring: Ring, at: number, packet: readonly number[], length = packet.length): void => {
	const offset = ring.offsetOf(ring.head);
	ring.view.setFloat64(offset + PACKET_FIELD.at, at, true);
	ring.view.setUint16(offset + PACKET_FIELD.captured, packet.length, true);
	ring.view.setUint16(offset + PACKET_FIELD.length, length, true);
	ring.bytes.set(packet, offset + PACKET_FIELD.data);
	ring.head = (ring.head + 1) >>> 0;
};

test('packets come out oldest first, across the wrap of the count', t => {
	const ring = new Ring(4, PACKET_RECORD_BYTES);
	ring.head = 2 ** 32 - 2;
	ring.tail = 2 ** 32 - 2;
	const consumer = new PacketConsumer(ring, 'sent');
	for (const number of [1, 2, 3, 4]) {
		writePacket(ring, number * 10.5, [0x45, number]);
	}

	t.deepEqual(
		consumer.take(),
		[1, 2, 3, 4].map(number => ({
			direction: 'sent' as const,
			at: micros(number * 10.5),
			bytes: Uint8Array.of(0x45, number),
			length: 2,
		})),
	);
	t.is(ring.tail, ring.head);
	t.deepEqual(consumer.take(), []);
});

test('a packet that was cut keeps its length', t => {
	const ring = new Ring(1, PACKET_RECORD_BYTES);
	const consumer = new PacketConsumer(ring, 'received');
	writePacket(
		ring,
		1,
		Array.from({length: PACKET_SNAP_BYTES}, (_, index) => index % 256),
		1500,
	);
	const [packet] = consumer.take();
	t.is(packet.bytes.length, PACKET_SNAP_BYTES);
	t.is(packet.bytes.at(-1), (PACKET_SNAP_BYTES - 1) % 256);
	t.is(packet.length, 1500);
});

test('a packet is a copy: what comes later does not change it', t => {
	const ring = new Ring(1, PACKET_RECORD_BYTES);
	const consumer = new PacketConsumer(ring, 'received');
	writePacket(ring, 1, [1, 2, 3]);
	const [packet] = consumer.take();
	writePacket(ring, 2, [9, 9, 9]);
	t.deepEqual(packet.bytes, Uint8Array.of(1, 2, 3));
});
