import test from 'ava';
import * as fc from 'fast-check';
import {SlotTable} from '../src/slot-table.ts';

/** Keys as the window makes them: host, port and for canaries the try; few enough to meet again. */
const keys = fc
	.tuple(fc.integer({min: 0, max: 3}), fc.integer({min: 0, max: 3}), fc.integer({min: 0, max: 40}))
	.map(([attempt, host, port]) => attempt * 2 ** 32 + host * 65_536 + port);

const operations = fc.array(
	fc.record({key: keys, slot: fc.option(fc.integer({min: 0, max: 1_000_000}), {nil: undefined})}),
	{maxLength: 400},
);

test('it holds what a Map holds, whatever is set and deleted', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(operations, steps => {
				const table = new SlotTable(8);
				const map = new Map<number, number>();
				for (const {key, slot} of steps) {
					if (slot === undefined) {
						table.delete(key, map.get(key) ?? 0);
						map.delete(key);
					} else {
						table.set(key, slot);
						map.set(key, slot);
					}
				}

				return table.size === map.size && steps.every(({key}) => table.get(key) === (map.get(key) ?? -1));
			}),
			{numRuns: 300},
		);
	});
});

test('keys that want the same place are all found, also when one before them is gone', t => {
	const table = new SlotTable(8);
	const alike = [5, 2 ** 32 + 5, 2 * 2 ** 32 + 5]; // The lowest 32 bits decide the place
	for (const [slot, key] of alike.entries()) {
		table.set(key, slot);
	}

	table.delete(alike[0], 0);
	t.deepEqual(
		alike.map(key => table.get(key)),
		[-1, 1, 2],
	);
});

test('a key that another slot took over stays', t => {
	const table = new SlotTable(8);
	table.set(5, 1);
	table.set(5, 2);
	table.delete(5, 1);
	t.is(table.get(5), 2);
});

test('it grows', t => {
	const table = new SlotTable(8);
	for (let key = 0; key < 10_000; key++) {
		table.set(key, key * 2);
	}

	t.is(table.size, 10_000);
	t.is(table.get(9999), 19_998);
	t.is(table.get(10_000), -1);
});
