import test from 'ava';
import {nextRate, type StartUp} from '../src/start-up.ts';
import {handMadeRound} from './hand-made-round.ts';

const RATE = 400;

/** A host alone of which little is known yet, and that answers all of them as they leave. */
const ALONE: StartUp = {rate: RATE, wasInformed: false, isOnlyHost: true, isAlone: false, answerRate: RATE};

const round = (share: number, rate = RATE) => handMadeRound({probes: 40, answered: 40 * share, rate});

test('the rate doubles from what the round was sent at, and never falls', t => {
	t.true(Math.abs(nextRate(round(1), ALONE) - 2 * RATE) < RATE / 10);
	t.is(nextRate(round(1, RATE / 4), ALONE), RATE);
});

test('what left at once is no rate: a step is no larger than the host allows', t => {
	const atOnce = round(1, 100 * RATE);
	t.is(nextRate(atOnce, ALONE), 2 * RATE);
	t.is(nextRate(atOnce, {...ALONE, wasInformed: true, isAlone: true}), 3 * RATE);
	t.is(nextRate(atOnce, {...ALONE, isOnlyHost: false}), 4 * RATE);
});

test('it does not grow while a host alone that answered most answers less than half as often since', t => {
	t.is(nextRate(round(0.8), {...ALONE, answerRate: RATE / 4}), RATE);
	t.true(nextRate(round(0.8), {...ALONE, answerRate: RATE / 2}) > RATE);
});

test('it grows all the same where answers are rare, or enough is known to expect them, or others are asked too', t => {
	const slow = {...ALONE, answerRate: RATE / 40};
	t.true(nextRate(round(0.2), slow) > RATE);
	t.true(nextRate(round(0.8), {...slow, wasInformed: true}) > RATE);
	t.true(nextRate(round(0.8), {...slow, isOnlyHost: false}) > RATE);
});
