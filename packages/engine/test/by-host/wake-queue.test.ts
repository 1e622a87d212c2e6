import {micros} from '@halfopen/model';
import test from 'ava';
import * as fc from 'fast-check';
import {type Sleeper, WakeQueue} from '../../src/by-host/wake-queue.ts';

type Named = Sleeper & {readonly name: number};

const sleeper = (name: number): Named => ({name, wakeAt: Infinity});

/** Names of all who are due. */
const wake = (queue: WakeQueue<Named>, now: number): number[] => {
	const woken: number[] = [];
	for (let item = queue.takeDue(micros(now)); item !== undefined; item = queue.takeDue(micros(now))) {
		woken.push(item.name);
	}

	return woken;
};

test('who sleeps is woken at the time, once', t => {
	const queue = new WakeQueue<Named>();
	queue.schedule(sleeper(1), micros(10));
	t.is(queue.nextAt, micros(10));
	t.deepEqual(wake(queue, 9), []);
	t.deepEqual(wake(queue, 10), [1]);
	t.deepEqual(wake(queue, 100), []);
	t.is(queue.nextAt, micros(Infinity));
});

test('an earlier time replaces a later one, not the other way round', t => {
	const queue = new WakeQueue<Named>();
	const one = sleeper(1);
	queue.schedule(one, micros(50));
	queue.schedule(one, micros(20));
	queue.schedule(one, micros(90));
	t.deepEqual(wake(queue, 20), [1]);
	t.deepEqual(wake(queue, 100), []);
});

test('who was woken may sleep again', t => {
	const queue = new WakeQueue<Named>();
	const one = sleeper(1);
	queue.schedule(one, micros(5));
	wake(queue, 5);
	queue.schedule(one, micros(8));
	t.deepEqual(wake(queue, 8), [1]);
});

const steps = fc.array(
	fc.oneof(
		fc.record({name: fc.nat({max: 15}), at: fc.nat({max: 100})}),
		fc.record({until: fc.nat({max: 100})}),
	),
	{maxLength: 200},
);

test('it wakes whom a sorted array would, in order of time', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(steps, given => {
				const queue = new WakeQueue<Named>();
				const sleepers = Array.from({length: 16}, (_, name) => sleeper(name));
				const times = new Map<number, number>();
				for (const step of given) {
					if ('at' in step) {
						queue.schedule(sleepers[step.name], micros(step.at));
						times.set(step.name, Math.min(step.at, times.get(step.name) ?? Infinity));
						continue;
					}

					const due = [...times].filter(([, at]) => at <= step.until);
					const woken = wake(queue, step.until);
					const wokenAt = woken.map(name => times.get(name)!);
					if (
						woken.length !== due.length ||
						due.some(([name]) => !woken.includes(name)) ||
						wokenAt.some((at, index) => index > 0 && at < wokenAt[index - 1])
					) {
						return false;
					}

					for (const [name] of due) {
						times.delete(name);
					}
				}

				return queue.nextAt <= Math.min(Infinity, ...times.values());
			}),
			{numRuns: 300},
		);
	});
});
