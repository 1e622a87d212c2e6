import {mock} from 'node:test';
import test from 'ava';
import type {InterruptSignal} from '../../src/process/io.ts';
import {processIo} from '../../src/process/process-io.ts';

const listeners = (): number => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');

test.serial('a signal that a parent hands on is the one that came already; a later one is left alone', t => {
	mock.timers.enable({apis: ['setTimeout']});
	const others = listeners();
	const heard: InterruptSignal[] = [];
	const stop = processIo().onInterrupt(signal => heard.push(signal));
	process.emit('SIGINT', 'SIGINT');
	mock.timers.tick(499);
	process.emit('SIGTERM', 'SIGTERM');
	t.deepEqual(heard, ['SIGINT']);
	t.is(listeners(), others + 2);
	mock.timers.tick(1);
	t.is(listeners(), others);
	stop();
	mock.timers.reset();
});

test.serial('who stops listening hears of no signal', t => {
	const others = listeners();
	const stop = processIo().onInterrupt(() => {});
	t.is(listeners(), others + 2);
	stop();
	t.is(listeners(), others);
});
