import {isBeyondChance} from '@halfopen/timing';
import test from 'ava';
import {DiscoveryChances} from '../src/discovery-chances.ts';
import {addCounts, noCounts} from '../src/round.ts';
import {handMadeRound} from './hand-made-round.ts';

/** What single probes lost at the best rate, when there were several. */
const chancesAfter = (tries: number, lost: number): DiscoveryChances => {
	const outcome = {probes: tries, answers: tries - lost};
	return new DiscoveryChances(
		() => ({loss: lost / tries, outcome}),
		() => outcome,
	);
};

/** Nothing is known of loss. */
const newChances = (): DiscoveryChances =>
	new DiscoveryChances(
		() => undefined,
		() => ({probes: 0, answers: 0}),
	);

/** Whether answers are missing beyond chance when so many of 100 canaries came back. */
const misses = (chances: DiscoveryChances, came: number): boolean =>
	isBeyondChance(chances.expectationOf({...noCounts(), canaries: 100, canariesAnswered: came}), 5);

test('canaries come back but for what is lost at the best rate, or usually before there were two', t => {
	t.is(newChances().of('canary'), 0.99);
	t.is(chancesAfter(200, 20).of('canary'), 0.9);
	t.is(newChances().of('repeated'), undefined);
});

test('before rates can be compared, loss of 20 % is no reason to go slower, that of half is', t => {
	t.false(misses(newChances(), 80));
	t.true(misses(newChances(), 50));
	t.false(misses(chancesAfter(200, 80), 50));
	t.true(misses(chancesAfter(200, 80), 10));
});

test('heavy loss is no standard until a lower rate did not help', t => {
	const chances = chancesAfter(100, 60);
	t.true(chances.isInDoubt);
	t.true(misses(chances, 14));
	chances.onNewNormal(handMadeRound({probes: 100, answered: 1}));
	t.false(chances.isInDoubt);
	t.false(misses(chances, 14));
	t.is(chances.of('canary'), 0.4);
});

test('first probes show whether the way is open where more than a tenth of them is answered', t => {
	const chances = newChances();
	t.true(chances.isSparse);
	t.false(chances.isWitness('fresh'));
	t.true(chances.isWitness('canary'));
	chances.onClearRound(handMadeRound({probes: 100, answered: 30}));
	t.false(chances.isSparse);
	t.true(chances.isWitness('fresh'));
	t.false(chances.isWitness('repeated'));
	t.is(chances.of('fresh'), 0.3);
});

test('first probes are expected to be answered as often as before, once that is known', t => {
	const chances = newChances();
	const counts = noCounts();
	addCounts(counts, handMadeRound({probes: 100, answered: 30}));
	t.is(chances.expectationOf(counts).expected, 0);
	t.is(chances.expectationOf(counts).came, 0);
	chances.onClearRound(handMadeRound({probes: 100, answered: 30}));
	t.is(chances.expectationOf(counts).expected, 30);
	t.is(chances.expectationOf(counts).came, 30);
	chances.onNewSample();
	t.is(chances.of('fresh'), undefined);
});
