import test from 'ava';
import {type BeforeTrial, RateTrial, type TrialResult} from '../src/rate-trial.ts';
import type {ProbeKind} from '../src/round.ts';
import {handMadeRound} from './hand-made-round.ts';

const NOTHING: Pick<BeforeTrial, 'isAlone' | 'isMeasured' | 'tries' | 'freshPending'> = {
	isAlone: false,
	isMeasured: false,
	tries: {probes: 0, answers: 0},
	freshPending: 0,
};

const addRounds = (trial: RateTrial, rate: number, share: number, kind: ProbeKind = 'fresh'): void => {
	for (let count = 0; count < 10; count++) {
		trial.add(handMadeRound({probes: 50, answered: Math.round(50 * share), rate, kind}));
	}
};

/** A trial at a rate at which this share is answered, begun after enough rounds. */
const begun = (rate: number, share: number): {trial: RateTrial; rate: number | undefined} => {
	const trial = new RateTrial();
	addRounds(trial, rate, share);
	return {trial, rate: trial.begin({rate, ...NOTHING, answerRate: rate * share})};
};

test('it is not begun where little is known', t => {
	const trial = new RateTrial();
	t.is(trial.begin({...NOTHING, rate: 1000, answerRate: 0}), undefined);
	trial.add(handMadeRound({probes: 5, answered: 1, rate: 1000}));
	t.is(trial.begin({...NOTHING, rate: 1000, answerRate: 10, tries: {probes: 2, answers: 1}}), undefined);
	t.false(trial.isRunning);
});

test('it is not begun where answers come about as fast as probes are sent', t => {
	t.is(begun(1000, 0.9).rate, undefined);
});

test('it is run a little slower than answers came, but for no more than a second', t => {
	const {trial, rate} = begun(1000, 0.3);
	t.true(trial.isRunning);
	t.true(rate! > 200 && rate! < 300, `${rate}`);
	t.is(begun(1000, 0).rate, 24);
});

test('of a host alone it is slower: some of the answers may have come from a burst', t => {
	const trial = new RateTrial();
	addRounds(trial, 1000, 0.3);
	const rate = trial.begin({...NOTHING, rate: 1000, answerRate: 300, isAlone: true})!;
	t.true(rate < begun(1000, 0.3).rate!);
	addRounds(trial, rate, 1);
	t.true(Math.abs(trial.end()!.limit - 300) < 10);
});

test('fewer probes and as many answers: the rate is to blame, and what was answered is the limit', t => {
	const {trial, rate} = begun(1000, 0.3);
	t.is(trial.end(), undefined);
	addRounds(trial, rate!, 1);
	const {isRateToBlame, limit} = trial.end()!;
	t.true(isRateToBlame);
	t.true(Math.abs(limit - 300) < 10, `${limit}`);
	t.false(trial.isRunning);
});

test('silent ports are allowed for', t => {
	const {trial, rate} = begun(1000, 0.15);
	addRounds(trial, rate!, 0.5);
	const {isRateToBlame, limit} = trial.end()!;
	t.true(isRateToBlame);
	t.true(Math.abs(limit - 300) < 20, `${limit}`);
});

test('fewer probes and fewer answers: the loss is random', t => {
	const {trial, rate} = begun(1000, 0.3);
	addRounds(trial, rate!, 0.3);
	t.false(trial.end()!.isRateToBlame);
});

test('where first probes are used up, canaries tell against tries to ports that answer', t => {
	const ended = (answers: number): TrialResult | undefined => {
		const trial = new RateTrial();
		addRounds(trial, 1000, 0.05, 'repeated');
		const rate = trial.begin({...NOTHING, rate: 1000, answerRate: 50, tries: {probes: 100, answers}})!;
		t.true(trial.needsCanaries);
		addRounds(trial, rate, 0, 'fresh');
		t.is(trial.end(), undefined);
		addRounds(trial, rate, 0.96, 'canary');
		return trial.end();
	};

	t.true(ended(30)!.isRateToBlame);
	t.false(ended(95)!.isRateToBlame);
});

test('after one that blamed chance, the next takes more probes', t => {
	const {trial, rate} = begun(1000, 0.3);
	trial.add(handMadeRound({probes: 40, answered: 12, rate: rate!}));
	t.false(trial.end()!.isRateToBlame);
	addRounds(trial, 1000, 0.3);
	trial.begin({...NOTHING, rate: 1000, answerRate: 300});
	trial.add(handMadeRound({probes: 40, answered: 12, rate: rate!}));
	t.is(trial.end(), undefined);
});

test('one that is given up says nothing', t => {
	const {trial} = begun(1000, 0.3);
	trial.cancel();
	t.false(trial.isRunning);
	t.is(trial.end(), undefined);
});

test('what was on its way when it began is what it is compared with, and shows the limit', t => {
	const trial = new RateTrial();
	trial.add(handMadeRound({probes: 30, answered: 25, rate: 1000}));
	const rate = trial.begin({...NOTHING, rate: 1000, answerRate: 150, freshPending: 200})!;
	trial.addBefore(handMadeRound({probes: 200, answered: 20, rate: 1000}));
	trial.add(handMadeRound({probes: 40, answered: 40, rate}));
	const {isRateToBlame, limit} = trial.end()!;
	t.true(isRateToBlame);
	t.true(limit >= rate && limit < 130, `${limit}`);
});

test('a rate of answers that was counted for long is the limit, whatever came last', t => {
	const trial = new RateTrial();
	trial.add(handMadeRound({probes: 400, answered: 80, rate: 1000}));
	const rate = trial.begin({...NOTHING, rate: 1000, answerRate: 200, isMeasured: true})!;
	trial.addBefore(handMadeRound({probes: 50, answered: 25, rate: 1000}));
	addRounds(trial, rate, 1);
	const {isRateToBlame, limit} = trial.end()!;
	t.true(isRateToBlame);
	t.true(Math.abs(limit - 200) < 10, `${limit}`);
});

/** The limit that is found when so many of five times as many probes were answered that were on their way, 1000 a second. */
const limitWith = (answered: number, answerRate: number, isAlone = false): number => {
	const trial = new RateTrial();
	trial.add(handMadeRound({probes: 30, answered: 25, rate: 1000}));
	const rate = trial.begin({...NOTHING, isAlone, rate: 1000, answerRate, freshPending: 200})!;
	trial.addBefore(handMadeRound({probes: answered * 5, answered, rate: 1000}));
	trial.add(handMadeRound({probes: 40, answered: 40, rate}));
	return trial.end()!.limit;
};

test('the limit is what answers came at before, as far as what was counted allows', t => {
	const few = limitWith(8, 100);
	t.true(few > 170 && few < 190, `${few}`);
	const many = limitWith(40, 100);
	t.true(many > 195, `${many}`);
	t.true(limitWith(8, 190) > few);
	const taken = limitWith(3, 100);
	t.true(Math.abs(taken - 100) < 10, `${taken}`);
});

test('of a host alone it is what was counted: too low a limit would cost time', t => {
	const counted = limitWith(8, 100, true);
	t.true(Math.abs(counted - 205) < 10, `${counted}`);
	t.is(limitWith(8, 190, true), counted);
});

test('it is beyond doubt where nearly all are answered instead of few, and not where some more are', t => {
	for (const [few, many, isClear] of [
		[8, 38, true],
		[16, 26, false],
	] as const) {
		const trial = new RateTrial();
		trial.add(handMadeRound({probes: 40, answered: few, rate: 1000}));
		const rate = trial.begin({...NOTHING, rate: 1000, answerRate: 300})!;
		trial.add(handMadeRound({probes: 40, answered: many, rate}));
		t.like(trial.end(), {isRateToBlame: true, isClear});
	}
});

test('where nothing is known of how fast answers came, the limit is what got through', t => {
	const trial = new RateTrial();
	const rate = trial.begin({...NOTHING, rate: 1000, answerRate: 0, freshPending: 40})!;
	t.is(rate, 24);
	trial.addBefore(handMadeRound({probes: 40, answered: 3, rate: 1000}));
	trial.add(handMadeRound({probes: 40, answered: 40, rate}));
	const {isRateToBlame, limit} = trial.end()!;
	t.true(isRateToBlame);
	t.true(Math.abs(limit - 75) < 5, `${limit}`);
});

/** Of 20 canaries so many were answered, and 26 of 40 in the trial. */
const endedAfterCanaries = (answered: number): TrialResult => {
	const trial = new RateTrial();
	addRounds(trial, 1000, 0.05, 'repeated');
	trial.add(handMadeRound({probes: 20, answered, rate: 1000, kind: 'canary'}));
	const rate = trial.begin({...NOTHING, rate: 1000, answerRate: 50, tries: {probes: 30, answers: 18}})!;
	trial.add(handMadeRound({probes: 40, answered: 26, rate, kind: 'canary'}));
	return trial.end()!;
};

test('canaries at the rate before tell more than ports that answered, which were the lucky ones', t => {
	t.true(endedAfterCanaries(1).isRateToBlame);
	t.false(endedAfterCanaries(12).isRateToBlame);
});

test('a trial that meets the same trouble gives way to a slower one', t => {
	const {trial, rate} = begun(10_000, 0.3);
	addRounds(trial, rate!, 0.2);
	const slower = trial.begin({rate: rate!, ...NOTHING, answerRate: rate! * 0.2})!;
	t.true(slower < rate! / 4);
	addRounds(trial, slower, 1);
	const {isRateToBlame, limit} = trial.end()!;
	t.true(isRateToBlame);
	t.true(Math.abs(limit - rate! * 0.2) < 20, `${limit}`);
});

test('where no round at the rate before was counted, the limit is the rate of the trial', t => {
	const trial = new RateTrial();
	const rate = trial.begin({...NOTHING, rate: 1000, answerRate: 0, tries: {probes: 100, answers: 10}})!;
	addRounds(trial, rate, 1, 'canary');
	t.like(trial.end(), {isRateToBlame: true, limit: rate});
});
