import {micros, SECOND} from '@halfopen/model';
import test from 'ava';
import {AnswerMeter} from '../src/answer-meter.ts';

/** Answers at an even rate from then on; returns when the last one came. */
const addAnswers = (meter: AnswerMeter, from: number, count: number, perSecond: number): number => {
	for (let index = 0; index < count; index++) {
		meter.add(micros(from + (index * SECOND) / perSecond));
	}

	return from + ((count - 1) * SECOND) / perSecond;
};

test('too few answers have no rate', t => {
	const meter = new AnswerMeter();
	t.is(meter.rate(micros(SECOND)), 0);
	t.is(meter.rate(micros(addAnswers(meter, 0, 3, 100))), 0);
});

test('the rate is that of the latest answers', t => {
	const meter = new AnswerMeter();
	const until = addAnswers(meter, 0, 50, 1000);
	t.true(Math.abs(meter.rate(micros(until)) - 1000) < 1);
	const later = addAnswers(meter, until, 50, 100);
	t.true(Math.abs(meter.rate(micros(later)) - 100) < 1);
});

test('it falls while no answers come, and begins anew when it is told to', t => {
	const meter = new AnswerMeter();
	const until = addAnswers(meter, 0, 50, 1000);
	t.true(meter.rate(micros(until + SECOND)) < 20);
	meter.restart();
	t.is(meter.rate(micros(until)), 0);
});

test('the latest rate is that of the last few answers among themselves, however long ago they came', t => {
	const meter = new AnswerMeter();
	t.is(meter.latestRate, Infinity);
	const until = addAnswers(meter, 0, 50, 1000);
	addAnswers(meter, until + 10_000, 4, 100);
	t.true(Math.abs(meter.latestRate - 100) < 1);
	t.true(meter.rate(micros(until + SECOND)) < 100);
});

test('the least rate is that of the last few answers where others came in a burst', t => {
	const meter = new AnswerMeter();
	for (const time of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(count => count * 1000)) {
		meter.add(micros(time));
	}

	for (const time of [20_000, 30_000, 40_000, 50_000]) {
		meter.add(micros(time));
	}

	t.is(meter.rate(micros(50_000)), 300);
	t.is(meter.leastRate(micros(50_000)), 100);
	t.is(new AnswerMeter().leastRate(micros(0)), 0);
});
