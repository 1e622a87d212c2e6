import test from 'ava';
import {BatchedWriter, type Part, type RecordSink} from '../../src/report/batched-writer.ts';

const keeping = (batches: Part[][]): RecordSink => ({
	write: async records => {
		batches.push([...records]);
	},
});

const untilIdle = async (): Promise<void> =>
	new Promise(resolve => {
		setImmediate(resolve);
	});

test('small records are written together', async t => {
	const batches: Part[][] = [];
	const writer = new BatchedWriter(keeping(batches));
	t.is(writer.add('a'), undefined);
	t.is(writer.add(''), undefined);
	t.is(writer.add(Uint8Array.of(1)), undefined);
	t.deepEqual(batches, []);
	await writer.flush();
	t.deepEqual(batches, [['a', Uint8Array.of(1)]]);
});

test('what waits is written when the process has nothing else to do', async t => {
	const batches: Part[][] = [];
	await new BatchedWriter(keeping(batches)).add('a');
	await untilIdle();
	t.deepEqual(batches, [['a']]);
});

test('a large record is written at once', async t => {
	const batches: Part[][] = [];
	await new BatchedWriter(keeping(batches)).add('x'.repeat(1_000_000));
	t.deepEqual(
		batches.map(records => records.map(({length}) => length)),
		[[1_000_000]],
	);
});

test('a slow sink makes its user wait', async t => {
	const gate: {open?: () => void} = {};
	const sink: RecordSink = {
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
	await untilIdle();
	t.false(state.isAdded);
	gate.open?.();
	await added;
	t.true(state.isAdded);
});

test('after a failure nothing more is written, and it is known', async t => {
	let writes = 0;
	const failure = new Error('disk full');
	const writer = new BatchedWriter({
		write: async () => {
			writes++;
			throw failure;
		},
	});
	t.is(writer.failure, undefined);
	await writer.add('a');
	await writer.flush();
	t.is(writer.failure?.cause, failure);
	await writer.add('b');
	await writer.flush();
	t.is(writes, 1);
});
