import {LossSpan, TryHistory} from '@halfopen/timing';
import test from 'ava';
import {Bench} from '../../src/by-host/bench.ts';

const historyOf = (loss: number): TryHistory => new TryHistory(new LossSpan(() => loss));

test('ports are taken off by what they went through', t => {
	const bench = new Bench();
	const [bad, good] = [historyOf(0.5), historyOf(0.01)];
	bench.add(80, bad);
	bench.add(81, good);
	bench.add(82, bad);
	t.deepEqual(
		bench.take(history => history === bad).map(({portIndex}) => portIndex),
		[80, 82],
	);
	t.false(bench.isEmpty);
	t.deepEqual(
		bench.take(() => true),
		[{portIndex: 81, history: good}],
	);
	t.true(bench.isEmpty);
});

test('the doubt is that of the ports on it, on average', t => {
	const bench = new Bench();
	t.is(bench.doubt, 0);
	bench.add(80, historyOf(0.5));
	bench.add(81, historyOf(0.1));
	t.true(Math.abs(bench.doubt - 0.3) < 1e-12);
});
