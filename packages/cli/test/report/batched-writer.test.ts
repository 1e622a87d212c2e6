import test from 'ava';
import {BatchedWriter} from '../../src/report/batched-writer.ts';
import type {TextSink} from '../../src/process/io.ts';

const keeping = (pieces: string[]): TextSink => ({
	write: async text => {
		pieces.push(text);
	},
});

test('small pieces are written together', async t => {
	const pieces: string[] = [];
	const writer = new BatchedWriter(keeping(pieces));
	await writer.add('a');
	await writer.add('b');
	t.deepEqual(pieces, []);
	await writer.flush();
	t.deepEqual(pieces, ['ab']);
});

test('what waits is written when the process has nothing else to do', async t => {
	const pieces: string[] = [];
	const writer = new BatchedWriter(keeping(pieces));
	await writer.add('a');
	await new Promise(resolve => {
		setImmediate(resolve);
	});
	t.deepEqual(pieces, ['a']);
});

test('a large piece is written at once, in one piece', async t => {
	const pieces: string[] = [];
	await new BatchedWriter(keeping(pieces)).add('x'.repeat(1_000_000));
	t.deepEqual(
		pieces.map(piece => piece.length),
		[1_000_000],
	);
});

test('a slow sink makes the writer wait', async t => {
	const gate: {open?: () => void} = {};
	const sink: TextSink = {
		write: async () =>
			new Promise(resolve => {
				gate.open = resolve;
			}),
	};
	const state = {isAdded: false};
	const add = async (): Promise<void> => {
		await new BatchedWriter(sink).add('x'.repeat(100_000));
		state.isAdded = true;
	};
	const added = add();
	await new Promise(resolve => {
		setImmediate(resolve);
	});
	t.false(state.isAdded);
	gate.open?.();
	await added;
	t.true(state.isAdded);
});

test('a failure is told at the next call, and nothing more is written', async t => {
	let writes = 0;
	const sink: TextSink = {
		write: async () => {
			writes++;
			throw new Error('disk full');
		},
	};
	const writer = new BatchedWriter(sink);
	await writer.add('a');
	await t.throwsAsync(writer.flush(), {message: 'disk full'});
	await t.throwsAsync(writer.add('b'), {message: 'disk full'});
	t.is(writes, 1);
});
