import test from 'ava';
import {ScanError} from '@halfopen/model';
import {isListed, POPULAR_FIRST, topPorts} from '../src/index.ts';
import {rowsOf} from './data.ts';

const ROWS = rowsOf('popularity.tsv').map(([port, tier, ...reasons]) => ({
	port: Number(port),
	tier: Number(tier),
	reasons,
}));

test('each popular port is a port, has a tier and a reason, and is named once', t => {
	const isComplete = (row: (typeof ROWS)[number]): boolean =>
		row.port >= 1 &&
		row.port <= 65_535 &&
		[1, 2, 3, 4, 5].includes(row.tier) &&
		row.reasons.length === 1 &&
		/^\w[ -~]{1,98}[\w)]$/.test(row.reasons[0]);
	t.deepEqual(
		ROWS.filter(row => !isComplete(row)),
		[],
	);
	t.is(new Set(ROWS.map(({port}) => port)).size, ROWS.length);
});

test('popular ports are sorted by tier, then by port', t => {
	const sorted = [...ROWS].sort((a, b) => a.tier - b.tier || a.port - b.port);
	t.deepEqual(ROWS, sorted);
});

test('the first four tiers are the 100 ports of a fast scan', t => {
	const sizes = [1, 2, 3, 4].map(limit => ROWS.filter(({tier}) => tier <= limit).length);
	t.deepEqual(sizes, [10, 25, 50, 100]);
});

test('the first two tiers are asked first', t => {
	t.deepEqual(
		POPULAR_FIRST,
		ROWS.filter(({tier}) => tier <= 2).map(({port}) => port),
	);
});

test('the top ports are in the order of tiers, and come out ascending', t => {
	t.deepEqual([...topPorts(1)], [22]);
	t.deepEqual([...topPorts(10)], [22, 23, 25, 53, 80, 135, 139, 443, 445, 3389]);
	t.deepEqual([...topPorts(100)], ascending(ROWS.slice(0, 100).map(({port}) => port)));
});

test('behind the popular ports come the listed ones from 1 up', t => {
	const popular = new Set(ROWS.map(({port}) => port));
	const others = [...topPorts(1000)].filter(port => !popular.has(port));
	t.is(topPorts(1000).length, 1000);
	t.is(others.length, 1000 - popular.size);
	t.true(others.every(port => isListed(port)));
	t.deepEqual(
		others.slice(0, 4),
		[1, 5, 7, 9]
			.filter(port => !popular.has(port))
			.concat(11, 17)
			.slice(0, 4),
	);
});

test('there are as many top ports as ports', t => {
	t.deepEqual(
		[...topPorts(65_535)],
		Array.from({length: 65_535}, (_, index) => index + 1),
	);
	t.is(topPorts(65_536)[0], 0);
});

test('top ports can be taken within others', t => {
	t.deepEqual([...topPorts(3, [1, 80, 81, 65_000, 443])], [80, 81, 443]);
	t.deepEqual([...topPorts(9, new Set([65_000, 4, 1]))], [1, 4, 65_000]);
	t.deepEqual([...topPorts(3, [])], []);
});

for (const count of [0, -1, 1.5, 65_537, Number.NaN]) {
	test(`the top ${count} ports are refused`, t => {
		t.throws(() => topPorts(count), {
			instanceOf: ScanError,
			code: 'ERR_HALFOPEN_OPTION',
			message: `Expected a number of ports between 1 and 65536, got \`${count}\``,
		});
	});
}

const ascending = (ports: readonly number[]): number[] => [...ports].sort((a, b) => a - b);
