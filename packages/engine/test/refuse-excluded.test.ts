import test from 'ava';
import {refuseExcluded} from '../src/refuse-excluded.ts';

const isExcluded = (key: number | bigint): boolean => key === 0x0a_00_00_07;

test('an excluded address is refused by name', t => {
	t.throws(() => refuseExcluded({isExcluded}, 0x0a_00_00_07), {
		message: 'Expected no excluded address among the targets, got 10.0.0.7',
	});
});

test('other addresses pass, and all when none is excluded', t => {
	t.notThrows(() => refuseExcluded({isExcluded}, 0x0a_00_00_08));
	t.notThrows(() => refuseExcluded({}, 0x0a_00_00_07));
});
