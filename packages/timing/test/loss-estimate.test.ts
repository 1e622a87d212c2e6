import test from 'ava';
import * as fc from 'fast-check';
import {LossEstimate} from '../src/loss-estimate.ts';

/** Tries that were lost, and then tries that were not, in the present span. */
const count = (loss: LossEstimate, lost: number, answered: number): void => {
	for (let left = lost; left > 0; left--) {
		loss.add(loss.current, true);
	}

	for (let left = answered; left > 0; left--) {
		loss.add(loss.current, false);
	}
};

test('nothing seen is nothing measured, and next to nothing expected', t => {
	const loss = new LossEstimate();
	t.is(loss.measured, undefined);
	t.is(loss.current.measured, undefined);
	t.true(loss.value > 0 && loss.value < 0.05);
});

test('no loss is never none for certain', t => {
	const loss = new LossEstimate();
	count(loss, 0, 10_000);
	t.is(loss.measured, 0);
	t.true(loss.value > 0 && loss.value < 0.001);
});

test('the prior is believed while little is known, and not any more later', t => {
	const loss = new LossEstimate(() => 0.3);
	t.is(loss.value, 0.3);
	count(loss, 0, 1);
	t.true(loss.value > 0.25);
	count(loss, 0, 2000);
	t.true(loss.value < 0.01);
	t.true(loss.current.value < 0.01);
});

test('each span counts for itself, and all of them together', t => {
	const loss = new LossEstimate();
	const first = loss.current;
	count(loss, 60, 40);
	loss.restart();
	count(loss, 10, 90);
	loss.add(first, true);
	t.is(first.lost, 61);
	t.deepEqual(loss.current.outcome, {probes: 100, answers: 90});
	t.is(loss.measured, 71 / 201);
});

test('a new span expects what others see in it', t => {
	const loss = new LossEstimate();
	count(loss, 50, 50);
	loss.restart(() => 0.02);
	t.is(loss.current.value, 0.02);
	loss.restart();
	t.true(loss.current.value > 0.3);
});

test('the least loss is that of the best span, old or new, and of others while too little is known', t => {
	const loss = new LossEstimate(
		() => 0.5,
		() => 0.1,
	);
	t.is(loss.least, 0.1);
	count(loss, 500, 500);
	t.true(loss.least > 0.45);
	loss.restart();
	count(loss, 50, 950);
	t.true(Math.abs(loss.least - 0.05) < 0.01);
	loss.restart();
	count(loss, 900, 100);
	t.true(Math.abs(loss.least - 0.05) < 0.01);
});

test('what is delivered is told against the best span, when it is clearly less', t => {
	const loss = new LossEstimate();
	count(loss, 2, 198);
	t.is(loss.delivered, 1);
	loss.restart();
	count(loss, 5, 10);
	t.is(loss.delivered, 1);
	count(loss, 45, 140);
	t.true(Math.abs(loss.delivered - 0.76) < 0.02, `${loss.delivered}`);
	loss.restart();
	count(loss, 2, 98);
	t.is(loss.delivered, 1);
});

test('much loss is suspicious where no less was seen, until it is accepted', t => {
	const loss = new LossEstimate();
	count(loss, 4, 6);
	t.is(loss.suspicious, 0);
	count(loss, 36, 54);
	t.is(loss.suspicious, 0.4);
	loss.accept();
	t.true(loss.accepted > 0.4);
	t.is(loss.suspicious, 0);
});

test('loss that a better span explains is not suspicious', t => {
	const loss = new LossEstimate();
	count(loss, 1, 99);
	loss.restart();
	count(loss, 40, 60);
	t.is(loss.suspicious, 0);
});

test('whatever is seen, the estimate is a chance that leaves silence a meaning', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.array(fc.option(fc.boolean())), seen => {
				const loss = new LossEstimate();
				for (const isLost of seen) {
					if (isLost === null) {
						loss.restart();
					} else {
						loss.add(loss.current, isLost);
					}
				}

				return [loss.value, loss.current.value, loss.least].every(value => value > 0 && value < 1);
			}),
		);
	});
});

test('what was lost at other rates weighs less for a later span than the prior of the first', t => {
	const first = new LossEstimate(() => 0.5);
	first.add(first.current, false);
	const later = new LossEstimate(() => 0.5);
	later.restart(() => 0.5);
	later.add(later.current, false);
	t.true(later.current.value < first.current.value);
});
