import {text} from 'node:stream/consumers';
import test from 'ava';
import {isReady, startPiped} from '../../src/programs/piped-child.ts';

test('a program says what it has to say and ends with its status', async t => {
	const {process: child, end} = startPiped('sh', ['-c', 'cat; exit 3']);
	child.stdin.end('hello');
	t.is(await text(child.stdout), 'hello');
	t.is(await end, 3);
});

test('a program that is not there is an error that names it', async t => {
	const {process: child, end} = startPiped('/nowhere/unshare', []);
	child.stdin.end('hello');
	await t.throwsAsync(end, {
		code: 'ERR_HALFOPEN_SYSTEM',
		message: /^Failed to run `\/nowhere\/unshare`: .*ENOENT/,
	});
});

test('a program is ready when it says so', async t => {
	const child = startPiped('sh', ['-c', 'echo ready; exec cat']);
	t.true(await isReady(child));
	child.process.stdin.end();
	t.is(await child.end, 0);
});

test('a program that ends without saying so never was', async t => {
	t.false(await isReady(startPiped('sh', ['-c', 'exit 1'])));
});
