import {type Address, ipv4, type Path, type PathRange, type Transport} from '@halfopen/model';
import test from 'ava';
import {PathRanges} from '../../src/path-ranges.ts';
import {SweepPaths} from '../../src/sweep/sweep-paths.ts';

type MutablePath = {-readonly [Key in keyof Path]: Path[Key]};

const pathOf = (id: number, status: Path['status'] = 'ready'): MutablePath => ({
	id,
	status,
	device: 'eth0',
	source: ipv4(1),
	local: false,
});

const range = (first: number | bigint, last: number | bigint, id: number): PathRange => ({
	path: pathOf(id),
	first,
	last,
});

test('an address is found in the range that covers it, of its own family', t => {
	const ranges = new PathRanges();
	for (const one of [
		range(300, 399, 3),
		range(100, 199, 1),
		range(0n, 50n, 6),
		range(200, 299, 2),
		range(100n, 200n, 7),
	]) {
		ranges.add(one);
	}

	t.deepEqual(
		[99, 100, 199, 200, 299, 300, 399, 400, 0n, 50n, 51n, 99n, 100n, 200n, 201n].map(
			key => ranges.find(key)?.id,
		),
		[undefined, 1, 1, 2, 2, 3, 3, undefined, 6, 6, undefined, undefined, 7, 7, undefined],
	);
});

/** A transport with a router for addresses from 1000 on, and neighbours below. */
const transportOf = (asked: string[], neighbours = new Map<number, MutablePath>()): Transport =>
	({
		pathCovering: (key: number) => {
			asked.push(`range ${key}`);
			return key >= 1000 ? range(1000, 1999, 0) : undefined;
		},
		pathTo: ({value}: Address) => {
			asked.push(`path ${value}`);
			const path = pathOf(Number(value), 'resolving');
			neighbours.set(Number(value), path);
			return path;
		},
		releasePath: ({id}: Path) => asked.push(`release ${id}`),
	}) as unknown as Transport;

test('a range is asked for once, a neighbour once each', t => {
	const asked: string[] = [];
	const paths = new SweepPaths(transportOf(asked));
	t.deepEqual(
		[1005, 1006, 1999, 7, 8, 7].map(key => paths.find(key)?.id),
		[0, 0, 0, 7, 8, 7],
	);
	t.deepEqual(asked, ['range 1005', 'range 7', 'path 7', 'range 8', 'path 8']);
	paths.close();
	t.deepEqual(asked.slice(-2), ['release 8', 'release 7']);
});

test('positions wait for a path together, and are given back when it is known', t => {
	const neighbours = new Map<number, MutablePath>();
	const paths = new SweepPaths(transportOf([], neighbours));
	for (const [key, position] of [
		[7, 1],
		[8, 2],
		[7, 3],
	]) {
		paths.park(key, paths.find(key)!, position);
	}

	t.deepEqual(paths.takeParked(), []);
	neighbours.get(7)!.status = 'ready';
	t.deepEqual(paths.takeParked(), [1, 3]);
	t.is(paths.known(7)?.status, 'ready');
	neighbours.get(8)!.status = 'unreachable';
	t.deepEqual(paths.takeParked(), [2]);
});

test('only so many paths are looked for at a time', t => {
	const paths = new SweepPaths(transportOf([]));
	for (let key = 0; key < 1024; key++) {
		t.is(paths.hasRoom, true);
		paths.park(key % 1000, paths.find(key % 1000)!, key);
	}

	t.true(paths.hasRoom); // 1000 addresses
	for (let key = 2000; key < 2024; key++) {
		paths.park(key, pathOf(key, 'resolving'), key);
	}

	t.false(paths.hasRoom);
	t.is(paths.find(999)?.id, 999);
});

test('of more than 65,536 neighbours the ones used last are kept, and those that are looked for', t => {
	const released: string[] = [];
	const neighbours = new Map<number, MutablePath>();
	const paths = new SweepPaths({
		...transportOf(released, neighbours),
		pathCovering: () => undefined,
	});
	const find = (key: number): void => {
		paths.find(key);
		if (key !== 2) {
			neighbours.get(key)!.status = 'ready';
		}
	};

	for (let key = 0; key < 65_536; key++) {
		find(key);
	}

	find(1);
	released.length = 0;
	for (let key = 100_000; key < 100_003; key++) {
		find(key);
	}

	t.deepEqual(
		released.filter(line => line.startsWith('release')),
		['release 0', 'release 3', 'release 4'],
	);
	t.is(paths.known(1)?.id, 1);
	t.is(paths.known(2)?.id, 2);
});
