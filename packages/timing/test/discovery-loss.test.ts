import {type Micros, micros} from '@halfopen/model';
import {type AnswerCounts, type Expectation, type TryHistory} from '@halfopen/timing';
import test from 'ava';
import {DiscoveryLoss} from '../src/discovery-loss.ts';
import {handMadeRound} from './hand-made-round.ts';

const NOW: Micros = micros(1_000_000);

/** Canaries are all expected back. */
const expectation = ({canaries, canariesAnswered}: AnswerCounts): Expectation => ({
	expected: canaries,
	variance: 0,
	came: canariesAnswered,
});

/** Of tries of so many probes. */
const lossOf = (probes: number): DiscoveryLoss =>
	new DiscoveryLoss(probes, () => ({probes: 0, answers: 0}), expectation);

/** So many hosts answered, each after losing so many tries. */
const answer = (loss: DiscoveryLoss, hosts: number, lostTries = 0): void => {
	for (let count = 0; count < hosts; count++) {
		let history: TryHistory | undefined;
		for (let tried = 0; tried <= lostTries; tried++) {
			history = loss.beginTry('path', history);
		}

		loss.onAnswer({way: 'path', history, sentAt: NOW, receivedAt: NOW, isTelling: true});
	}
};

/** A round of so many canaries, of which some came back. */
const judge = (loss: DiscoveryLoss, probes: number, answered: number, startedAt = micros(0)): void => {
	loss.onRound({...handMadeRound({probes, answered, kind: 'canary'}), startedAt});
};

/** The fate of so many canaries is known. */
const askCanaries = (loss: DiscoveryLoss, count: number, answered: number): void => {
	for (let index = 0; index < count; index++) {
		const history = loss.beginCanary();
		if (index < answered) {
			loss.onCanaryAnswer(NOW, history);
		} else {
			loss.onCanaryLost(history);
		}
	}

	loss.countCanaries(NOW);
};

test('how much is lost is known by 48 tries to hosts that answered', t => {
	const loss = lossOf(4);
	judge(loss, 50, 50);
	const history = loss.beginTry('path', undefined);
	answer(loss, 45);
	t.false(loss.isKnown(history));
	answer(loss, 1, 2);
	t.true(loss.isKnown(history));
});

test('nor is it known of tries at a rate that was not judged yet', t => {
	const loss = lossOf(4);
	answer(loss, 48);
	const history = loss.beginTry('path', undefined);
	t.false(loss.isKnown(history));
	judge(loss, 50, 50);
	t.true(loss.isKnown(history));
	loss.restart(NOW);
	t.false(loss.isKnown(loss.beginTry('path', history)));
});

test('what canaries lost at any rate is to be expected of tries of one probe, and not of several', t => {
	for (const [probes, least, most] of [
		[1, 0.17, 0.2],
		[4, 0, 0.001],
	]) {
		const loss = lossOf(probes);
		askCanaries(loss, 200, 160);
		const {doubt} = loss.beginTry('path', undefined);
		t.true(doubt >= least && doubt <= most, `${probes}: ${doubt}`);
	}
});

test('what is lost later shows what the first tries are likely to have lost', t => {
	const loss = lossOf(4);
	const first = loss.beginTry('path', undefined);
	answer(loss, 5);
	const before = first.doubt;
	t.true(before < 0.001);
	loss.restart(NOW);
	answer(loss, 50, 1);
	t.true(first.doubt > 0.3, `${first.doubt}`);
});

test('what the rate cost is to be expected of tries of that time alone', t => {
	const loss = lossOf(4);
	const fast = loss.beginTry('path', undefined);
	judge(loss, 60, 20);
	loss.restart(NOW);
	judge(loss, 60, 60, NOW);
	t.true(fast.doubt > 0.6, `${fast.doubt}`);
	t.true(loss.beginTry('path', undefined).doubt < 0.01);
});
