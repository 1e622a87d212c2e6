import type {AnswerCounts, Expectation} from '@halfopen/timing';
import test from 'ava';
import {RateEvidence} from '../src/rate-evidence.ts';
import {handMadeRound} from './hand-made-round.ts';

/** Canaries are all expected back, and half of the first probes. */
const expectation = ({canaries, canariesAnswered, fresh, freshAnswered}: AnswerCounts): Expectation => ({
	expected: canaries + fresh / 2,
	variance: 0,
	came: canariesAnswered + freshAnswered,
});

const evidenceOf = (probes: number, answered: number): RateEvidence => {
	const evidence = new RateEvidence(0, expectation);
	evidence.add(handMadeRound({probes, answered, kind: 'canary'}));
	return evidence;
};

const shows = test.macro({
	title: (_, probes: number, answered: number, {isEnough, lost}: {isEnough: boolean; lost: number}) =>
		`${answered} of ${probes} canaries ${isEnough ? 'show' : 'do not show'} whether the rate costs answers: ${lost}`,
	exec(t, probes: number, answered: number, expected: {readonly isEnough: boolean; readonly lost: number}) {
		const {isEnough, lost} = evidenceOf(probes, answered);
		t.deepEqual({isEnough, lost}, expected);
	},
});

test(shows, 0, 0, {isEnough: false, lost: 0});
test(shows, 5, 5, {isEnough: false, lost: 0});
test(shows, 6, 6, {isEnough: true, lost: 0});
test(shows, 5, 0, {isEnough: false, lost: 0});
test(shows, 8, 4, {isEnough: false, lost: 0});
test(shows, 8, 2, {isEnough: true, lost: 0.75});
test(shows, 50, 46, {isEnough: true, lost: 0});

test('what is doubtful counts once nothing more will be known', t => {
	const doubtful = evidenceOf(8, 4);
	doubtful.conclude();
	t.is(doubtful.lost, 0.5);
	const single = evidenceOf(1, 0);
	single.conclude();
	t.is(single.lost, 0);
});

test('rounds add up, and first probes count until others are compared', t => {
	const evidence = evidenceOf(4, 4);
	evidence.add(handMadeRound({probes: 100, answered: 0}));
	t.is(evidence.lost, 50 / 54);
	evidence.forgetFresh();
	t.is(evidence.lost, 0);
	t.false(evidence.isEnough);
});
