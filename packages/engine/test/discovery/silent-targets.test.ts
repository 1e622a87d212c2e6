import {micros, SECOND} from '@halfopen/model';
import {LossSpan, TryHistory} from '@halfopen/timing';
import test from 'ava';
import {type Silence, SilentTargets} from '../../src/discovery/silent-targets.ts';

const historyOf = (): TryHistory => new TryHistory(new LossSpan(() => 0.01));

const silence = (history: TryHistory, more: Partial<Silence> = {}): Silence => ({
	history,
	attempt: 1,
	probesSent: 8,
	startedAt: micros(0),
	...more,
});

const rangesOf = (silent: SilentTargets, history: TryHistory): number[][] =>
	silent.take(history).map(({from, to}) => [from, to]);

test('targets in a row that had the same are one run, however many', t => {
	const silent = new SilentTargets();
	const history = historyOf();
	for (let place = 10; place < 100_000; place++) {
		silent.add(place, silence(history));
	}

	t.is(silent.targets, 99_990);
	t.deepEqual(rangesOf(silent, history), [[10, 100_000]]);
	t.is(silent.targets, 0);
	t.deepEqual(silent.histories, []);
});

test('a gap, other tries and other numbers of probes begin a run, as does a second', t => {
	const silent = new SilentTargets();
	const [one, other] = [historyOf(), historyOf()];
	silent.add(0, silence(one));
	silent.add(1, silence(one));
	silent.add(2, silence(other));
	silent.add(3, silence(one));
	silent.add(4, silence(one, {probesSent: 7}));
	silent.add(5, silence(one, {probesSent: 7, attempt: 2}));
	silent.add(6, silence(one, {probesSent: 7, attempt: 2, startedAt: micros(SECOND)}));
	t.deepEqual(rangesOf(silent, one), [
		[0, 2],
		[3, 4],
		[4, 5],
		[5, 6],
		[6, 7],
	]);
	t.is(silent.targets, 1);
	t.deepEqual(rangesOf(silent, other), [[2, 3]]);
});

test('there is room for a bounded number of runs', t => {
	const silent = new SilentTargets();
	const history = historyOf();
	for (let count = 0; count < 65_535; count++) {
		silent.add(2 * count, silence(history));
	}

	t.false(silent.isFull);
	silent.add(1_000_000, silence(history));
	t.true(silent.isFull);
	silent.take(history);
	t.false(silent.isFull);
});
