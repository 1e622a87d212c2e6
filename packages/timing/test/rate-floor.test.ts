import {micros, SECOND} from '@halfopen/model';
import test from 'ava';
import {RateFloor} from '../src/rate-floor.ts';

/** Probes that the floor wants in one look at this time. */
const sendWhileBehind = (floor: RateFloor, now: number): number => {
	let count = 0;
	for (; floor.isBehind(micros(now)) && count < 100_000; count++) {
		floor.onSend(micros(now));
	}

	return count;
};

test('without a floor nothing is ever due', t => {
	const floor = new RateFloor(0, micros(0));
	t.is(floor.dueAt, micros(Infinity));
	t.is(sendWhileBehind(floor, 3600 * SECOND), 0);
	floor.onSend(micros(0));
	t.is(floor.dueAt, micros(Infinity));
});

test('looking every millisecond keeps the rate', t => {
	const floor = new RateFloor(2500, micros(0));
	let sent = 0;
	for (let now = 0; now < SECOND; now += 1000) {
		sent += sendWhileBehind(floor, now);
	}

	t.true(Math.abs(sent - 2500) <= 3, `${sent}`);
});

test('what a stall cost is not made up for', t => {
	const floor = new RateFloor(1000, micros(0));
	sendWhileBehind(floor, 0);
	const burst = sendWhileBehind(floor, SECOND);
	t.true(burst < 50, `${burst}`);
});

test('it is due again one interval after a probe', t => {
	const floor = new RateFloor(100, micros(5000));
	t.is(floor.dueAt, micros(5000));
	floor.onSend(micros(5000));
	t.is(floor.dueAt, micros(15_000));
	t.false(floor.isBehind(micros(14_999)));
	t.true(floor.isBehind(micros(15_000)));
});

test('a change of the floor counts for the probe that is waited for, and forgives what is owed', t => {
	const floor = new RateFloor(0, micros(0));
	floor.changeRate(micros(100), 1);
	t.is(sendWhileBehind(floor, 100), 1);
	floor.changeRate(micros(200), 1000);
	t.is(floor.dueAt, micros(1200));
	floor.changeRate(micros(15_000), 1000);
	t.is(sendWhileBehind(floor, 15_000), 1);
});

test('it tells its rate, as it was set last', t => {
	const floor = new RateFloor(0, micros(0));
	t.is(floor.rate, 0);
	floor.changeRate(micros(0), 2500);
	t.is(floor.rate, 2500);
	t.is(new RateFloor(Infinity, micros(0)).rate, Infinity);
});
