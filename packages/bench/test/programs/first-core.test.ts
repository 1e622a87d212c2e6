import test from 'ava';
import {firstCore, firstListed} from '../../src/programs/first-core.ts';

const first = test.macro({
	title: (_, list: string, core: string) => `of ${list} the first is ${core}`,
	exec(t, list: string, core: string) {
		t.is(firstListed(`Name:\tnode\nCpus_allowed:\t3\nCpus_allowed_list:\t${list}\nMems_allowed:\t1\n`), core);
	},
});

test(first, '0-1', '0');
test(first, '2,5-7', '2');
test(first, '13', '13');

test('without a list it is the first of all', t => {
	t.is(firstListed('Name:\tnode\n'), '0');
});

test('this process may run somewhere', t => {
	t.regex(firstCore(), /^\d+$/);
});
