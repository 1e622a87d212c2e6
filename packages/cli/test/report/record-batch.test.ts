import test from 'ava';
import {stringOf} from '../../src/process/io.ts';
import {RecordBatch} from '../../src/report/record-batch.ts';

test('a batch has the bytes of its records, and where each ends', t => {
	const batch = RecordBatch.of('abc', 'é€😀', Uint8Array.of(0x78, 0x79));
	t.deepEqual(Buffer.from(batch.bytes), Buffer.from('abcé€😀xy'));
	t.deepEqual(batch.ends, [3, 12, 14]);
	t.is(stringOf(batch.bytes), 'abcé€😀xy');
});

test('a record for which there may be no room is not taken', t => {
	const batch = new RecordBatch(10);
	t.true(batch.add('abc'));
	t.false(batch.add('abc'));
	t.true(batch.add(new Uint8Array(7)));
	t.false(batch.add(Uint8Array.of(1)));
	t.deepEqual(batch.ends, [3, 10]);
});

test('the longest of texts has room in a batch made for it', t => {
	for (const longest of ['\uFFFF', '😀', '\uD800']) {
		t.is(RecordBatch.of(longest.repeat(1000)).bytes.length, Buffer.byteLength(longest) * 1000);
	}
});

test('a batch that was cleared is filled anew', t => {
	const batch = RecordBatch.of('abc');
	batch.clear();
	t.deepEqual(batch.ends, []);
	t.true(batch.add('xyz'));
	t.is(stringOf(batch.bytes), 'xyz');
});
