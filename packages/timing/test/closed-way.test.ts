import {micros, SECOND} from '@halfopen/model';
import test from 'ava';
import {ClosedWay} from '../src/closed-way.ts';

const at = (seconds: number) => micros(seconds * SECOND);

test('a way is closed when nothing came back at two rates, and for a second', t => {
	const way = new ClosedWay();
	way.onAnswer(at(1));
	t.false(way.isInDoubt);
	t.false(way.onSilence(20, at(3)));
	t.true(way.isInDoubt);
	t.true(way.onSilence(20, at(4)));
	t.true(way.isClosed);
	t.false(way.isInDoubt);
});

test('it is not when an answer came less than a second ago', t => {
	const way = new ClosedWay();
	way.onAnswer(at(1));
	t.false(way.onSilence(20, at(1.2)));
	t.false(way.onSilence(20, at(1.9)));
	t.true(way.isInDoubt);
	t.true(way.onSilence(20, at(2)));
});

test('an answer opens it, and takes away the doubt', t => {
	const way = new ClosedWay();
	way.onSilence(20, at(3));
	way.onAnswer(at(3.5));
	t.false(way.isInDoubt);
	t.false(way.onSilence(20, at(5)));
	t.true(way.onSilence(20, at(6)));
	way.onAnswer(at(7));
	t.false(way.isClosed);
});

test('few answers that are missing show nothing', t => {
	const way = new ClosedWay();
	for (const seconds of [3, 4, 5]) {
		t.false(way.onSilence(7, at(seconds)));
	}

	t.true(way.onSilence(7, at(6)));
});
