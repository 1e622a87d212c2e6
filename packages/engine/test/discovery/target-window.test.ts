import {constants} from 'node:os';
import {ipv4, type Micros, micros, type Path} from '@halfopen/model';
import test from 'ava';
import fc from 'fast-check';
import {TARGET_STATUS, TargetWindow} from '../../src/discovery/target-window.ts';

const PATH: Path = {id: 7, status: 'ready', device: 'test0', source: ipv4(1), local: false};

/** A window with so many targets, at 10.0.0.0 and up, of two probes each. */
const windowOf = (count: number, probes = 2): TargetWindow => {
	const window = new TargetWindow(probes);
	for (let index = 0; index < count; index++) {
		window.open(ipv4(0x0a_00_00_00 + index), micros(index));
		window.setPath(index, PATH, 'path', false);
		window.beginFirstTry(index);
	}

	return window;
};

const NOW = micros(9_000_000_000); // More than 2^32

test('a target is found by its address until it is decided', t => {
	const window = windowOf(3);
	t.is(window.find(0x0a_00_00_01), 1);
	window.settle(1);
	t.is(window.find(0x0a_00_00_01), -1);
	t.is(window.find(0x0a_00_00_09), -1);
});

test('a settled target leaves when all before it are settled', t => {
	const window = windowOf(3);
	window.settle(1);
	t.true(window.has(1));
	window.settle(0);
	t.false(window.has(0));
	t.false(window.has(1));
	t.true(window.has(2));
});

test('send times of the latest two tries are known, and no others', t => {
	const window = windowOf(1);
	const at = (attempt: number, probe: number): Micros | undefined => window.sentAt(0, attempt, probe, NOW);
	window.onQueued(0, 5);
	t.is(window.note(0, 0), 5);
	t.is(at(0, 0), undefined);
	window.onSent(0, 0, micros(NOW - 100), 0);
	t.is(at(0, 0), micros(NOW - 100));
	t.is(at(0, 1), undefined);
	window.beginTry(0);
	t.is(window.nextProbe(0), 0);
	window.onQueued(0, 6);
	window.onSent(0, 0, micros(NOW - 50), constants.errno.EPERM);
	t.is(at(0, 0), micros(NOW - 100));
	t.is(at(1, 0), micros(NOW - 50));
	window.beginTry(0);
	t.is(at(0, 0), undefined);
	t.is(at(1, 0), micros(NOW - 50));
	t.is(at(2, 0), undefined);
	t.is(window.lastSentAt(0), micros(NOW - 50));
	t.is(window.probesSent(0), 1, 'The other was refused');
});

test('a place that is used again remembers nothing', t => {
	const window = new TargetWindow(1);
	for (let index = 0; index < 1000; index++) {
		const position = window.open(ipv4(index), micros(index));
		t.is(window.status(position), TARGET_STATUS.resolving);
		t.is(window.attempt(position), 0);
		t.is(window.probesSent(position), 0);
		t.is(window.way(position), 'path');
		window.setPath(position, PATH, 'link', true);
		window.beginFirstTry(position);
		t.is(window.sentAt(position, 0, 0, NOW), undefined);
		window.onQueued(position, 1);
		window.onSent(position, 0, NOW, 0);
		window.beginTry(position);
		window.settle(position);
	}

	t.is(window.widest, 1);
});

test('tags lead back to a target and its probe, wherever the window stands', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 900}),
				fc.nat(400),
				fc.integer({min: 1, max: 9}),
				(count, decided, probes) => {
					const window = windowOf(count, probes);
					for (let position = 0; position < Math.min(decided, count - 1); position++) {
						window.settle(position);
					}

					for (let position = Math.min(decided, count - 1); position < count; position++) {
						for (let probe = 0; probe < probes; probe++) {
							const tag = window.tagOf(position, probe);
							const found = window.ofTag(tag);
							if (tag >= 2 ** 30 || found.position !== position || found.probe !== probe) {
								return false;
							}
						}
					}

					return true;
				},
			),
			{seed: 42},
		);
	});
});

test('a window that grows keeps all that it knows', t => {
	const window = windowOf(200);
	window.settle(0);
	window.onQueued(7, 77);
	window.onSent(7, 0, micros(NOW - 7), 0);
	for (let index = 200; index < 3000; index++) {
		window.open(ipv4(0x0a_00_00_00 + index), micros(index));
	}

	t.is(window.find(0x0a_00_00_07), 7);
	t.is(window.address(7).value, 0x0a_00_00_07);
	t.is(window.path(7), PATH);
	t.is(window.note(7, 0), 77);
	t.is(window.sentAt(7, 0, 0, NOW), micros(NOW - 7));
	t.is(window.startedAt(7), micros(7));
	t.is(window.startedAt(2999), micros(2999));
});

test('memory is bounded, however many targets and probes', t => {
	for (const probes of [1, 4, 1000, 60_000]) {
		const window = new TargetWindow(probes);
		for (let index = 0; !window.isFull; index++) {
			window.open(ipv4(index), micros(0));
		}

		t.true(window.bytes <= 2 ** 26, `${probes} probes: ${window.bytes} bytes`);
		t.true(window.widest >= 16);
	}
});
