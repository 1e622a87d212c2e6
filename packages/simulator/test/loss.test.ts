import test from 'ava';
import {Loss} from '../src/loss.ts';
import {randomFor} from '../src/random.ts';
import type {LossBursts} from '../src/simulated-network.ts';

const PACKETS = 100_000;

const fates = (chance: number, bursts?: LossBursts): boolean[] => {
	const loss = new Loss(chance, bursts, randomFor(1, 'loss'));
	return Array.from({length: PACKETS}, () => loss.strikes());
};

const shareOf = (lost: readonly boolean[]): number => lost.filter(Boolean).length / PACKETS;

/** Lengths of the runs of lost packets. */
const runsOf = (lost: readonly boolean[]): number[] =>
	lost
		.map(isLost => (isLost ? 'x' : ' '))
		.join('')
		.split(' ')
		.filter(Boolean)
		.map(run => run.length);

const mean = (values: readonly number[]): number =>
	values.reduce((sum, value) => sum + value, 0) / values.length;

test('without settings nothing is lost', t => {
	t.is(shareOf(fates(0)), 0);
});

test('random loss strikes each packet on its own', t => {
	const lost = fates(0.1);
	t.true(Math.abs(shareOf(lost) - 0.1) < 0.005, `${shareOf(lost)}`);
	t.true(Math.abs(mean(runsOf(lost)) - 1 / 0.9) < 0.03, `${mean(runsOf(lost))}`);
});

test('bursts have their length on average, and their share of the packets', t => {
	const lost = fates(0, {begin: 0.005, end: 0.1});
	const share = 10 / (10 + 1 / 0.005 - 1); // Of 10 packets in a burst and those until the next begins
	t.true(Math.abs(mean(runsOf(lost)) - 10) < 1, `${mean(runsOf(lost))}`);
	t.true(Math.abs(shareOf(lost) - share) < 0.005, `${shareOf(lost)}`);
});

test('bursts of one packet are random loss', t => {
	const lost = fates(0, {begin: 0.1, end: 1});
	t.true(Math.abs(shareOf(lost) - 0.1) < 0.005, `${shareOf(lost)}`);
	t.true(Math.abs(mean(runsOf(lost)) - 1 / 0.9) < 0.03, `${mean(runsOf(lost))}`);
});

test('random loss and bursts add up', t => {
	t.true(shareOf(fates(0.1, {begin: 0.005, end: 0.1})) > 0.13);
});
