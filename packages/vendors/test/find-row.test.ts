import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import test from 'ava';
import {findRow} from '../src/find-row.ts';

test('every row of any table is found, and nothing else', t => {
	const keys = fc.uniqueArray(fc.stringMatching(/^[\dA-F]{1,4}$/), {maxLength: 40});
	const value = fc.stringMatching(/^[^\n]{0,8}$/);
	t.notThrows(() =>
		fc.assert(
			fc.property(keys, keys, fc.infiniteStream(value), (present, others, values) => {
				const rows = new Map(present.map(key => [key, values.next().value as string]));
				const table = Buffer.from(
					[...rows]
						.map(([key, text]) => `${key}\t${text}\n`)
						.sort()
						.join(''),
				);
				return [...present, ...others].every(key => findRow(table, key) === rows.get(key));
			}),
		),
	);
});

test('nothing is found in an empty table', t => {
	t.is(findRow(Buffer.alloc(0), 'A'), undefined);
});
