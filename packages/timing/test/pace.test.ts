import {micros, SECOND} from '@halfopen/model';
import test from 'ava';
import * as fc from 'fast-check';
import {Pace} from '../src/pace.ts';

/** Probes that are due in one look at this time. */
const sendDue = (pace: Pace, now: number, rate: number): number => {
	let count = 0;
	for (; pace.nextAt <= now && count < 100_000; count++) {
		pace.onSend(micros(now), rate);
	}

	return count;
};

test('probes are spaced by the rate', t => {
	const pace = new Pace(micros(0), 0);
	pace.onSend(micros(0), 1000);
	t.is(pace.nextAt, micros(1000));
	pace.onSend(micros(1000), 500);
	t.is(pace.nextAt, micros(3000));
});

test('a burst may open it, once', t => {
	const pace = new Pace(micros(0), 10);
	t.is(sendDue(pace, 0, 1000), 11);
	t.is(sendDue(pace, 1000, 1000), 1);
});

test('looking late by a millisecond costs nothing', t => {
	const pace = new Pace(micros(0), 0);
	let sent = 0;
	for (let now = 0; now < SECOND; now += 1300) {
		sent += sendDue(pace, now, 4000);
	}

	t.true(sent >= 3990 && sent <= 4010, `${sent}`);
});

test('no burst follows a stall', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 10 * SECOND}),
				fc.double({min: 1, max: 100_000, noNaN: true}),
				(stall, rate) => {
					const pace = new Pace(micros(0), 0);
					sendDue(pace, 0, rate);
					return sendDue(pace, stall, rate) <= 2 + rate * 0.01; // Ten milliseconds' worth at the very most
				},
			),
		);
	});
});

test('a rate set while waiting counts from the next probe on', t => {
	const pace = new Pace(micros(0), 0);
	pace.onSend(micros(0), 1);
	t.is(pace.nextAt, micros(SECOND));
	pace.onSend(micros(SECOND), 1_000_000);
	t.is(pace.nextAt, micros(SECOND + 1));
});

test('a change of the rate counts for the probe that is waited for, forgives what is owed and ends a burst', t => {
	const pace = new Pace(micros(0), 5);
	pace.changeRate(micros(0), 1);
	t.is(sendDue(pace, 0, 1), 1);
	pace.changeRate(micros(100), 1000);
	t.is(pace.nextAt, micros(1100));
	pace.changeRate(micros(3000), 1000);
	t.is(pace.nextAt, micros(3000));
});
