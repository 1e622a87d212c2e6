import test from 'ava';
import {LastTries} from '../../src/by-host/last-tries.ts';

/** With one port that waits. */
const waiting = (): LastTries => {
	const lastTries = new LastTries(6);
	lastTries.slots.head = 0;
	return lastTries;
};

const lasts = test.macro({
	title: (_, maxRetries: number) => `the last of ${maxRetries + 1} tries`,
	exec(t, maxRetries: number, attempts: readonly number[]) {
		const lastTries = new LastTries(maxRetries);
		const all = Array.from({length: maxRetries + 1}, (_, attempt) => attempt);
		t.deepEqual(
			all.filter(attempt => lastTries.includes(attempt)),
			attempts,
		);
	},
});

test(lasts, 10, [9, 10]);
test(lasts, 6, [5, 6]);
test(lasts, 3, [3]);
test(lasts, 2, []);
test(lasts, 0, []);

test('they wait until nothing else is on its way, and until a canary came back', t => {
	const lastTries = waiting();
	t.false(lastTries.isDue(1));
	t.true(lastTries.isDue(0));
	t.true(lastTries.wantsCanary);
	lastTries.onCanary();
	t.false(lastTries.isDue(1));
	lastTries.onCanaryAnswered();
	t.false(lastTries.wantsCanary);
	t.true(lastTries.isDue(1));
});

test('a canary that was sent for something else does not show the way', t => {
	const lastTries = waiting();
	lastTries.onCanaryAnswered();
	t.true(lastTries.wantsCanary);
});

test('where canaries are lost again and again, they go all the same', t => {
	const lastTries = waiting();
	for (let count = 0; count < 8; count++) {
		t.true(lastTries.wantsCanary);
		lastTries.onCanary();
	}

	t.true(lastTries.isDue(1));
});

test('after the last of them, the way has to be looked at anew', t => {
	const lastTries = waiting();
	lastTries.onCanary();
	lastTries.onCanaryAnswered();
	lastTries.onSend();
	t.false(lastTries.wantsCanary);
	lastTries.slots.head = -1;
	t.true(lastTries.isEmpty);
	t.false(lastTries.isDue(0));
	lastTries.onSend();
	t.true(lastTries.wantsCanary);
});
