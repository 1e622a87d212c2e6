import {micros, SECOND} from '@halfopen/model';
import test from 'ava';
import {PathUnderTest} from './path-under-test.ts';

const CLEAR = {share: 1};

/** A path that met its limit at some rate: start-up is over. */
const limited = (): PathUnderTest => {
	const path = new PathUnderTest();
	path.rounds(5, CLEAR);
	path.rounds(1, {share: 0.5});
	return path;
};

test('it begins at the initial rate, in start-up and blind', t => {
	const {model} = new PathUnderTest({initialRate: 123, leastRate: 100});
	t.is(model.rate, 123);
	t.true(model.isStartUp);
	t.true(model.isBlind);
});

test('while answers come, start-up doubles the rate with each round', t => {
	const path = new PathUnderTest();
	path.rounds(5, CLEAR);
	t.true(path.model.rate > 400 * 2 ** 4, `${path.model.rate}`);
	t.true(path.changes.every(({because}) => because === 'start-up'));
	for (const [index, {rate}] of path.changes.entries()) {
		const before = index === 0 ? 400 : path.changes[index - 1].rate;
		t.true(rate > 1.5 * before && rate < 2.5 * before, `${before} → ${rate}`);
	}
});

test('it never goes above the highest rate', t => {
	const path = new PathUnderTest({ceiling: {maxRate: 1000}});
	path.rounds(10, CLEAR);
	t.is(path.model.rate, 1000);
});

test('the highest rate may be lowered and raised again while it runs', t => {
	const ceiling = {maxRate: 10_000};
	const path = new PathUnderTest({ceiling});
	path.rounds(10, CLEAR);
	ceiling.maxRate = 50;
	t.is(path.model.rate, 50);
	path.rounds(3, CLEAR);
	t.is(path.model.rate, 50);
	ceiling.maxRate = 2000;
	path.rounds(10, CLEAR);
	t.is(path.model.rate, 2000);
});

test('in silence it grows to the blind rate and no further', t => {
	const path = new PathUnderTest({blindRate: 3000});
	path.normal = 0.01;
	path.rounds(40, {share: 0});
	t.is(path.model.rate, 3000);
	t.deepEqual(new Set(path.reasons), new Set(['blind growth']));
});

test('blind growth takes seconds, and ends with the first answer', t => {
	const path = new PathUnderTest();
	path.idle(3.5 * SECOND);
	t.true(path.model.rate < 5000);
	const {rate} = path.model;
	path.rounds(1, CLEAR);
	t.false(path.model.isBlind);
	path.idle(20 * SECOND);
	t.is(path.reasons.filter(because => because === 'blind growth').length, Math.log2(rate / 400));
});

test('a path on which nothing is sent does not grow', t => {
	const path = new PathUnderTest();
	path.rounds(2, CLEAR);
	const {rate} = path.model;
	path.idle(30 * SECOND);
	t.is(path.model.rate, rate);
});

test('a host that answers a part of its ports is no slower for it', t => {
	const path = new PathUnderTest();
	path.normal = 0.25;
	path.rounds(9, {share: 0.25});
	t.true(path.model.rate > 10_000, `${path.model.rate}`);
});

test('answers that are missing lower the rate to what was delivered, and end start-up', t => {
	const path = new PathUnderTest();
	path.rounds(5, CLEAR);
	const {rate} = path.model;
	path.rounds(1, {share: 0.5});
	t.is(path.reasons.at(-1), 'loss');
	t.true(path.model.rate > 0.4 * rate && path.model.rate < 0.6 * rate, `${rate} → ${path.model.rate}`);
	t.false(path.model.isStartUp);
});

test('answers that come late lower the rate until the queue is gone', t => {
	const path = new PathUnderTest();
	path.rounds(5, CLEAR);
	const {rate} = path.model;
	path.rounds(1, {share: 1, queue: 60_000});
	t.is(path.reasons.at(-1), 'queue');
	const drained = path.model.rate;
	t.true(drained < rate);
	path.rounds(1, CLEAR);
	t.is(path.reasons.at(-1), 'drained');
	t.true(path.model.rate > drained && path.model.rate < rate, `${drained} → ${path.model.rate}`);
});

test('no loss takes it below the least rate', t => {
	const path = new PathUnderTest({leastRate: 300, initialRate: 400});
	path.rounds(2, CLEAR);
	path.rounds(2, {share: 0.1});
	t.true(path.model.rate >= 300);
});

test('after a cut it tries from time to time whether there is more', t => {
	const path = limited();
	const {rate} = path.model;
	path.rounds(40, CLEAR);
	t.is(path.reasons.at(-1), 'probing');
	t.true(path.model.rate > rate);
});

test('loss that stays the same at lower rates is random: it is taken for normal, and the rate comes back', t => {
	const path = new PathUnderTest();
	path.rounds(5, CLEAR);
	const {rate} = path.model;
	path.rounds(8, {share: 0.7});
	t.is(path.newNormals, 1);
	t.true(path.reasons.includes('no relief'));
	t.true(path.changes.find(({because}) => because === 'no relief')!.rate >= rate * 0.6);
	const {length} = path.changes.filter(({because}) => because === 'loss');
	path.rounds(10, {share: 0.7});
	t.is(path.changes.filter(({because}) => because === 'loss').length, length);
});

test('answers that come after they were given up undo the cut', t => {
	const path = new PathUnderTest();
	path.rounds(5, CLEAR);
	const {rate} = path.model;
	path.rounds(1, {share: 0.3, lateShare: 0.7});
	t.deepEqual(path.reasons.slice(-2), ['loss', 'late answers']);
	t.is(path.model.rate, rate);
	t.true(path.model.isStartUp);
});

test('a few late answers undo nothing', t => {
	const path = new PathUnderTest();
	path.rounds(5, CLEAR);
	path.rounds(1, {share: 0.3, lateShare: 0.05});
	t.is(path.reasons.at(-1), 'loss');
});

test('a trial that finds the loss random goes back to the rate', t => {
	const path = new PathUnderTest();
	path.normal = 0.4;
	path.mayTry = true;
	path.rounds(4, {share: 0.4});
	path.isSuspicious = true;
	const {length} = path.changes;
	path.rounds(30, {share: 0.4});
	const [trial, ended] = path.changes.slice(length).filter(({because}) => because.startsWith('trial'));
	t.is(trial.because, 'trial');
	t.is(ended.because, 'trial ended');
	t.true(ended.rate > trial.rate * 1.5, `${trial.rate} → ${ended.rate}`);
	t.is(path.randomLosses, 1);
});

test('a trial that loses less stays at the lower rate', t => {
	const path = new PathUnderTest();
	path.normal = 0.4;
	path.mayTry = true;
	path.rounds(4, {share: 0.4});
	path.isSuspicious = true;
	for (let left = 30; path.reasons.at(-1) !== 'trial' && left > 0; left--) {
		path.rounds(1, {share: 0.4});
	}

	const {rate} = path.model;
	const [{rate: before}] = path.changes.slice(-2);
	for (let left = 30; path.model.isOnTrial && left > 0; left--) {
		path.rounds(1, {share: 0.9});
	}

	t.false(path.model.isOnTrial);
	t.true(path.model.rate < before * 0.7, `${before} → ${rate} → ${path.model.rate}`);
	t.is(path.randomLosses, 0);
	t.false(path.model.isStartUp);
});

test('in start-up, answers that are missing are a reason for a trial, and late ones end it', t => {
	const path = new PathUnderTest();
	path.mayTry = true;
	path.rounds(5, CLEAR);
	const {rate} = path.model;
	path.rounds(1, {share: 0.3});
	t.is(path.reasons.at(-1), 'trial');
	t.true(path.model.isOnTrial);
	const late = new PathUnderTest();
	late.mayTry = true;
	late.rounds(5, CLEAR);
	late.rounds(1, {share: 0.3, lateShare: 0.7});
	t.deepEqual(late.reasons.slice(-2), ['trial', 'late answers']);
	t.false(late.model.isOnTrial);
	t.is(late.model.rate, rate);
});

test('the first step of a host alone is a small one: all of its answers may have come from a burst', t => {
	const [alone, among] = [new PathUnderTest(), new PathUnderTest()];
	alone.isOnlyHost = true;
	for (const path of [alone, among]) {
		path.normal = 0; // Nothing is expected yet
		path.rounds(1, CLEAR);
	}

	t.true(alone.model.rate > 1.5 * new PathUnderTest().model.rate);
	t.true(alone.model.rate <= 2 * new PathUnderTest().model.rate);
	t.true(among.model.rate >= alone.model.rate);
});

test('a host alone is tried for less', t => {
	const [alone, among] = [new PathUnderTest(), new PathUnderTest()];
	for (const path of [alone, among]) {
		path.normal = 0.6;
		path.mayTry = true;
		path.isAlone = path === alone;
		path.rounds(5, {share: 0.6});
		path.rounds(1, {share: 0.36});
	}

	t.true(alone.reasons.includes('trial'));
	t.false(among.reasons.includes('trial'));
});

test('while a lower rate is tried, only probes that tell are of use; only canaries where no others were sent', t => {
	const path = new PathUnderTest();
	path.mayTry = true;
	path.rounds(5, CLEAR);
	t.false(path.model.isOnTrial || path.model.needsCanaries);
	path.rounds(1, {share: 0.3});
	t.true(path.model.isOnTrial);
	t.false(path.model.needsCanaries);
});

test('what later tries show to be lost since a step up corrects the rate', t => {
	const path = limited();
	path.mayTry = true;
	path.rounds(10, CLEAR);
	const {rate} = path.model;
	path.delivered = 0.8;
	path.rounds(1, CLEAR);
	t.is(path.reasons.at(-1), 'loss');
	t.true(path.model.rate < 0.85 * rate && path.model.rate > 0.7 * rate, `${rate} → ${path.model.rate}`);
});

test('a path whose probes something else holds back is neither tried nor corrected', t => {
	const path = new PathUnderTest();
	path.mayTry = true;
	path.isSuspicious = true;
	path.delivered = 0.5;
	path.sentShare = 0.3;
	path.rounds(20, {share: 0.6});
	t.false(path.reasons.includes('trial'));
	t.false(path.reasons.includes('loss'));
});

test('what a wider model takes care of lowers no rate here, but ends start-up', t => {
	const path = new PathUnderTest();
	path.rounds(4, CLEAR);
	path.mayTry = true;
	path.isTakenCareOf = true;
	const {rate} = path.model;
	path.rounds(1, {share: 0.5});
	t.is(path.model.rate, rate);
	t.false(path.model.isStartUp);
});

test('it knows whether it acted since', t => {
	const path = limited();
	t.true(path.model.hasCutSince(micros(0)));
	t.false(path.model.hasCutSince(micros(path.now)));
	t.false(new PathUnderTest().model.hasCutSince(micros(0)));
});

test('what is lost on our own side lowers the rate, once for each round trip', t => {
	const path = new PathUnderTest();
	path.rounds(3, CLEAR);
	const {rate} = path.model;
	path.model.onLocalLoss(micros(path.now));
	const lower = path.model.rate;
	t.is(path.reasons.at(-1), 'own loss');
	t.true(lower < rate);
	path.model.onLocalLoss(micros(path.now + 1));
	t.is(path.model.rate, lower);
});

test('probes that nobody waits for any more are not missed', t => {
	const path = new PathUnderTest();
	path.rounds(5, CLEAR);
	const {rate} = path.model;
	for (let count = 0; count < 200; count++) {
		const round = path.model.onSend('fresh', 1, micros(path.now));
		path.model.onSent(round, micros(path.now));
		path.model.onForget(round, 'fresh', 1);
		path.now += 100;
	}

	path.idle(SECOND);
	t.is(path.model.rate, rate);
});

test('a burst at first is no rate: start-up takes steps of four at most', t => {
	const path = new PathUnderTest({initialRate: 100, leastRate: 100});
	path.rounds(1, CLEAR);
	t.true(path.model.rate <= 400, `${path.model.rate}`);
});

test('while few answers are to be expected, some are needed for the rate to grow', t => {
	const path = new PathUnderTest();
	path.normal = 0.1;
	path.rounds(4, {share: 0.1});
	t.is(path.model.rate, 400);
	t.true(path.model.wantsEvidence);
	path.rounds(4, {share: 0.1});
	t.true(path.model.rate > 400, `${path.model.rate}`);
});
