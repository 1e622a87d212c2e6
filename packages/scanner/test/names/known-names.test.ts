import test from 'ava';
import {KnownNames} from '../../src/names/known-names.ts';

test('names are remembered, also that there is none, and the oldest are forgotten', t => {
	const known = new KnownNames(2);
	known.set('192.0.2.1', 'one');
	known.set('192.0.2.2', undefined);
	t.is(known.get('192.0.2.1'), 'one');
	t.true(known.has('192.0.2.2'));
	known.set('192.0.2.3', 'three');
	t.false(known.has('192.0.2.1'));
	t.true(known.has('192.0.2.2'));
	t.is(known.get('192.0.2.3'), 'three');
});
