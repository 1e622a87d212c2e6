import test from 'ava';
import {SECOND, micros, type Micros} from '@halfopen/model';
import {Pacer} from '../src/pacer.ts';

/** Takes at each of these times as many as are due, and gives their number. */
const takeAt = (pacer: Pacer, times: readonly number[], most = 1000): number[] =>
	times.map(time => {
		let taken = 0;
		while (pacer.dueAt <= time && taken < most) {
			pacer.take(time as Micros);
			taken++;
		}

		return taken;
	});

test('without a rate anything may leave at any time', t => {
	t.deepEqual(takeAt(new Pacer(), [0, 0, 5]), [1000, 1000, 1000]);
});

test('a slow rate spaces evenly', t => {
	const pacer = new Pacer();
	pacer.setRate(100, micros(0));
	t.deepEqual(takeAt(pacer, [0, 9999, 10_000, 19_999, 20_000]), [1, 0, 1, 0, 1]);
});

test('a late timer is made up for, but not more than a few milliseconds', t => {
	const pacer = new Pacer();
	pacer.setRate(1000, micros(0));
	takeAt(pacer, [0]);
	t.deepEqual(takeAt(pacer, [3000, 500_000]), [3, 5]);
});

test('a burst is one batch at the most', t => {
	const pacer = new Pacer();
	pacer.setRate(1_000_000, micros(0));
	t.deepEqual(takeAt(pacer, [SECOND, 2 * SECOND]), [64, 64]);
});

test('a faster rate need not wait for what the slower one had put off', t => {
	const pacer = new Pacer();
	pacer.setRate(0.1, micros(0));
	pacer.take(micros(0));
	pacer.setRate(100, micros(0));
	t.is(pacer.dueAt, micros(10_000));
});
