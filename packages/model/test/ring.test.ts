import test from 'ava';
import {RING_HEADER_BYTES, Ring, distance, ringBytes} from '@halfopen/model';

test('a ring has room for its header and its records', t => {
	const ring = new Ring(8, 64);
	t.is(ring.memory.byteLength, ringBytes(8, 64));
	t.is(ringBytes(8, 64), RING_HEADER_BYTES + 512);
	t.is(ring.head, 0);
	t.is(ring.tail, 0);
});

for (const [capacity, recordBytes] of [
	[0, 64],
	[3, 64],
	[1.5, 64],
	[-2, 64],
	[8, 20],
]) {
	test(`a ring of ${capacity} records of ${recordBytes} bytes is refused`, t => {
		t.throws(() => new Ring(capacity, recordBytes), {instanceOf: RangeError});
	});
}

test('records follow each other and wrap at the capacity, across the wrap of the count too', t => {
	const ring = new Ring(4, 64);
	t.deepEqual(
		[0, 1, 3, 4, 0xff_ff_ff_fe, 0xff_ff_ff_ff].map(count => (ring.offsetOf(count) - RING_HEADER_BYTES) / 64),
		[0, 1, 3, 0, 2, 3],
	);
});

test('cursors are unsigned', t => {
	const ring = new Ring(4, 64);
	ring.head = 0xff_ff_ff_ff;
	ring.tail = 0x80_00_00_00;
	t.is(ring.head, 0xff_ff_ff_ff);
	t.is(ring.tail, 0x80_00_00_00);
});

test('distance is counted across the wrap', t => {
	t.is(distance(5, 5), 0);
	t.is(distance(5, 9), 4);
	t.is(distance(0xff_ff_ff_fe, 3), 5);
});

test('a consumer that sleeps is woken once', t => {
	const ring = new Ring(4, 64);
	t.false(ring.takeWaiter());
	ring.announceWait();
	t.true(ring.takeWaiter());
	t.false(ring.takeWaiter());
});
