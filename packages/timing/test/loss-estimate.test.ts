import test from 'ava';
import * as fc from 'fast-check';
import {LossEstimate} from '../src/loss-estimate.ts';

/** Multiples of it, modulo 1, fill the unit interval evenly: chances without chance. */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

/** The try that is answered where this share of tries is lost, for every chance drawn. */
const answeredTry = (loss: number, drawn: number): number => Math.floor(Math.log(drawn) / Math.log(loss));

test('nothing seen is nothing measured, and next to nothing expected', t => {
	const loss = new LossEstimate();
	t.is(loss.measured, undefined);
	t.true(loss.value > 0 && loss.value < 0.05);
});

test('answers to the first try mean no loss, but never none for certain', t => {
	const loss = new LossEstimate();
	for (let count = 0; count < 10_000; count++) {
		loss.onAnswer(0);
	}

	t.is(loss.measured, 0);
	t.true(loss.value > 0 && loss.value < 0.001);
});

for (const share of [0.02, 0.1, 0.36]) {
	test(`a loss of ${share} is found from the tries that were answered`, t => {
		const loss = new LossEstimate();
		for (let count = 1; count <= 4000; count++) {
			loss.onAnswer(answeredTry(share, (count * GOLDEN_RATIO) % 1));
		}

		t.true(Math.abs(loss.measured! - share) < 0.01, `${loss.measured}`);
		t.true(Math.abs(loss.value - share) < 0.01, `${loss.value}`);
	});
}

test('the prior is believed while little is known, and not any more later', t => {
	const loss = new LossEstimate(() => 0.3);
	t.is(loss.value, 0.3);
	loss.onAnswer(0);
	t.true(loss.value > 0.25);
	for (let count = 0; count < 2000; count++) {
		loss.onAnswer(0);
	}

	t.true(loss.value < 0.01);
});

test('canaries count one by one', t => {
	const loss = new LossEstimate();
	for (const isAnswered of [true, false, true, true]) {
		loss.onCanary(isAnswered);
	}

	t.is(loss.measured, 0.25);
});

test('recent loss follows a change within some dozens of answers', t => {
	const loss = new LossEstimate();
	for (let count = 0; count < 1000; count++) {
		loss.onAnswer(0);
	}

	t.is(loss.recent, 0);
	for (let count = 0; count < 100; count++) {
		loss.onAnswer(1);
	}

	t.true(loss.recent > 0.4 && loss.recent <= 0.5, `${loss.recent}`);
	t.true(loss.measured! < 0.1);
});

test('whatever is seen, the estimate is a chance that leaves silence a meaning', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.integer({min: 0, max: 200}), fc.boolean())), seen => {
				const loss = new LossEstimate();
				for (const each of seen) {
					if (typeof each === 'boolean') {
						loss.onCanary(each);
					} else {
						loss.onAnswer(each);
					}
				}

				return loss.value > 0 && loss.value < 1;
			}),
		);
	});
});
