import test from 'ava';
import {micros, PACKET_FIELD, type Ring} from '@halfopen/model';
import {PacketTrace} from '../src/packet-trace.ts';

/** Leaves a packet in a ring, as a native thread does. */
const trace = (ring: Ring, at: number): void => {
	const offset = ring.offsetOf(ring.head);
	ring.view.setFloat64(offset + PACKET_FIELD.at, at, true);
	ring.view.setUint16(offset + PACKET_FIELD.captured, 1, true);
	ring.view.setUint16(offset + PACKET_FIELD.length, 44, true);
	ring.head += 1;
};

const take = (packets: PacketTrace, isSending: boolean, since = 0): string[] =>
	packets.take(() => isSending, micros(since)).map(({direction, at}) => `${direction} ${at}`);

test('packets come in the order of time, whichever way they went', t => {
	const packets = new PacketTrace();
	trace(packets.sentRings[0], 10);
	trace(packets.sentRings[0], 30);
	trace(packets.receivedRing, 20);
	trace(packets.receivedRing, 40);
	t.deepEqual(take(packets, false), ['sent 10', 'received 20', 'sent 30', 'received 40']);
	t.deepEqual(take(packets, false), []);
});

test('packets of several senders come in the order of time', t => {
	const packets = new PacketTrace(2);
	trace(packets.sentRings[0], 30);
	trace(packets.sentRings[1], 10);
	trace(packets.receivedRing, 20);
	t.deepEqual(take(packets, false), ['sent 10', 'received 20', 'sent 30']);
});

test('an answer is held until the probes sent before it have come', t => {
	const packets = new PacketTrace();
	trace(packets.receivedRing, 20);
	t.deepEqual(take(packets, true), []);
	trace(packets.sentRings[0], 10);
	t.deepEqual(take(packets, false), ['sent 10', 'received 20']);
});

test('an answer from before the probes that are being sent is not held', t => {
	const packets = new PacketTrace();
	trace(packets.receivedRing, 20);
	trace(packets.receivedRing, 40);
	t.deepEqual(take(packets, true, 30), ['received 20']);
	t.deepEqual(take(packets, false), ['received 40']);
});

test('an answer is not held while later probes are sent', t => {
	const packets = new PacketTrace();
	trace(packets.sentRings[0], 10);
	trace(packets.receivedRing, 20);
	trace(packets.sentRings[0], 30);
	t.deepEqual(take(packets, true), ['sent 10', 'received 20', 'sent 30']);
});

test('an answer that arrives while the sender stops is not lost', t => {
	const packets = new PacketTrace();
	t.deepEqual(
		packets
			.take(() => {
				trace(packets.receivedRing, 20);
				return false;
			}, micros(0))
			.map(({at}) => at),
		[],
	);
	t.deepEqual(take(packets, false), ['received 20']);
});
