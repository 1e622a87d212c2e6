import test from 'ava';
import {micros} from '@halfopen/model';
import {NarrowLine} from '../src/narrow-line.ts';

test('packets leave one after the other, and those that find the queue full are dropped', t => {
	const line = new NarrowLine({packetsPerSecond: 1000, queue: 3});
	t.deepEqual(
		[0, 0, 0, 0, 500, 1500, 1600].map(time => line.pass(micros(time))),
		[1000, 2000, 3000, undefined, undefined, 4000, undefined].map(time =>
			time === undefined ? undefined : micros(time),
		),
	);
});

test('a free line costs the time of one packet', t => {
	const line = new NarrowLine({packetsPerSecond: 1000, queue: 3});
	line.pass(micros(0));
	t.is(line.pass(micros(10_000)), micros(11_000));
});
