import {type PortResult, portTableOf} from '@halfopen/model';
import test from 'ava';

const closed = (port: number): PortResult => ({port, state: 'closed', reason: 'reset', ttl: 64});

test('a run goes on as long as state and reason are the same, whatever the TTL', t => {
	const refused: PortResult = {...closed(4), reason: 'conn-refused'};
	const table = portTableOf([closed(1), {...closed(2), ttl: 63}, closed(9), refused, closed(5)]);
	t.deepEqual(
		[0, 1, 2, 3, 4].map(index => table.endOfRun(index)),
		[3, 3, 3, 4, 5],
	);
	t.deepEqual([...table][3], refused);
	t.is(table.count('closed'), 5);
});
