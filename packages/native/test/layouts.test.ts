import test from 'ava';
import {
	PACKET_FIELD,
	PACKET_RECORD_BYTES,
	PROBE_FIELD,
	PROBE_RECORD_BYTES,
	REPLY_FIELD,
	REPLY_RECORD_BYTES,
	RING_HEADER_BYTES,
	Ring,
} from '@halfopen/model';
import {loadAddon} from '../src/load-addon.ts';

const {layouts} = loadAddon();

const agrees = test.macro({
	title: (_, name: keyof typeof layouts) => `C++ and TypeScript agree on the layout of a ${name} record`,
	exec(t, name: keyof typeof layouts, bytes: number, offsets: Readonly<Record<string, number>>) {
		t.deepEqual(layouts[name], {bytes, offsets});
	},
});

test(agrees, 'probe', PROBE_RECORD_BYTES, PROBE_FIELD);
test(agrees, 'reply', REPLY_RECORD_BYTES, REPLY_FIELD);
test(agrees, 'packet', PACKET_RECORD_BYTES, PACKET_FIELD);

test('C++ and TypeScript agree on the header of a ring', t => {
	const ring = new Ring(1, 8);
	const words = new Int32Array(ring.memory);
	const {bytes, offsets} = layouts.ring;
	ring.head = 11;
	ring.tail = 22;
	ring.announceWait();
	t.is(bytes, RING_HEADER_BYTES);
	t.is(words[offsets['head'] / 4], 11);
	t.is(words[offsets['tail'] / 4], 22);
	t.is(words[offsets['waiting'] / 4], 1);
});
