import test from 'ava';
import {portOrder} from '../../src/index.ts';

const PORTS = Uint16Array.from({length: 65_535}, (_, index) => index + 1);

const portsIn = (order: Uint32Array, ports = PORTS): number[] => [...order].map(index => ports[index]);

test('popular ports come first, then all the others, each once', t => {
	const ordered = portsIn(portOrder(PORTS, {seed: 1n, sequential: false, first: [443, 22, 80]}));
	t.deepEqual(
		ordered.slice(0, 3).sort((a, b) => a - b),
		[22, 80, 443],
	);
	t.deepEqual(
		[...ordered].sort((a, b) => a - b),
		[...PORTS],
	);
	t.notDeepEqual(ordered.slice(3), [...PORTS].slice(3));
});

test('popular ports that are not asked for are not added', t => {
	const ports = Uint16Array.of(1, 80, 9999);
	const ordered = portsIn(portOrder(ports, {seed: 1n, sequential: false, first: [22, 80]}), ports);
	t.is(ordered[0], 80);
	t.is(ordered.length, 3);
});

test('the seed decides the order', t => {
	t.is(shuffledPorts(1n), shuffledPorts(1n));
	t.not(shuffledPorts(1n), shuffledPorts(2n));
});

test('a sequential order is ascending, popular or not', t => {
	const order = portOrder(Uint16Array.of(1, 22, 80), {seed: 1n, sequential: true, first: [80]});
	t.deepEqual([...order], [0, 1, 2]);
});

test('no ports have an empty order', t => {
	t.is(portOrder(new Uint16Array(), {seed: 1n, sequential: false, first: [80]}).length, 0);
});

const shuffledPorts = (seed: bigint): string => portOrder(PORTS, {seed, sequential: false, first: []}).join();
