import test from 'ava';
import {RecordEnds} from '../../src/report/record-ends.ts';

test('a file may be cut where a record ends, or where the first began', t => {
	const ends = new RecordEnds(100);
	ends.add([3, 5]);
	ends.add([2]);
	t.deepEqual(
		[50, 100, 102, 103, 104, 105, 106, 107, 999].map(position => ends.lastUpTo(position)),
		[100, 100, 100, 103, 103, 105, 105, 107, 107],
	);
});

test('only the last ends are kept, at least one of them before the last MiB', t => {
	const ends = new RecordEnds(0);
	for (let count = 0; count < 20; count++) {
		ends.add([100_000]);
	}

	t.is(ends.lastUpTo(950_000), 900_000);
	t.is(ends.lastUpTo(899_999), 0);
});
