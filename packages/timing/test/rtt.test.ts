import {micros} from '@halfopen/model';
import test from 'ava';
import * as fc from 'fast-check';
import {RoundTrips, type RttEstimate, timeoutOf, unboundedTimeout} from '../src/rtt.ts';

const estimateOf = (samples: readonly number[]): RttEstimate => {
	const roundTrips = new RoundTrips();
	for (const sample of samples) {
		roundTrips.add(micros(sample));
	}

	return roundTrips.estimate!;
};

const bounds = {minRttTimeout: micros(100_000), maxRttTimeout: micros(1_000_000)};

// Worked by hand after RFC 6298 §2: the variance is taken with the smoothed value of before.
for (const {samples, smoothed, variance, timeout} of [
	{samples: [100_000], smoothed: 100_000, variance: 50_000, timeout: 300_000},
	{samples: [100_000, 140_000], smoothed: 105_000, variance: 47_500, timeout: 295_000},
	{samples: [100_000, 140_000, 81_000], smoothed: 102_000, variance: 41_625, timeout: 268_500},
]) {
	test(`after ${samples.join(', ')} µs the timeout is ${timeout} µs`, t => {
		const estimate = estimateOf(samples);
		t.deepEqual(estimate, {smoothed: micros(smoothed), variance: micros(variance)});
		t.is(unboundedTimeout(estimate), micros(timeout));
	});
}

test('a round trip that never changes still leaves room for the clock', t => {
	const estimate = estimateOf(Array.from({length: 200}, () => 20_000));
	t.is(estimate.smoothed, micros(20_000));
	t.true(unboundedTimeout(estimate) >= 20_000 + 4 * 1000);
});

test('the timeout keeps to its bounds', t => {
	t.is(timeoutOf(estimateOf([1000]), bounds), bounds.minRttTimeout);
	t.is(timeoutOf(estimateOf([100_000]), bounds), micros(300_000));
	t.is(timeoutOf(estimateOf([900_000]), bounds), bounds.maxRttTimeout);
});

test('the smoothed value stays within the samples, the variance within their spread', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.array(fc.integer({min: 0, max: 10_000_000}), {minLength: 1, maxLength: 50}), samples => {
				const {smoothed, variance} = estimateOf(samples);
				const [least, most] = [Math.min(...samples), Math.max(...samples)];
				return (
					smoothed >= least - 1e-6 &&
					smoothed <= most + 1e-6 &&
					variance <= Math.max(samples[0] / 2, most - least) + 1e-6
				);
			}),
		);
	});
});

test('the least is the shortest so far, until the way is longer', t => {
	const roundTrips = new RoundTrips();
	t.true(roundTrips.isEmpty);
	t.is(roundTrips.estimate, undefined);
	roundTrips.add(micros(300));
	roundTrips.add(micros(200));
	roundTrips.add(micros(400));
	t.is(roundTrips.least, micros(200));
	roundTrips.lengthen(micros(50));
	roundTrips.add(micros(900));
	t.is(roundTrips.least, micros(250));
});
