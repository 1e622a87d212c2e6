import test from 'ava';
import {micros} from '@halfopen/model';
import {Sleep} from '../src/sleep.ts';

const NOW = micros(1_000_000);
const NEVER = micros(Infinity);
const clock = {now: () => NOW};

test('a deadline that has passed lets the event loop have a turn', async t => {
	let turned = false;
	setImmediate(() => {
		turned = true;
	});
	await new Sleep(clock).until(NOW);
	t.true(turned);
});

test('a sleeper is woken long before its deadline', async t => {
	const sleep = new Sleep(clock);
	const slept = sleep.until(NEVER);
	sleep.end();
	await t.notThrowsAsync(slept);
});

test('what happened before a sleep ends it, and ends no other', async t => {
	const sleep = new Sleep(clock);
	sleep.end();
	await sleep.until(NEVER);
	const next = sleep.until(NEVER);
	const turn = new Promise(resolve => {
		setImmediate(resolve, 'a turn');
	});
	t.is(await Promise.race([next, turn]), 'a turn');
	sleep.end();
	await t.notThrowsAsync(next);
});

test('a sleep of less than a millisecond ends by a timer', async t => {
	await t.notThrowsAsync(new Sleep(clock).until(micros(NOW + 10)));
});
