import test from 'ava';
import {refuses} from './command-lines.ts';

const outside = 'is not part of halfopen: it does the TCP SYN and connect scans only';
for (const name of [
	'-sU',
	'-sV',
	'-sC',
	'-O',
	'-A',
	'--script',
	'-sA',
	'-sN',
	'-sF',
	'-sX',
	'-sI',
	'-sY',
	'-sZ',
	'-sO',
]) {
	test(refuses, `${name} x`, `${name} ${outside}`);
}

test(refuses, '-sSV x', `-sV ${outside}`);
test(refuses, '-script=vuln x', `--script ${outside}`);
test(refuses, '--script-a x', `--script-args ${outside}`);
test(refuses, '-b ftp x', `-b ${outside}`);

const onPurpose = 'is absent on purpose: halfopen does not forge its source or hide among decoys';
test(refuses, '-D RND:5 x', `-D ${onPurpose}`);
test(refuses, '-Dme x', `-D ${onPurpose}`);
test(refuses, '-S 10.0.0.1 x', `-S ${onPurpose}`);
test(refuses, '--spoof-mac 0 x', `--spoof-mac ${onPurpose}`);
test(refuses, '--badsum x', `--badsum ${onPurpose}`);

const later = 'is not available in this version';
for (const name of ['-oS', '--resume', '-iR', '-f']) {
	test(refuses, `${name} x`, `${name} ${later}`);
}

test(
	refuses,
	'-PY80,443 x',
	'-PY is not part of halfopen: it sends no SCTP; -PS, -PA, -PU and -PE find hosts too',
);
