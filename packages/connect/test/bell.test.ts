import test from 'ava';
import {micros, type Micros} from '@halfopen/model';
import {Bell} from '../src/bell.ts';

const NEVER = micros(Infinity);
const clock = {now: (): Micros => micros(performance.now() * 1000)};

test('a sleep ends at its deadline, not before', async t => {
	const bell = new Bell(clock);
	const deadline = micros(clock.now() + 3000);
	await bell.sleep(deadline);
	t.true(clock.now() >= deadline);
});

test('a ring ends a sleep', async t => {
	const bell = new Bell(clock);
	const sleep = bell.sleep(NEVER);
	setTimeout(() => bell.ring(), 1);
	await t.notThrowsAsync(sleep);
});

test('a ring that nobody heard ends the next sleep', async t => {
	const bell = new Bell(clock);
	bell.ring();
	await t.notThrowsAsync(bell.sleep(NEVER));
});

test('a sleep that is over already gives the event loop a turn', async t => {
	const bell = new Bell(clock);
	let turned = false;
	setImmediate(() => {
		turned = true;
	});
	await bell.sleep(micros(0));
	t.true(turned);
});
