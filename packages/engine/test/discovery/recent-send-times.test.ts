import {type Micros, micros} from '@halfopen/model';
import test from 'ava';
import {RecentSendTimes} from '../../src/discovery/recent-send-times.ts';

const NOW = micros(9_000_000_000); // More than 2^32

const agesAreKept = test.macro({
	title: (_, age: number) => `a time ${age} µs ago is known exactly`,
	exec(t, age: number) {
		const times = new RecentSendTimes(1, 1);
		const at = micros(NOW - age);
		times.set(0, 0, 0, at);
		t.is(times.get(0, 0, 0, NOW), at);
	},
});

test(agesAreKept, 0);
test(agesAreKept, 1);
test(agesAreKept, 10_000_000);
test(agesAreKept, 2 ** 31 - 1); // 36 minutes
test('a time of which the last 32 bits are 0 is known within a microsecond', t => {
	const times = new RecentSendTimes(1, 1);
	times.set(0, 0, 0, micros(2 ** 33));
	t.is(times.get(0, 0, 0, NOW), micros(2 ** 33 + 1));
});

/** Another time for each. */
const timeOf = (target: number, attempt: number, probe: number): Micros =>
	micros(NOW - 100 * target - 10 * attempt - probe);

test('targets, tries and probes have places of their own', t => {
	const times = new RecentSendTimes(3, 2);
	const places = [0, 1, 2].flatMap(target =>
		[0, 1].flatMap(attempt => [0, 1].map(probe => [target, attempt, probe])),
	);
	for (const [target, attempt, probe] of places) {
		times.set(target, attempt, probe, timeOf(target, attempt, probe));
	}

	for (const [target, attempt, probe] of places) {
		t.is(times.get(target, attempt, probe, NOW), timeOf(target, attempt, probe));
	}
});

test('a try that begins takes the place of that before the last', t => {
	const times = new RecentSendTimes(1, 2);
	times.set(0, 0, 1, NOW);
	times.set(0, 1, 1, NOW);
	times.beginTry(0, 2);
	t.is(times.get(0, 2, 1, NOW), undefined);
	t.is(times.get(0, 1, 1, NOW), NOW);
	times.clear(0);
	t.is(times.get(0, 1, 1, NOW), undefined);
});

test('what is copied is that of one target', t => {
	const times = new RecentSendTimes(2, 2);
	times.set(1, 0, 0, NOW);
	times.set(1, 1, 1, micros(NOW - 5));
	const others = new RecentSendTimes(4, 2);
	others.copy(times, 1, 3);
	t.is(others.get(3, 0, 0, NOW), NOW);
	t.is(others.get(3, 1, 1, NOW), micros(NOW - 5));
	t.is(others.get(2, 0, 0, NOW), undefined);
});
