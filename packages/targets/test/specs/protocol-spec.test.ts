import {ScanError} from '@halfopen/model';
import test from 'ava';
import {parseProtocols} from '../../src/index.ts';

const reads = test.macro({
	title: (_, text: string | readonly number[]) => `protocols: ${JSON.stringify(text)}`,
	exec(t, text: string | readonly number[], expected: readonly number[]) {
		t.deepEqual(parseProtocols(text), expected);
	},
});

test(reads, '1,2,4', [1, 2, 4]);
test(reads, '6', [6]);
test(reads, '1-3,', [1, 2, 3]);
test(reads, '-2', [0, 1, 2]);
test(reads, '254-', [254, 255]);
test(reads, 'icmp,IPv6-ICMP', [1, 58]);
test(reads, [47, 50], [47, 50]);

const refuses = test.macro({
	title: (_, text: string | readonly number[]) => `no protocols: ${JSON.stringify(text)}`,
	exec(t, text: string | readonly number[]) {
		t.throws(() => parseProtocols(text), {instanceOf: ScanError, code: 'ERR_HALFOPEN_PORT'});
	},
});

test(refuses, '256');
test(refuses, '4-2');
test(refuses, '1,,2');
test(refuses, '');
test(refuses, 'toString');
test(refuses, [1.5]);
