import {chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {RecordBatch} from '../../src/report/record-batch.ts';
import {openReportFile} from '../../src/report/report-file.ts';

const folderTest = (title: string, body: (t: ExecutionContext, folder: string) => Promise<void>): void => {
	test(title, async t => {
		const folder = await mkdtemp(path.join(tmpdir(), 'halfopen-report-'));
		try {
			await body(t, folder);
		} finally {
			await rm(folder, {recursive: true});
		}
	});
};

folderTest('a file that is replaced keeps its content until the new one is complete', async (t, folder) => {
	const name = path.join(folder, 'report');
	await writeFile(name, 'old');
	await chmod(name, 0o640);
	const file = await openReportFile('-oN', name, {append: false});
	t.false(file.isContinued);
	await file.begin();
	await file.write(RecordBatch.of('new', '!'));
	t.is(await readFile(name, 'utf8'), 'old');
	await file.close();
	t.is(await readFile(name, 'utf8'), 'new!');
	t.is((await stat(name)).mode & 0o777, 0o640);
	t.deepEqual(await readdir(folder), ['report']);
});

folderTest('a new file can be followed while it is written', async (t, folder) => {
	const name = path.join(folder, 'report');
	const file = await openReportFile('-oN', name, {append: false});
	await file.begin();
	await file.write(RecordBatch.of('some'));
	t.is(await readFile(name, 'utf8'), 'some');
	await file.close();
});

folderTest('when the scan never begins all is left as it was', async (t, folder) => {
	const [old, fresh] = ['old', 'new'].map(name => path.join(folder, name));
	await writeFile(old, 'old');
	for (const [name, append] of [
		[old, false],
		[old, true],
		[fresh, false],
		[fresh, true],
	] as const) {
		await (await openReportFile('-oN', name, {append})).close();
	}

	t.is(await readFile(old, 'utf8'), 'old');
	t.deepEqual(await readdir(folder), ['old']);
});

folderTest('a file that is continued keeps what it has', async (t, folder) => {
	const name = path.join(folder, 'report');
	await writeFile(name, 'old');
	const file = await openReportFile('-oN', name, {append: true});
	t.true(file.isContinued);
	await file.begin();
	await file.write(RecordBatch.of('new'));
	await file.close();
	t.is(await readFile(name, 'utf8'), 'oldnew');
});

folderTest('a link stays a link, and what it leads to is replaced', async (t, folder) => {
	const [target, link] = ['target', 'link'].map(name => path.join(folder, name));
	await writeFile(target, 'old');
	await symlink('target', link);
	const file = await openReportFile('-oN', link, {append: false});
	await file.begin();
	await file.write(RecordBatch.of('new'));
	await file.close();
	t.is(await readFile(target, 'utf8'), 'new');
	t.deepEqual((await readdir(folder)).sort(), ['link', 'target']);
});

folderTest('the end gets the room of as many records as it needs', async (t, folder) => {
	const name = path.join(folder, 'report');
	await writeFile(name, 'before ');
	const file = await openReportFile('-oN', name, {append: true});
	await file.begin();
	await file.write(RecordBatch.of('one ', 'two ', 'three '));
	await file.squeezeIn('the end');
	await file.close();
	t.is(await readFile(name, 'utf8'), 'before one the end');
});

folderTest('a file that cannot be opened is told with its option', async (t, folder) => {
	const name = path.join(folder, 'missing', 'report');
	await t.throwsAsync(openReportFile('-oX', name, {append: false}), {
		code: 'ERR_HALFOPEN_OPTION',
		message: `-oX: cannot write \`${name}\`: no such file or directory (ENOENT)`,
	});
	await t.throwsAsync(openReportFile('-oX', folder, {append: false}), {
		message: `-oX: cannot write \`${folder}\`: illegal operation on a directory (EISDIR)`,
	});
});

test('what is no regular file is written as it is', async t => {
	const file = await openReportFile('-oN', '/dev/null', {append: false});
	await file.begin();
	await file.write(RecordBatch.of('gone'));
	await file.close();
	t.true((await stat('/dev/null')).isCharacterDevice());
});

test('a device without room fails, and its end does too', async t => {
	const file = await openReportFile('-oN', '/dev/full', {append: false});
	await file.begin();
	const failure = {
		code: 'ERR_HALFOPEN_SYSTEM',
		message: 'Cannot write `/dev/full`: no space left on device (ENOSPC)',
	};
	await t.throwsAsync(file.write(RecordBatch.of('some')), failure);
	await t.throwsAsync(file.squeezeIn('end'), failure);
	await file.close();
});
