import {micros, ScanError} from '@halfopen/model';
import test from 'ava';
import {
	checkOrderOptions,
	chooseOrder,
	isSweepAskedFor,
	MOST_HOSTS_SIDE_BY_SIDE,
	type ScanSize,
} from '../src/choose-order.ts';
import type {ScanOptions} from '../src/index.ts';

const FEW = {hosts: MOST_HOSTS_SIDE_BY_SIDE, pairs: MOST_HOSTS_SIDE_BY_SIDE};
const MANY = {hosts: MOST_HOSTS_SIDE_BY_SIDE + 1, pairs: 10 * (MOST_HOSTS_SIDE_BY_SIDE + 1)};
const HUGE = {hosts: 2 ** 32, pairs: 2 ** 32};

const choose = (options: Partial<ScanOptions>, size: ScanSize) =>
	chooseOrder({targets: [], ...options}, size);

const chooses = test.macro({
	title: (
		_,
		expected: string,
		options: Partial<ScanOptions>,
		{hosts}: ScanSize,
		_warnings?: readonly string[],
	) => `${JSON.stringify(options)} for ${hosts} hosts: ${expected}`,
	exec(t, expected: string, options: Partial<ScanOptions>, size: ScanSize, warnings: readonly string[] = []) {
		const chosen = choose(options, size);
		t.is(chosen.sweep?.results ?? 'host by host', expected);
		t.deepEqual(chosen.warnings, warnings ?? []);
	},
});

const CHOSEN =
	'Sweeping 4097 hosts: all their ports in one random order, and the reports at the end. Order `host` scans host by host';

test(chooses, 'host by host', {}, FEW);
test(chooses, 'host by host', {}, MANY);
test(chooses, 'host by host', {discovery: false}, HUGE);
test(chooses, 'host by host', {discovery: false, resultsBudget: 1000}, MANY);
test(chooses, 'host by host', {discovery: false, order: 'host'}, MANY);
test(chooses, 'host by host', {discovery: false}, {...MANY, hasZones: true});
test(chooses, 'host by host', {discovery: {}}, MANY);
test(chooses, 'host by host', {discovery: {probes: [], only: true}}, MANY);
test(chooses, 'table', {discovery: false}, MANY, [CHOSEN]);
test(chooses, 'table', {order: 'random', discovery: {}}, FEW, [
	'`discovery` has no effect in a sweep, which asks all addresses for their ports at once',
]);
test(chooses, 'table', {order: 'random', discovery: false}, FEW);
test(chooses, 'table', {order: 'random'}, FEW);
test(chooses, 'table', {order: 'random', resultsBudget: 2 ** 30}, HUGE);
test(chooses, 'stream', {order: 'random', resultsBudget: 1000}, MANY, [
	'Open ports are told as they are found, and hosts have no report: a table of 40970 states takes 10243 bytes, more than the budget of 1000 bytes',
]);
test(chooses, 'stream', {results: 'stream'}, FEW);
test(chooses, 'table', {results: 'table', resultsBudget: 1000}, MANY);
test(chooses, 'table', {shard: {index: 1, count: 2}, seed: 1}, FEW);
test(chooses, 'table', {order: 'random', hostTimeout: micros(1), minHostGroup: 0}, FEW, [
	'`hostTimeout` has no effect in a sweep, which keeps nothing for a host',
]);

test('a shard has its share of the positions', t => {
	const positions = [1, 2, 3].map(
		index => choose({shard: {index, count: 3}, seed: 1}, {hosts: 5, pairs: 10}).sweep?.positions,
	);
	t.deepEqual(positions, [4, 3, 3]);
});

const refuses = test.macro({
	title: (_, options: Partial<ScanOptions>) => `refused: ${JSON.stringify(options)}`,
	exec(t, options: Partial<ScanOptions>, message: string) {
		const error = t.throws(() => checkOrderOptions({targets: [], ...options}), {instanceOf: ScanError});
		t.is(error?.code, 'ERR_HALFOPEN_OPTION');
		t.is(error?.message, message);
	},
});

test(
	refuses,
	{shard: {index: 1, count: 2}},
	'shard: expected a `seed` with it: only shards of the same order make a whole together',
);
test(
	refuses,
	{discovery: {only: true}, order: 'random'},
	'order: expected `host` to find hosts, got what belongs to a sweep',
);
test(refuses, {order: 'host', results: 'stream'}, 'order: expected `random` with `results`, got `host`');
test(
	refuses,
	{targets: '192.0.2.1', pairs: ['192.0.2.1:22']},
	'pairs: expected these, or targets and ports, got both',
);
test(
	refuses,
	{ports: '22', pairs: ['192.0.2.1:22']},
	'pairs: expected these, or targets and ports, got both',
);

for (const [options, isAskedFor] of [
	[{}, false],
	[{order: 'host'}, false],
	[{order: 'random'}, true],
	[{shard: {index: 1, count: 2}}, true],
	[{results: 'stream'}, true],
] as const) {
	test(`${JSON.stringify(options)} ${isAskedFor ? 'asks' : 'does not ask'} for a sweep`, t => {
		t.is(isSweepAskedFor({targets: [], ...options}), isAskedFor);
	});
}

test('addresses with zones are not swept', t => {
	t.throws(() => choose({order: 'random'}, {...FEW, hasZones: true}), {
		code: 'ERR_HALFOPEN_OPTION',
		message: 'order: expected `host` for addresses with a zone, got `random`',
	});
});
