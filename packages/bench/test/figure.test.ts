import test from 'ava';
import {figuresOf, reachesGoal} from '../src/figure.ts';
import type {Sample} from '../src/measurement.ts';

const sent = (value: number): Sample => ({name: 'sent', unit: '/s', better: 'more', value});

test('of several rounds the median counts, and the bounds are kept', t => {
	t.like(figuresOf([[sent(3)], [sent(1)], [sent(2)]]), [{name: 'sent', value: 2, least: 1, most: 3}]);
});

test('of an even number of rounds the lower one in the middle counts', t => {
	t.is(figuresOf([[sent(4)], [sent(1)], [sent(2)], [sent(3)]])[0].value, 2);
});

test('shares are those of the round that counts', t => {
	const rounds = [5, 1, 3].map(value => [{...sent(value), shares: {late: value / 10}}]);
	t.deepEqual(figuresOf(rounds)[0].shares, {late: 0.3});
});

test('what was not measured has no figures', t => {
	t.deepEqual(figuresOf([]), []);
});

const reaches = test.macro({
	title: (_, better: 'more' | 'less', value: number, goal: number | undefined, result: boolean | undefined) =>
		`${value} where ${better} is better and ${goal} the goal: ${result}`,
	exec(t, better: 'more' | 'less', value: number, goal: number | undefined, result: boolean | undefined) {
		const figure = {...sent(value), better, least: value, most: value, ...(goal !== undefined && {goal})};
		t.is(reachesGoal(figure), result);
	},
});

test(reaches, 'more', 10, 10, true);
test(reaches, 'more', 9, 10, false);
test(reaches, 'less', 0.5, 0.5, true);
test(reaches, 'less', 0.6, 0.5, false);
test(reaches, 'less', 0.6, undefined, undefined);
