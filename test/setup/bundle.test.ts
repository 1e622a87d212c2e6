import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';

const PACKAGES = path.join(import.meta.dirname, '../../packages');

test('what was built is in files directly below dist', t => {
	for (const name of readdirSync(PACKAGES)) {
		const built = readdirSync(path.join(PACKAGES, name, 'dist'), {recursive: true, encoding: 'utf8'});
		const scripts = built.filter(file => file.endsWith('.js'));
		t.true(scripts.includes('index.js'), name);
		t.deepEqual(
			scripts,
			scripts.map(file => path.basename(file)),
			name,
		);
	}
});

test('declarations are of sources that there are', t => {
	const stale = readdirSync(PACKAGES).flatMap(name =>
		readdirSync(path.join(PACKAGES, name, 'dist'), {recursive: true, encoding: 'utf8'})
			.filter(file => /\.d\.ts(\.map)?$/.test(file))
			.map(file => path.join(PACKAGES, name, 'src', file.replace(/\.d\.ts(\.map)?$/, '.ts')))
			.filter(source => !existsSync(source)),
	);
	t.deepEqual(stale, []);
});

test('with source maps a stack names the lines of sources', t => {
	const entry = pathToFileURL(path.join(PACKAGES, 'model/dist/index.js')).href;
	const program = `import {formatPortRanges} from '${entry}'; formatPortRanges(undefined);`;
	const {stderr} = spawnSync(
		process.execPath,
		['--enable-source-maps', '--input-type=module', '--eval', program],
		{encoding: 'utf8'},
	);
	t.regex(stderr, /packages\/model\/src\/port-range\.ts:\d+:\d+/);
});
