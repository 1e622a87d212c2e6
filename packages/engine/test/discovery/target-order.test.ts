import test from 'ava';
import {TargetOrder} from '../../src/discovery/target-order.ts';

const indices = (order: TargetOrder, size: number): number[] =>
	Array.from({length: size}, (_, position) => order.at(position));

test('few targets are asked as they were named, whatever the seed', t => {
	const order = new TargetOrder(4096, 1n);
	t.false(order.isRandom);
	t.deepEqual(
		indices(order, 4096),
		Array.from({length: 4096}, (_, index) => index),
	);
});

test('without a seed many are asked as they were named as well', t => {
	t.false(new TargetOrder(100_000, undefined).isRandom);
});

test('many targets are asked in the order of the seed, each once', t => {
	const order = new TargetOrder(4097, 1n);
	t.true(order.isRandom);
	const asked = indices(order, 4097);
	t.is(new Set(asked).size, 4097);
	t.deepEqual(asked, indices(new TargetOrder(4097, 1n), 4097));
	t.notDeepEqual(asked, indices(new TargetOrder(4097, 2n), 4097));
});
