import test from 'ava';
import {targetWords} from '../../src/targets/target-words.ts';

test('targets stand between any blanks, and comments end with the line', t => {
	t.deepEqual(targetWords('10.0.0.1 10.0.0.2\t# a comment 10.0.0.3\r\n\0example.org#x\n\n'), [
		'10.0.0.1',
		'10.0.0.2',
		'example.org',
	]);
	t.deepEqual(targetWords(''), []);
});
