// The manual page is that of the code, and roff has nothing against it.
import {execFileSync, spawnSync} from 'node:child_process';
import path from 'node:path';
import test from 'ava';
import {OPTIONS} from '../../packages/cli/src/options/options.ts';
import {ROOT} from './markdown.ts';

const PAGE = path.join(ROOT, 'docs/halfopen.1');

test('the manual page is current', t => {
	t.notThrows(() => {
		execFileSync(
			process.execPath,
			['--conditions=@halfopen/source', path.join(ROOT, 'scripts/manual-page.mjs'), '--check'],
			{stdio: 'pipe'},
		);
	});
});

test('the manual page is read without a warning and shows every spelling of every option', t => {
	const {error, stderr, stdout} = spawnSync('groff', ['-ww', '-man', '-Tascii', '-P-cbou', PAGE], {
		encoding: 'utf8',
	});
	if (error !== undefined) {
		t.log('groff is not installed');
		t.pass();
		return;
	}

	t.is(stderr, '');
	t.deepEqual(
		OPTIONS.flatMap(({names}) => names).filter(name => !stdout.includes(name)),
		[],
	);
});
