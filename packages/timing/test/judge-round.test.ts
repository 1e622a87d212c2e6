import {micros} from '@halfopen/model';
import test from 'ava';
import * as fc from 'fast-check';
import type {Expectation} from '../src/expectation.ts';
import {areCanariesMissing, judgeRound} from '../src/judge-round.ts';
import {handMadeRound} from './hand-made-round.ts';

/** Round trips that hardly vary. */
const steady = (least: number) => ({least: micros(least), variance: micros(500)});

const RTT = steady(20_000);

/** What a host is known to answer, of so many probes, when nothing is in the way. */
const expectationOf = (probes: number, share: number, came: number): Expectation => ({
	expected: probes * share,
	variance: probes * share * (1 - share),
	came,
});

test('all that was expected is no news', t => {
	const round = handMadeRound({probes: 100, answered: 100});
	t.like(judgeRound(round, expectationOf(100, 1, 100), RTT), {
		isInformed: true,
		answered: 1,
		delivered: 1,
		queueing: 0,
	});
});

test('random loss at any rate is no congestion: it is what is expected', t => {
	t.notThrows(() => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 2000}),
				fc.double({min: 0.02, max: 1, noNaN: true}),
				fc.double({min: -2.5, max: 2.5, noNaN: true}),
				(probes, share, deviations) => {
					const {expected, variance} = expectationOf(probes, share, 0);
					const came = Math.min(probes, Math.max(0, expected + deviations * Math.sqrt(variance)));
					const round = handMadeRound({probes, answered: Math.round(came)});
					return judgeRound(round, {expected, variance, came}, RTT).delivered === 1;
				},
			),
		);
	});
});

test('a clear shortfall is congestion, and its share is told', t => {
	const round = handMadeRound({probes: 200, answered: 100, rate: 4000, answerRate: 2000});
	const verdict = judgeRound(round, expectationOf(200, 1, 100), RTT);
	t.is(verdict.delivered, 0.5);
	t.true(Math.abs(verdict.deliveryRate - 2000) < 100, `${verdict.deliveryRate}`);
});

test('a shortfall of a few probes is chance', t => {
	t.is(judgeRound(handMadeRound({probes: 4, answered: 0}), expectationOf(4, 1, 0), RTT).isInformed, false);
	t.is(judgeRound(handMadeRound({probes: 4, answered: 0}), expectationOf(4, 1, 0), RTT).delivered, 1);
	t.is(judgeRound(handMadeRound({probes: 12, answered: 3}), expectationOf(12, 0.5, 3), RTT).delivered, 1);
});

test('a shortfall that is certain but small is none', t => {
	t.is(
		judgeRound(handMadeRound({probes: 10_000, answered: 9500}), expectationOf(10_000, 1, 9500), RTT)
			.delivered,
		1,
	);
});

test('a rate that was not tried for long is too high on less evidence, the less the more were expected', t => {
	const isTooHigh = (expected: number, deviations: number): boolean => {
		const came = expected * 0.92;
		const variance = (expected - came) ** 2 / deviations ** 2 - 1; // As `isBeyondChance` adds 1
		const verdict = judgeRound(handMadeRound({probes: 200, answered: 0}), {expected, variance, came}, RTT);
		t.false(verdict.isOverrun);
		return verdict.isSlightlyOverrun;
	};

	t.true(isTooHigh(90, 2.1));
	t.false(isTooHigh(90, 1.9));
	t.true(isTooHigh(110, 1.1));
	t.false(isTooHigh(110, 0.9));
});

test('silence where silence is expected says nothing', t => {
	const verdict = judgeRound(handMadeRound({probes: 500, answered: 0}), expectationOf(500, 0.002, 0), RTT);
	t.like(verdict, {isInformed: false, delivered: 1, queueing: 0});
});

test('one round alone is not believed to show a path that is next to closed', t => {
	const verdict = judgeRound(handMadeRound({probes: 200, answered: 2}), expectationOf(200, 1, 2), RTT);
	t.true(verdict.deliveryRate >= 100, `${verdict.deliveryRate}`);
});

// A queue shows when even the fastest answer is late by clearly more than jitter and batching make it.
for (const {rtt, excess, isQueue} of [
	{rtt: 1000, excess: 2000, isQueue: false},
	{rtt: 1000, excess: 20_000, isQueue: true},
	{rtt: 20_000, excess: 4000, isQueue: false},
	{rtt: 20_000, excess: 30_000, isQueue: true},
	{rtt: 200_000, excess: 20_000, isQueue: false},
	{rtt: 200_000, excess: 100_000, isQueue: true},
]) {
	test(`answers ${excess} µs late on a round trip of ${rtt} µs are ${isQueue ? 'a queue' : 'jitter'}`, t => {
		const round = handMadeRound({probes: 50, answered: 50, rtt, excess});
		const {queueing} = judgeRound(round, expectationOf(50, 1, 50), steady(rtt));
		t.is(queueing, isQueue ? excess : 0);
	});
}

test('answers no later than a few times what round trips vary by are jitter', t => {
	const round = handMadeRound({probes: 50, answered: 50, excess: 30_000});
	const queueing = [5000, 10_000].map(
		variance => judgeRound(round, expectationOf(50, 1, 50), {...RTT, variance: micros(variance)}).queueing,
	);
	t.deepEqual(queueing, [30_000, 0]);
});

test('one or two late answers are no queue', t => {
	const round = handMadeRound({probes: 50, answered: 2, excess: 100_000});
	t.is(judgeRound(round, expectationOf(50, 0.04, 2), RTT).queueing, 0);
});

test('behind a queue the path delivers at the rate of the answers, however few of the probes have one', t => {
	const all = handMadeRound({probes: 200, answered: 200, rate: 4000, answerRate: 1000, excess: 60_000});
	const half = handMadeRound({probes: 200, answered: 100, rate: 4000, answerRate: 500, excess: 60_000});
	const verdicts = [
		judgeRound(all, expectationOf(200, 1, 200), RTT),
		judgeRound(half, expectationOf(200, 0.5, 100), RTT),
	];
	for (const {deliveryRate} of verdicts) {
		t.true(Math.abs(deliveryRate - 1000) < 50, `${deliveryRate}`);
	}
});

test('canaries tell by themselves when half of them are missing, unless they are few', t => {
	t.true(areCanariesMissing(expectationOf(8, 0.99, 3)));
	t.false(areCanariesMissing(expectationOf(8, 0.99, 5)));
	t.false(areCanariesMissing(expectationOf(5, 0.99, 0)));
});
