import test from 'ava';
import {RateTrial} from '../src/rate-trial.ts';
import {handMadeRound} from './hand-made-round.ts';

/** A trial at a rate at which this share is answered, begun after enough rounds. */
const begun = (rate: number, share: number): {trial: RateTrial; rate: number | undefined} => {
	const trial = new RateTrial();
	addRounds(trial, rate, share);
	return {trial, rate: trial.begin(rate)};
};

const addRounds = (trial: RateTrial, rate: number, share: number): void => {
	for (let count = 0; count < 10; count++) {
		trial.add({...handMadeRound({probes: 50, answered: 50 * share, rate})});
	}
};

test('it is not begun where little is known', t => {
	const trial = new RateTrial();
	t.is(trial.begin(1000), undefined);
	trial.add(handMadeRound({probes: 10, answered: 3, rate: 1000}));
	t.is(trial.begin(1000), undefined);
	t.false(trial.isRunning);
});

test('it is not begun where answers come about as fast as probes are sent', t => {
	t.is(begun(1000, 0.9).rate, undefined);
});

test('it is run about as fast as answers came', t => {
	const {trial, rate} = begun(1000, 0.3);
	t.true(trial.isRunning);
	t.true(rate! > 200 && rate! < 500, `${rate}`);
});

test('fewer probes and as many answers: the rate is to blame, and what was answered is the rate to take', t => {
	const {trial, rate} = begun(1000, 0.3);
	t.is(trial.end(), undefined);
	addRounds(trial, rate!, 0.8);
	const result = trial.end()!;
	t.true(result.isRateToBlame);
	t.true(result.rate > 250 && result.rate < 500, `${result.rate}`);
	t.false(trial.isRunning);
});

test('fewer probes and fewer answers: the loss is random, and the rate is what it was', t => {
	const {trial, rate} = begun(1000, 0.3);
	addRounds(trial, rate!, 0.3);
	t.deepEqual(trial.end(), {isRateToBlame: false, rate: 1000});
});

test('one that is given up says nothing', t => {
	const {trial} = begun(1000, 0.3);
	trial.cancel();
	t.false(trial.isRunning);
	t.is(trial.end(), undefined);
});
