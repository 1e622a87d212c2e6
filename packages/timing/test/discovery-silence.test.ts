import {MILLISECOND, micros} from '@halfopen/model';
import {
	DISCOVERY_TRIES,
	DiscoverySilence,
	type DiscoveryWay,
	timingParameters,
	type TimingOverrides,
	type TryHistory,
} from '@halfopen/timing';
import test from 'ava';
import {DiscoveryLoss} from '../src/discovery-loss.ts';

const PROBES = 4;

/** Hosts that are asked whether they are up. */
interface Asked {
	readonly silence: DiscoverySilence;
	readonly loss: DiscoveryLoss;
}

const ask = (hosts: number, overrides: TimingOverrides = {}, probes = PROBES): Asked => {
	const loss = new DiscoveryLoss(
		probes,
		() => ({probes: 0, answers: 0}),
		() => ({expected: 0, variance: 0, came: 0}),
	);
	return {loss, silence: new DiscoverySilence(loss, timingParameters(3, overrides), hosts)};
};

/** The tries of a host that had so many. */
const tried = (loss: DiscoveryLoss, tries: number): TryHistory => {
	let history = loss.beginTry('path', undefined);
	for (let count = 1; count < tries; count++) {
		history = loss.beginTry('path', history);
	}

	return history;
};

/** So many hosts answered, each after losing so many tries. */
const answer = ({silence, loss}: Asked, hosts: number, lostTries = 0): void => {
	for (let count = 0; count < hosts; count++) {
		silence.onBegin();
		loss.onAnswer({
			way: 'path',
			history: tried(loss, lostTries + 1),
			sentAt: micros(0),
			receivedAt: micros(10 * MILLISECOND),
			isTelling: true,
		});
	}
};

/** Tries that silence takes. */
const triesOf = ({silence, loss}: Asked, way: DiscoveryWay = 'path'): number => {
	let history = loss.beginTry(way, undefined);
	while (!silence.isProven(history)) {
		history = loss.beginTry(way, history);
	}

	return history.length;
};

test('silence takes two tries, of one host and of many, as long as none was lost', t => {
	for (const hosts of [1, 256, 65_536, 2 ** 24]) {
		t.is(triesOf(ask(hosts)), 2);
	}

	const asked = ask(256);
	answer(asked, 250);
	t.is(triesOf(asked), 2);
});

test('one probe is lost more easily than several: silence takes a try more until enough hosts answered', t => {
	const asked = ask(256, {}, 1);
	t.is(triesOf(asked), 2);
	answer(asked, 1);
	t.is(triesOf(asked), 3);
	answer(asked, 250);
	t.is(triesOf(asked), 2);
	t.is(triesOf(ask(1, {}, 1)), 3);
	t.is(triesOf(ask(1), 'link'), 3);
});

/** Of 100 hosts that answered, every tenth answered its second try only. */
const lossy = (confidence: number): Asked => {
	const asked = ask(200, {confidence});
	for (let count = 0; count < 10; count++) {
		answer(asked, 1, 1);
		answer(asked, 9);
	}

	return asked;
};

test('silence takes more tries when answered hosts show loss, as many as the confidence asks for', t => {
	t.is(triesOf(lossy(0.9)), 2);
	t.is(triesOf(lossy(0.999)), 3);
	t.is(triesOf(lossy(0.999_999)), 6);
	const {silence, loss} = lossy(0.9);
	t.true(Math.abs(loss.measured! - 10 / 110) < 1e-9);
	t.true(silence.expectedMissed(tried(loss, 6).doubt) < 200 * 1e-6);
});

test('hosts that are yet to be asked are taken to be like those so far', t => {
	const asked = ask(1000, {confidence: 0.999_999_9});
	answer(asked, 10);
	t.is(triesOf(asked), 3);
	for (let silent = 0; silent < 990; silent++) {
		asked.silence.onBegin();
	}

	t.is(triesOf(asked), 2);
});

/** Hosts that answered their tenth try. */
const hopeless = (maxRetries: number): Asked => {
	const asked = ask(10, {maxRetries});
	answer(asked, 100, 9);
	return asked;
};

test('tries are at most one more than --max-retries, and never more than can be told apart', t => {
	t.is(triesOf(hopeless(0)), 1);
	t.is(triesOf(hopeless(3)), 4);
	t.is(triesOf(hopeless(200)), DISCOVERY_TRIES);
});
