import {micros} from '@halfopen/model';
import test from 'ava';
import {
	addCounts,
	answerRate,
	forgetProbe,
	newRound,
	noCounts,
	noteProbes,
	offeredRate,
} from '../src/round.ts';
import {handMadeRound} from './hand-made-round.ts';

test('a round knows how fast its probes left and its answers came', t => {
	const round = handMadeRound({probes: 101, answered: 51, rate: 1000, answerRate: 500});
	t.is(Math.round(offeredRate(round)), 1000);
	t.is(Math.round(answerRate(round)), 500);
});

test('two answers have no rate', t => {
	t.is(answerRate(handMadeRound({probes: 10, answered: 2})), 0);
});

test('a burst at one moment was offered once in its round', t => {
	const round = handMadeRound({probes: 10, answered: 0, rate: Infinity});
	t.true(Number.isFinite(offeredRate(round)));
	t.is(offeredRate({...round, leftUntil: 50_000, leftFrom: 50_000}), 200);
});

test('first probes drawn at random are counted apart from canaries', t => {
	t.like(handMadeRound({probes: 40, answered: 10}), {
		fresh: 40,
		freshAnswered: 10,
		canaries: 0,
		canariesAnswered: 0,
	});
	t.like(handMadeRound({probes: 40, answered: 10, kind: 'canary', chance: 0.5}), {
		fresh: 0,
		canaries: 40,
		canariesAnswered: 10,
		expected: 20,
		expectedAnswered: 10,
	});
});

test('what is asked again promises nothing', t => {
	t.like(handMadeRound({probes: 40, answered: 1, kind: 'repeated'}), {
		fresh: 0,
		canaries: 0,
		canariesAnswered: 0,
	});
});

for (const kind of ['fresh', 'canary'] as const) {
	test(`a ${kind} probe that is forgotten leaves no expectation`, t => {
		const round = newRound(0, micros(0), 1000);
		const {canaries, fresh, expected, expectedVariance} = round;
		noteProbes(round, 1, kind, 0.25);
		forgetProbe(round, kind, 0.25);
		t.like(round, {canaries, fresh, expected, expectedVariance});
	});
}

test('counts of rounds add up', t => {
	const sum = noCounts();
	addCounts(sum, handMadeRound({probes: 40, answered: 10}));
	addCounts(sum, handMadeRound({probes: 10, answered: 5, kind: 'canary', chance: 0.5}));
	t.like(sum, {
		fresh: 40,
		freshAnswered: 10,
		canaries: 10,
		canariesAnswered: 5,
		sent: 50,
		answers: 15,
		expected: 5,
		expectedAnswered: 5,
	});
});
