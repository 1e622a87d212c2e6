import test from 'ava';
import {Silence} from '../../src/names/silence.ts';

test('three questions in a row without an answer are enough, for half a minute', t => {
	const silence = new Silence();
	t.deepEqual(
		[silence.onNoAnswer(1000), silence.onNoAnswer(1001), silence.onNoAnswer(1002)],
		[false, false, true],
	);
	t.true(silence.holds(1002));
	t.true(silence.holds(31_001));
	t.false(silence.holds(31_002));
});

test('an answer in between begins the count anew', t => {
	const silence = new Silence();
	silence.onNoAnswer(1);
	silence.onNoAnswer(2);
	silence.onAnswer();
	t.false(silence.onNoAnswer(3));
	t.false(silence.onNoAnswer(4));
	t.true(silence.onNoAnswer(5));
});

test('questions that were on their way do not make it longer', t => {
	const silence = new Silence();
	for (const now of [1, 2, 3]) {
		silence.onNoAnswer(now);
	}

	t.false(silence.onNoAnswer(4));
	t.false(silence.holds(30_003));
});

test('after the pause one question without an answer is enough', t => {
	const silence = new Silence();
	for (const now of [1, 2, 3]) {
		silence.onNoAnswer(now);
	}

	t.true(silence.onNoAnswer(40_000));
	t.true(silence.holds(40_001));
});

test('after the pause an answer makes it good', t => {
	const silence = new Silence();
	for (const now of [1, 2, 3]) {
		silence.onNoAnswer(now);
	}

	silence.onAnswer();
	t.false(silence.onNoAnswer(40_000));
});
