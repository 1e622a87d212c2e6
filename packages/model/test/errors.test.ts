import test from 'ava';
import {ScanError} from '@halfopen/model';

test('an error carries its code, its name and its cause', t => {
	const cause = new Error('why');
	const error = new ScanError('ERR_HALFOPEN_PORT', 'Expected a port', {cause});
	t.true(error instanceof Error);
	t.like(error, {code: 'ERR_HALFOPEN_PORT', name: 'ScanError', message: 'Expected a port', cause});
});
