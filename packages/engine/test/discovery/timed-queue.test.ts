import {micros} from '@halfopen/model';
import test from 'ava';
import fc from 'fast-check';
import {TimedQueue} from '../../src/discovery/timed-queue.ts';

test('an empty queue has nothing that waits', t => {
	const queue = new TimedQueue();
	t.is(queue.length, 0);
	t.is(queue.firstAt, micros(Infinity));
});

test('positions come out in the order in which they went in, with their times, whatever the turns', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.nat(2 ** 31), fc.constant('take' as const)), {maxLength: 2000}),
				turns => {
					const queue = new TimedQueue();
					const expected: number[] = [];
					for (const turn of [...turns, ...Array.from({length: 600}, (_, index) => index)]) {
						if (turn !== 'take') {
							queue.push(turn * 2 ** 20, micros(turn + 0.5));
							expected.push(turn);
						} else if (expected.length > 0) {
							const next = expected.shift()!;
							if (queue.firstAt !== next + 0.5 || queue.shift() !== next * 2 ** 20) {
								return false;
							}
						}
					}

					return queue.length === expected.length && expected.every(next => queue.shift() === next * 2 ** 20);
				},
			),
			{seed: 42},
		);
	});
});
