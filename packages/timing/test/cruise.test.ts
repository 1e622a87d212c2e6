import test from 'ava';
import {Cruise} from '../src/cruise.ts';
import {judgeRound} from '../src/judge-round.ts';
import {handMadeRound} from './hand-made-round.ts';

/** A path of which every probe is answered that gets through. */
const cruise = (): Cruise =>
	new Cruise({
		expectation: ({fresh, freshAnswered}) => ({expected: fresh, variance: 1, came: freshAnswered}),
		delivered: () => 1,
	});

const RTT = {least: 0, variance: 0} as Parameters<typeof judgeRound>[2];

test('a rate that follows from a trial is found too high by less than one that stood for long', t => {
	const [tried, settled] = [cruise(), cruise()];
	tried.onLimitFound(100, true);
	const round = handMadeRound({probes: 100, answered: 94, rate: 100});
	const verdict = judgeRound(round, {expected: 100, variance: 5, came: 94}, RTT);
	t.true(tried.isOverrun(verdict));
	t.false(settled.isOverrun(verdict));
	tried.forget();
	t.false(tried.isOverrun(verdict));
});

test('where nothing was measured, a little less than what got through is the limit', t => {
	const limit = cruise().onOverrun(1000, 0.8);
	t.true(limit < 800 && limit > 700, `${limit}`);
});

test('from one time at which the path is overrun to the next, what got through is the limit', t => {
	const path = cruise();
	path.onTrial();
	path.onLimitFound(130, true);
	path.add(handMadeRound({probes: 130, answered: 100, rate: 130}));
	const limit = path.onOverrun(130, 0.5);
	t.true(Math.abs(limit - 100) < 2, `${limit}`);
});

/** The rate after some rounds in order. */
const rateAfter = (path: Cruise): number => {
	let rate = 1000;
	for (let round = 0; round < 4; round++) {
		({rate} = path.next(rate, {expected: 200, variance: 1, came: 200, sent: 200, answers: 200}));
	}

	return rate;
};

test('with rounds in order the rate goes up, and further once the limit is forgotten', t => {
	const limited = cruise();
	limited.onCongestion(5000);
	t.true(rateAfter(limited) > 1500);
	t.true(rateAfter(cruise()) > 1000);
	limited.onCongestion(1000);
	t.true(rateAfter(limited) <= 1100);
});
