import * as fc from 'fast-check';
import test from 'ava';
import {micros} from '@halfopen/model';
import {EventQueue} from '../src/event-queue.ts';

test('an empty queue has nothing due', t => {
	const queue = new EventQueue();
	t.is(queue.nextAt, micros(Infinity));
	t.notThrows(() => queue.runNext());
});

test('events come by time, and of one time in the order scheduled', t => {
	t.notThrows(() =>
		fc.assert(
			fc.property(fc.array(fc.nat(20)), times => {
				const queue = new EventQueue();
				const seen: [time: number, index: number][] = [];
				for (const [index, time] of times.entries()) {
					queue.schedule(micros(time), () => seen.push([time, index]));
				}

				while (queue.size > 0) {
					queue.runNext();
				}

				const expected = times
					.map((time, index): [number, number] => [time, index])
					.sort(([time, index], [otherTime, otherIndex]) => time - otherTime || index - otherIndex);
				return JSON.stringify(seen) === JSON.stringify(expected);
			}),
		),
	);
});

test('an event may schedule another one', t => {
	const queue = new EventQueue();
	const seen: string[] = [];
	queue.schedule(micros(1), () => {
		seen.push('first');
		queue.schedule(micros(2), () => seen.push('second'));
	});
	queue.schedule(micros(3), () => seen.push('third'));
	while (queue.size > 0) {
		queue.runNext();
	}

	t.deepEqual(seen, ['first', 'second', 'third']);
});

test('what is put off keeps its order', t => {
	const queue = new EventQueue();
	const ran: string[] = [];
	for (const [name, at] of [
		['c', 30],
		['a', 10],
		['b', 20],
	] as const) {
		queue.schedule(micros(at), () => ran.push(name));
	}

	queue.delay(100);
	t.is(queue.nextAt, micros(110));
	queue.schedule(micros(115), () => ran.push('between'));
	while (queue.size > 0) {
		queue.runNext();
	}

	t.deepEqual(ran, ['a', 'between', 'b', 'c']);
});
