import {MILLISECOND, micros} from '@halfopen/model';
import test from 'ava';
import {LossSpan} from '../src/loss-span.ts';
import {YoungTries} from '../src/young-tries.ts';

/** A span of which so many tries were answered. */
const spanOf = (answered: number): LossSpan => {
	const span = new LossSpan(() => 0.1);
	for (let count = 0; count < answered; count++) {
		span.add(false);
	}

	return span;
};

test('young tries do not lower the loss of their span, nor that of all', t => {
	const [span, all] = [spanOf(50), spanOf(50)];
	const young = new YoungTries(all);
	const [before, after] = [spanOf(0).value, spanOf(50).value];
	for (let at = 0; at < 50; at++) {
		young.add(micros(at), span);
	}

	t.is(span.value, before);
	t.is(all.value, before);
	young.takeSentBy(50);
	t.is(span.value, after);
	t.is(all.value, after);
});

test('they grow old in the order in which they left', t => {
	const [span, all] = [spanOf(40), spanOf(40)];
	const young = new YoungTries(all);
	for (let count = 0; count < 40; count++) {
		young.add(micros(count * 10 * MILLISECOND), span);
	}

	young.takeSentBy(-1);
	t.is(span.value, spanOf(0).value);
	young.takeSentBy(200 * MILLISECOND - 1);
	t.is(span.value, spanOf(20).value);
	young.takeSentBy(390 * MILLISECOND);
	t.is(span.value, spanOf(40).value);
});

test('a try whose span is not known counts for all', t => {
	const all = spanOf(10);
	const young = new YoungTries(all);
	for (let at = 0; at < 10; at++) {
		young.add(micros(at), undefined);
	}

	t.is(all.value, spanOf(0).value);
	young.takeSentBy(10);
	t.is(all.value, spanOf(10).value);
});
