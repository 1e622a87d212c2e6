import test from 'ava';
import {groupSize} from '../../src/by-host/group-size.ts';
import type {ScanLoopOptions} from '../../src/by-host/scan-state.ts';

const sizeFor = (ports: number, bounds: {minHostGroup?: number; maxHostGroup?: number} = {}): number =>
	groupSize({ports: new Uint16Array(ports), ...bounds} as ScanLoopOptions);

test('the more ports, the fewer hosts at once', t => {
	const sizes = [1, 100, 1000, 10_000, 65_536].map(ports => sizeFor(ports));
	t.deepEqual(
		sizes,
		[...sizes].sort((one, other) => other - one),
	);
	t.true(sizes[0] > sizes.at(-1)!);
});

test('all ports of enough hosts to fill the waits are scanned at once', t => {
	t.true(sizeFor(65_536) >= 64);
});

test('what the user wants comes first', t => {
	t.is(sizeFor(1, {maxHostGroup: 5}), 5);
	t.is(sizeFor(65_536, {minHostGroup: 2000}), 2000);
});

test('there are never more hosts than numbers for them', t => {
	t.is(sizeFor(1, {minHostGroup: 1_000_000}), 65_536);
});

test('no ports are no reason to fail', t => {
	t.true(sizeFor(0) > 0);
});
