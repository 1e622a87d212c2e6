import test from 'ava';
import {formatTable} from '../../src/text/text-table.ts';

test('columns are as wide as their widest cell and lines have no blanks at their end', t => {
	t.is(
		formatTable([
			['PORT', 'STATE', 'SERVICE'],
			['22/tcp', 'open', 'ssh'],
			['8080/tcp', 'filtered', 'http-alt'],
		]),
		'PORT     STATE    SERVICE\n22/tcp   open     ssh\n8080/tcp filtered http-alt\n',
	);
});
