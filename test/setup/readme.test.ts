import {spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'ava';

const ROOT = path.join(import.meta.dirname, '../..');

test('links of the published page lead to the repository, and others stay', t => {
	t.is(
		publishedPage('[a](docs/a.md#b) [c](LICENSE), [d](https://example.org/d) and [e](#e)'),
		'[a](https://github.com/halfopen/halfopen/blob/main/docs/a.md#b) ' +
			'[c](https://github.com/halfopen/halfopen/blob/main/LICENSE), [d](https://example.org/d) and [e](#e)',
	);
});

test('no link of our page is left out', t => {
	const page = publishedPage(readFileSync(path.join(ROOT, 'README.md'), 'utf8'));
	const targets = [...page.matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target);
	t.true(targets.length > 10);
	t.deepEqual(
		targets.filter(target => !target.startsWith('https://')),
		[],
	);
});

/** What is published of this page. */
const publishedPage = (text: string): string => {
	const folder = mkdtempSync(path.join(os.tmpdir(), 'halfopen-readme-'));
	try {
		cpSync(path.join(ROOT, 'scripts'), path.join(folder, 'scripts'), {recursive: true});
		mkdirSync(path.join(folder, 'packages/cli'), {recursive: true});
		writeFileSync(path.join(folder, 'README.md'), text);
		spawnSync(process.execPath, [path.join(folder, 'scripts/readme.mjs')]);
		return readFileSync(path.join(folder, 'packages/cli/README.md'), 'utf8');
	} finally {
		rmSync(folder, {recursive: true});
	}
};
