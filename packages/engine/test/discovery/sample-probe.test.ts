import test from 'ava';
import {SampleProbe} from '../../src/discovery/sample-probe.ts';

test('the first probe of a try is the sample until another leads clearly', t => {
	const sample = new SampleProbe(4);
	t.is(sample.place, 0);
	t.false(sample.onAnswer(0));
	const changes = Array.from({length: 10}, () => sample.onAnswer(2));
	t.deepEqual(changes.indexOf(true), 9);
	t.is(sample.place, 2);
	t.false(sample.onAnswer(2));
});
