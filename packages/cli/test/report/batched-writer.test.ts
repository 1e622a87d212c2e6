import test from 'ava';
import {stringOf} from '../../src/process/io.ts';
import {BatchedWriter, type RecordSink} from '../../src/report/batched-writer.ts';

/** More than half of a batch. */
const LARGE = 'x'.repeat(100_000);

/** A sink that keeps the text of each batch, and writes the next when told. */
class Gate implements RecordSink {
	readonly batches: string[] = [];
	#open: (() => void) | undefined;

	async write(batch: Parameters<RecordSink['write']>[0]): Promise<void> {
		this.batches.push(stringOf(batch.bytes));
		await new Promise<void>(resolve => {
			this.#open = resolve;
		});
	}

	/** Lets the write that is under way end, and all that follows from it happen. */
	async open(): Promise<void> {
		this.#open?.();
		await untilIdle();
	}
}

const keeping = (batches: string[]): RecordSink => ({
	write: async batch => {
		batches.push(stringOf(batch.bytes));
	},
});

const untilIdle = async (): Promise<void> =>
	new Promise(resolve => {
		setImmediate(resolve);
	});

test('small records are written together', async t => {
	const batches: string[] = [];
	const writer = new BatchedWriter(keeping(batches));
	t.is(writer.add('a'), undefined);
	t.is(writer.add(''), undefined);
	t.is(writer.add(Uint8Array.of(0x62)), undefined);
	t.deepEqual(batches, []);
	await writer.flush();
	t.deepEqual(batches, ['ab']);
});

test('what waits is written when the process has nothing else to do', async t => {
	const batches: string[] = [];
	await new BatchedWriter(keeping(batches)).add('a');
	await untilIdle();
	t.deepEqual(batches, ['a']);
});

test('a record larger than a batch goes whole', async t => {
	const batches: string[] = [];
	const writer = new BatchedWriter(keeping(batches));
	const record = 'x'.repeat(1_000_000);
	await writer.add('a');
	await writer.add(record);
	await writer.flush();
	t.deepEqual(batches, ['a', record]);
});

test('what came in many batches is all there, in its order', async t => {
	const batches: string[] = [];
	const writer = new BatchedWriter(keeping(batches));
	const records = Array.from({length: 200}, (_, index) => `${index};`.repeat(1000 + index * 10));
	for (const record of records) {
		await writer.add(record);
	}

	await writer.flush();
	t.true(batches.length > 2);
	t.is(batches.join(''), records.join(''));
});

test('a slow sink makes its user wait once another batch is full', async t => {
	const gate = new Gate();
	const writer = new BatchedWriter(gate);
	const state = {isAdded: false};
	const addMuch = async (): Promise<void> => {
		for (let count = 0; count < 20; count++) {
			await writer.add(LARGE);
		}

		state.isAdded = true;
	};
	const added = addMuch();
	await untilIdle();
	t.false(state.isAdded);
	t.is(gate.batches.length, 1);
	while (!state.isAdded) {
		await gate.open();
	}

	await added;
});

test('while a write is under way what comes waits for its end, and goes together', async t => {
	const gate = new Gate();
	const writer = new BatchedWriter(gate);
	await writer.add('a');
	await untilIdle();
	for (const record of ['b', 'c', 'd']) {
		await writer.add(record);
		await untilIdle();
	}

	t.deepEqual(gate.batches, ['a']);
	await gate.open();
	t.deepEqual(gate.batches, ['a', 'bcd']);
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
