import test from 'ava';
import {Relief, type RoundVerdict} from '@halfopen/timing';

const verdict = (delivered: number, queueing = 0): RoundVerdict => ({
	isInformed: true,
	answered: delivered,
	delivered,
	isOverrun: false,
	isSlightlyOverrun: false,
	isDoubtful: false,
	queueing,
	deliveryRate: 100,
});

test('three rounds as bad as the first, each at a lower rate, show that relief is missing', t => {
	const relief = new Relief();
	const rounds = [400, 300, 200, 100].map(rate => relief.isMissing(verdict(0.5), rate));
	t.deepEqual(rounds, [false, false, false, true]);
	t.is(relief.rateBefore, 400);
});

test('a round that lost clearly less is relief, and counting begins anew', t => {
	const relief = new Relief();
	const delivered = [0.5, 0.5, 0.5, 0.8, 0.5, 0.5, 0.5];
	t.deepEqual(
		delivered.map(share => relief.isMissing(verdict(share), 100)),
		[false, false, false, false, false, false, true],
	);
});

test('a queue that shrinks is relief too', t => {
	const relief = new Relief();
	const queues = [40_000, 38_000, 20_000, 39_000, 39_000];
	t.true(queues.every(queueing => !relief.isMissing(verdict(1, queueing), 100)));
});

test('when the trouble is over it is forgotten', t => {
	const relief = new Relief();
	relief.isMissing(verdict(0.5), 400);
	relief.end();
	t.is(relief.rateBefore, 0);
	t.false(relief.isMissing(verdict(0.5), 50));
	t.is(relief.rateBefore, 50);
});
