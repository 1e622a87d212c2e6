import test from 'ava';
import type {CaseResult, Figure} from '../../src/figure.ts';
import {compareReports, isWorse} from '../../src/report/compare-reports.ts';

const result = (figure: Partial<Figure>, rest: Partial<CaseResult> = {}): CaseResult => {
	const {value = 100} = figure;
	return {
		measurement: 'send',
		label: 'packet',
		figures: [{name: 'sent', unit: '/s', better: 'more', value, least: value, most: value, ...figure}],
		...rest,
	};
};

const judged = test.macro(
	(t, before: Partial<Figure>, now: Partial<Figure>, verdict: 'better' | 'same' | 'worse') => {
		const [comparison] = compareReports([result(before)], [result(now)]);
		t.is(comparison.verdict, verdict);
		t.is(isWorse([result(before)], [result(now)]), verdict === 'worse');
	},
);

test('less is worse where more is better', judged, {value: 100}, {value: 90}, 'worse');
test('more is better where more is better', judged, {value: 100}, {value: 110}, 'better');
test('more is worse where less is better', judged, {better: 'less'}, {value: 110, better: 'less'}, 'worse');
test('less is better where less is better', judged, {better: 'less'}, {value: 90, better: 'less'}, 'better');
test('a few per cent are the noise of a quiet machine', judged, {value: 100}, {value: 95}, 'same');
test(
	'as much as the rounds differed is noise',
	judged,
	{value: 100},
	{value: 80, least: 75, most: 95},
	'same',
);
test(
	'so is it if it was in the earlier run',
	judged,
	{value: 100, least: 85, most: 110},
	{value: 80},
	'same',
);
test(
	'below the grain nothing counts',
	judged,
	{value: 0.01, better: 'less', grain: 0.1},
	{value: 0.1, better: 'less', grain: 0.1},
	'same',
);
test(
	'above the grain it does',
	judged,
	{value: 0.01, better: 'less', grain: 0.1},
	{value: 0.2, better: 'less', grain: 0.1},
	'worse',
);
test(
	'the first loss is worse than none',
	judged,
	{value: 0, better: 'less'},
	{value: 1, better: 'less'},
	'worse',
);

test('a comparison says of what, and by how much', t => {
	t.deepEqual(compareReports([result({value: 50})], [result({value: 75})]), [
		{measurement: 'send', label: 'packet', figure: 'sent', before: 50, ratio: 1.5, verdict: 'better'},
	]);
});

test('there is no ratio to nothing', t => {
	t.is(compareReports([result({value: 0})], [result({value: 75})])[0].ratio, undefined);
});

test('what one of the runs has not is not compared', t => {
	const now = [result({})];
	t.deepEqual(compareReports([], now), []);
	t.deepEqual(compareReports([result({}, {label: 'ip'})], now), []);
	t.deepEqual(compareReports([result({}, {measurement: 'receive'})], now), []);
	t.deepEqual(compareReports([result({name: 'received'})], now), []);
	t.false(isWorse([result({}, {label: 'ip'})], now));
});
