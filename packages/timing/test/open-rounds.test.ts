import {micros} from '@halfopen/model';
import test from 'ava';
import {OpenRounds} from '../src/open-rounds.ts';
import {noteProbes, noteSent, type Round} from '../src/round.ts';

const RTT = micros(40_000);

const openRounds = (): OpenRounds => new OpenRounds(() => RTT);

const roundAt = (rounds: OpenRounds, now: number): Round =>
	rounds.openAt(micros(now)) ?? rounds.begin(micros(now), 1000);

const join = (round: Round, count: number): void => {
	noteProbes(round, count, 'fresh', 1);
	noteSent(round, count, micros(round.startedAt), micros(round.startedAt));
};

const LENGTHS = [
	[4, 500_000, 'few probes wait for more'],
	[8, 39_000, 'less than a round trip'],
	[20, 21_000, 'half a round trip is not enough'],
] as const;

for (const [count, age, what] of LENGTHS) {
	test(`a round goes on: ${what}`, t => {
		const rounds = openRounds();
		join(roundAt(rounds, 0), count);
		t.is(roundAt(rounds, age).number, 0);
	});
}

const ENDS = [
	[8, 40_000, 'a round trip'],
	[32, 20_000, 'half of one, with many probes'],
	[1, 2_000_000, 'two seconds, however few'],
] as const;

for (const [count, age, what] of ENDS) {
	test(`a round ends after ${what}`, t => {
		const rounds = openRounds();
		join(roundAt(rounds, 0), count);
		t.is(roundAt(rounds, age).number, 1);
	});
}

test('a round is taken once all of its probes left, by a time', t => {
	const rounds = openRounds();
	const round = roundAt(rounds, 0);
	noteProbes(round, 3, 'fresh', 1);
	rounds.end();
	t.false(rounds.hasLeft);
	noteSent(round, 3, micros(0), micros(5000));
	t.true(rounds.hasLeft);
	t.is(rounds.takeLeftBy(4999), undefined);
	t.is(rounds.find(0), round);
	t.is(rounds.fresh, 3);
	t.is(rounds.takeLeftBy(5000), round);
	t.is(rounds.find(0), undefined);
	t.is(rounds.takeLeftBy(5000), undefined);
});
