import test from 'ava';
import {formatTcpOptions} from '../../src/trace/tcp-options.ts';
import {bytesOf} from '../packets.ts';

const reads = test.macro({
	title: (_, bytes: string, text: string) => `TCP options ${bytes} read "${text}"`,
	exec(t, bytes: string, text: string) {
		t.is(formatTcpOptions(bytesOf(bytes)), text);
	},
});

test(reads, '', '');
test(reads, '020405b4', 'mss 1460');
test(
	reads,
	'020405b40402080a00000001000000020103 0307'.replace(' ', ''),
	'mss 1460,sackOK,timestamp 1 2,nop,wscale 7',
);
test(reads, '0100ffff', 'nop,eol');
test(reads, '02', 'bad option 2');
test(reads, '0200', 'bad option 2');
test(reads, '020805b4', 'bad option 2');
test(reads, '0203051e0500', 'option 2 of 3 bytes,bad option 30');
test(reads, '1e04aabb', 'option 30 of 4 bytes');
