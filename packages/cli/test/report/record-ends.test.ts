import test from 'ava';
import {RecordEnds} from '../../src/report/record-ends.ts';

test('a file may be cut where a record ends, or where the first began', t => {
	const ends = new RecordEnds(100);
	ends.add(['abc', 'é', Uint8Array.of(1, 2)]);
	t.deepEqual(
		[50, 100, 102, 103, 104, 105, 106, 107, 999].map(position => ends.lastUpTo(position)),
		[100, 100, 100, 103, 103, 105, 105, 107, 107],
	);
});

test('only the last ends are kept, at least one of them before the last 256 KiB', t => {
	const ends = new RecordEnds(0);
	const record = 'x'.repeat(100_000);
	for (let count = 0; count < 10; count++) {
		ends.add([record]);
	}

	t.is(ends.lastUpTo(750_000), 700_000);
	t.is(ends.lastUpTo(699_999), 0);
});
