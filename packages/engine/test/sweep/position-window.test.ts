import {micros} from '@halfopen/model';
import test from 'ava';
import fc from 'fast-check';
import {MOST_LEFT_BEHIND, POSITION_STATUS, PositionWindow} from '../../src/sweep/position-window.ts';

const opened = (count: number, from = 0): PositionWindow => {
	const window = new PositionWindow(2 ** 22);
	window.moveTo(from);
	for (let left = count; left > 0; left--) {
		window.open(0);
	}

	return window;
};

const left = (window: PositionWindow): [position: number, tries: number][] => {
	const silent: [number, number][] = [];
	window.advance((position, tries) => silent.push([position, tries]));
	return silent;
};

test('a position is waiting when it is opened, and leaves when none before it is unfinished', t => {
	const window = opened(3);
	t.is(window.status(1), POSITION_STATUS.waiting);
	window.settle(1);
	t.deepEqual(left(window), []);
	t.is(window.base, 0);
	window.onSilent(0);
	t.deepEqual(left(window), [[0, 1]]);
	t.is(window.base, 2);
	t.false(window.has(1));
	t.true(window.has(2));
	t.false(window.has(3));
});

test('what waited for one that was stubborn is left behind in steps', t => {
	const window = opened(MOST_LEFT_BEHIND + 2);
	for (let position = 1; position < window.next; position++) {
		window.settle(position);
	}

	t.true(window.advance(() => {}));
	window.settle(0);
	t.false(window.advance(() => {}));
	t.is(window.base, MOST_LEFT_BEHIND);
	t.true(window.advance(() => {}));
	t.true(window.isEmpty);
	t.true(window.advance(() => {}));
});

test('send times are those of the last try and the one before, however long the clock has run', t => {
	const start = 2 ** 40 + 10;
	const window = opened(1);
	window.onQueued(0, 0);
	t.is(window.sentAt(0, 0, micros(start)), undefined);
	window.onSent(0, micros(start));
	t.is(window.sentAt(0, 0, micros(start + 500)), micros(start));
	window.onTimedOut(0);
	t.is(window.lastSent(0), 0);
	t.is(window.sentAt(0, 0, micros(start + 900)), micros(start));
	window.onQueued(0, 0);
	t.is(window.sentAt(0, 1, micros(start + 900)), undefined);
	t.is(window.sentAt(0, 0, micros(start + 900)), micros(start));
	window.onSent(0, micros(start + 1000));
	t.is(window.sentAt(0, 1, micros(start + 1500)), micros(start + 1000));
	t.is(window.sentAt(0, 0, micros(start + 1500)), micros(start));
	window.onSilent(0);
	t.is(window.sentAt(0, 1, micros(start + 9000)), micros(start + 1000));
});

test('an answer that comes before the send time is kept until that is known', t => {
	const window = opened(2);
	window.onQueued(0, 0);
	window.onAnsweredEarly(0, micros(77));
	t.is(window.answeredAt(0, micros(100)), micros(77));
	window.onQueued(1, 0);
	window.onAnsweredEarly(1, undefined);
	t.is(window.answeredAt(1, micros(100)), undefined);
	t.deepEqual(left(window), []);
});

test('a position is found by what is left of it modulo 2^31', t => {
	const from = 2 ** 33 + 2 ** 31 - 2;
	const window = opened(5, from);
	for (let position = from; position < from + 5; position++) {
		t.is(window.positionOf(position % 2 ** 31), position);
		t.is(window.positionOf(position % 2 ** 32), position);
	}

	t.is(window.positionOf((from + 5) % 2 ** 31), -1);
	t.is(window.positionOf((from - 1) % 2 ** 31), -1);
});

test('it is full when the span is used up, not when there are many unfinished', t => {
	const window = new PositionWindow(4);
	for (let count = 0; count < 4; count++) {
		t.false(window.isFull);
		window.open(0);
	}

	window.settle(1);
	window.settle(2);
	left(window);
	t.true(window.isFull);
	window.settle(0);
	left(window);
	t.false(window.isFull);
	t.is(window.widest, 4);
});

test('what is in it stays as it is when it grows', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(fc.integer({min: 0, max: 2 ** 40}), fc.integer({min: 4000, max: 20_000}), (from, count) => {
				const window = new PositionWindow(2 ** 22);
				window.moveTo(from);
				for (let index = 0; index < count; index++) {
					const position = window.open(index % 200);
					window.onQueued(position, index % 65_536);
					if (index % 3 === 0) {
						window.onSent(position, micros(1000 + index));
					}
				}

				for (let index = 0; index < count; index++) {
					const position = from + index;
					const isSent = index % 3 === 0;
					if (
						window.attempt(position) !== index % 200 ||
						window.note(position) !== index % 65_536 ||
						window.status(position) !== (isSent ? POSITION_STATUS.inFlight : POSITION_STATUS.queued) ||
						(isSent && window.sentAt(position, index % 200, micros(50_000)) !== 1000 + index)
					) {
						return false;
					}
				}

				return window.capacity >= count && window.capacity < 2 * Math.max(count, 4096);
			}),
			{numRuns: 30, seed: 1},
		);
	});
});
