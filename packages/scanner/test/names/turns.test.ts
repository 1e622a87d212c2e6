import test from 'ava';
import {Turns} from '../../src/names/turns.ts';

test('so many tasks run at a time, in the order in which they came', async t => {
	const turns = new Turns(2);
	const begun: number[] = [];
	const finish: (() => void)[] = [];
	const tasks = [0, 1, 2, 3].map(async task =>
		turns.run(async () => {
			begun.push(task);
			await new Promise<void>(resolve => {
				finish[task] = resolve;
			});
			return task;
		}),
	);
	await settled();
	t.deepEqual(begun, [0, 1]);
	finish[1]();
	await tasks[1];
	await settled();
	t.deepEqual(begun, [0, 1, 2]);
	finish[0]();
	finish[2]();
	await Promise.all([tasks[0], tasks[2]]);
	await settled();
	t.deepEqual(begun, [0, 1, 2, 3]);
	finish[3]();
	t.deepEqual(await Promise.all(tasks), [0, 1, 2, 3]);
});

test('a task that fails gives its turn away', async t => {
	const turns = new Turns(1);
	const failing = turns.run(async () => {
		throw new Error('no');
	});
	const next = turns.run(async () => 'next');
	await t.throwsAsync(failing, {message: 'no'});
	t.is(await next, 'next');
});

/** When all that is ready to run has run. */
const settled = async (): Promise<void> =>
	new Promise(resolve => {
		setImmediate(resolve);
	});
