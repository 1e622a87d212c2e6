import {micros} from '@halfopen/model';
import test from 'ava';
import fc from 'fast-check';
import {DueQueue} from '../../src/due-queue.ts';
import {PositionQueue} from '../../src/position-queue.ts';

test('positions leave the queue in the order in which they came, however many there are', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.array(fc.integer({min: 1, max: 3000}), {maxLength: 20}), batches => {
				const queue = new PositionQueue();
				const model: number[] = [];
				let next = 0;
				for (const batch of batches) {
					for (let left = batch; left > 0; left--) {
						queue.push(next);
						model.push(next++);
					}

					for (let left = batch >> 1; left > 0; left--) {
						if (queue.first !== model[0] || queue.shift() !== model.shift()) {
							return false;
						}
					}
				}

				return queue.length === model.length && model.every(item => queue.shift() === item);
			}),
			{numRuns: 30, seed: 1},
		);
	});
});

test('a queue keeps numbers modulo 2^32', t => {
	const queue = new PositionQueue();
	queue.push(2 ** 32 + 5);
	t.is(queue.shift(), 5);
});

test('what is due comes out as a sorted list would give it', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.array(fc.integer({min: 0, max: 1000}), {maxLength: 700}), times => {
				const queue = new DueQueue();
				for (const [position, at] of times.entries()) {
					queue.push(position, micros(at));
				}

				return times
					.toSorted((one, other) => one - other)
					.every(at => queue.nextAt === at && times[queue.shift()] === at);
			}),
			{seed: 1},
		);
	});
});

test('nothing is due where nothing is', t => {
	t.is(new DueQueue().nextAt, micros(Infinity));
});
