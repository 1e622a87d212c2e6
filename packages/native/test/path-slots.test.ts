import test from 'ava';
import {PROBE_RECORD_BYTES, ProbeConsumer, ProbeProducer, Ring, micros} from '@halfopen/model';
import {PathSlots} from '../src/path-slots.ts';

const setUp = () => {
	const ring = new Ring(8, PROBE_RECORD_BYTES);
	const probes = new ProbeProducer(ring);
	const sender = new ProbeConsumer(ring);
	const cleared: number[] = [];
	return {
		cleared,
		slots: new PathSlots(probes, id => cleared.push(id)),
		write: (path: number) => probes.write(1, 80, 0, path, 0),
		flush: () => probes.publish(),
		send: () => sender.take(micros(0)),
		takeSent: () => probes.takeSent(() => {}),
	};
};

test('numbers count from 0', t => {
	const {slots} = setUp();
	t.deepEqual([slots.take(), slots.take(), slots.take()], [0, 1, 2]);
});

test('a number that no probe names is cleared and used again at once', t => {
	const {slots, cleared} = setUp();
	slots.giveBack(slots.take());
	t.deepEqual(cleared, [0]);
	t.is(slots.take(), 0);
});

test('a number rests until the probes that name it were sent', t => {
	const {slots, cleared, write, flush, send} = setUp();
	const id = slots.take();
	write(id);
	flush();
	slots.giveBack(id);
	t.is(slots.take(), 1);
	send();
	t.deepEqual(cleared, []);
	t.is(slots.take(), 0);
	t.deepEqual(cleared, [0]);
});

test('a number rests as well while a probe that names it is not even shown to the sender', t => {
	const {slots, write, flush, send} = setUp();
	const id = slots.take();
	write(id);
	slots.giveBack(id);
	t.is(slots.take(), 1);
	flush();
	t.is(slots.take(), 2);
	send();
	t.is(slots.take(), 0);
});

test('probes of others that follow do not hold a number back for ever', t => {
	const {slots, write, flush, send, takeSent} = setUp();
	const id = slots.take();
	const other = slots.take();
	write(id);
	flush();
	slots.giveBack(id);
	for (let round = 0; round < 4; round++) {
		write(other);
		flush();
		send();
		takeSent();
	}

	t.is(slots.take(), id);
});
