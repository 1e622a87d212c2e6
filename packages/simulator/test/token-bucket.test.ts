import test from 'ava';
import {SECOND, micros} from '@halfopen/model';
import {TokenBucket} from '../src/token-bucket.ts';

test('a full bucket gives its burst, then one token at a time', t => {
	const bucket = new TokenBucket(10, 3);
	t.deepEqual(
		[0, 0, 0, 0, 99_999, 100_000, 100_000].map(time => bucket.take(micros(time))),
		[true, true, true, false, false, true, false],
	);
});

test('a rest fills the bucket, but no further than its burst', t => {
	const bucket = new TokenBucket(10, 2);
	bucket.take(micros(0));
	t.deepEqual(
		Array.from({length: 3}, () => bucket.take(micros(60 * SECOND))),
		[true, true, false],
	);
});

test('a token is there exactly when promised', t => {
	const bucket = new TokenBucket(3, 1); // A gap that is no whole number
	let now = micros(0);
	for (let token = 0; token < 1000; token++) {
		now = bucket.nextAt(now);
		t.true(bucket.take(now));
	}

	t.true(Math.abs(now - (999 / 3) * SECOND) < 1);
});

test('no limit never waits', t => {
	const bucket = new TokenBucket(Infinity, 1);
	t.true(Array.from({length: 1000}, () => bucket.take(micros(5))).every(Boolean));
});

test('a new limit counts from now on', t => {
	const bucket = new TokenBucket(1, 1);
	bucket.take(micros(0));
	bucket.setLimit(10, 1, micros(0));
	t.is(bucket.nextAt(micros(0)), micros(100_000));
});
