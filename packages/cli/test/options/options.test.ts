import test from 'ava';
import {OPTION_GROUPS} from '../../src/options/option.ts';
import {OPTIONS} from '../../src/options/options.ts';
import {REFUSED_OPTIONS} from '../../src/options/refused-options.ts';

test('no name stands for two things', t => {
	const names = [...OPTIONS.flatMap(option => option.names), ...REFUSED_OPTIONS.map(refused => refused.name)];
	t.deepEqual(
		names.filter((name, index) => names.indexOf(name) !== index),
		[],
	);
});

test('every group has options, in the order of the groups', t => {
	const groups = OPTIONS.map(({group}) => OPTION_GROUPS.indexOf(group));
	t.deepEqual(
		groups,
		groups.toSorted((a, b) => a - b),
	);
	t.is(new Set(groups).size, OPTION_GROUPS.length);
});
