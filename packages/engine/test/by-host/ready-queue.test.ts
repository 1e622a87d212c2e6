import test from 'ava';
import * as fc from 'fast-check';
import {ReadyQueue} from '../../src/by-host/ready-queue.ts';

test('an empty queue has nothing to give', t => {
	const queue = new ReadyQueue<number>();
	t.is(queue.shift(), undefined);
	t.is(queue.length, 0);
});

test('it gives what an array gives, in whatever order it is filled and emptied', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.array(fc.integer({min: -90, max: 100}), {maxLength: 60}), runs => {
				const queue = new ReadyQueue<number>();
				const array: number[] = [];
				let next = 0;
				for (const run of runs) {
					for (let count = 0; count < run; count++) {
						queue.push(next);
						array.push(next++);
					}

					for (let count = 0; count < -run; count++) {
						if (queue.shift() !== array.shift()) {
							return false;
						}
					}

					if (queue.length !== array.length) {
						return false;
					}
				}

				return array.every(item => queue.shift() === item);
			}),
		);
	});
});
