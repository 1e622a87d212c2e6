import {execFile} from 'node:child_process';
import {cp, mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';

const PACKAGE = path.join(import.meta.dirname, '..');
const run = promisify(execFile);

const versionLine = async (): Promise<string> => {
	const {version} = JSON.parse(await readFile(path.join(PACKAGE, 'package.json'), 'utf8')) as {
		version: string;
	};
	return `halfopen version ${version} ( https://github.com/halfopen/halfopen )\n`;
};

/** A copy of what is there before a build. */
const withUnbuilt = async (action: (bin: string) => Promise<void>): Promise<void> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-bin-'));
	try {
		await cp(path.join(PACKAGE, 'bin'), path.join(folder, 'bin'), {recursive: true});
		await cp(path.join(PACKAGE, 'package.json'), path.join(folder, 'package.json'));
		await action(path.join(folder, 'bin', 'halfopen.js'));
	} finally {
		await rm(folder, {recursive: true});
	}
};

test('--version needs nothing but the package', async t =>
	withUnbuilt(async bin => {
		t.is((await run(process.execPath, [bin, '--version'])).stdout, await versionLine());
		t.is((await run(process.execPath, [bin, '-V'])).stdout, await versionLine());
	}));

test('before a build the command says how to build', async t =>
	withUnbuilt(async bin => {
		await t.throwsAsync(run(process.execPath, [bin, '127.0.0.1']), {
			message: /\nhalfopen: not built yet: run `npm run build` first\n$/,
			code: 1,
		});
	}));
