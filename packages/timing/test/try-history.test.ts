import test from 'ava';
import {LossSpan} from '../src/loss-span.ts';
import {TryHistory} from '../src/try-history.ts';

const spanOf = (loss: number): LossSpan => new LossSpan(() => loss);

test('the doubt is the chance that every try was lost, each at the loss of its span', t => {
	const [bad, good] = [spanOf(0.5), spanOf(0.1)];
	const history = new TryHistory(bad).withTry(bad).withTry(good);
	t.is(history.length, 3);
	t.true(Math.abs(history.doubt - 0.5 * 0.5 * 0.1) < 1e-12);
	t.is(history.previous!.previous!.previous, undefined);
});

test('ports with the same tries share a history', t => {
	const span = spanOf(0.1);
	const first = new TryHistory(span);
	t.is(first.withTry(span), first.withTry(span));
	t.not(first.withTry(span), first.withTry(spanOf(0.1)));
});

test('what is learned of a span later changes the doubt', t => {
	const span = spanOf(0.1);
	const history = new TryHistory(span);
	for (let count = 0; count < 100; count++) {
		span.add(true);
	}

	t.true(history.doubt > 0.5);
});
