import {MILLISECOND, type Micros, micros} from '@halfopen/model';
import {DiscoveryTiming, GroupTiming, timingParameters, type TryHistory} from '@halfopen/timing';
import test from 'ava';
import {Sequels} from '../../src/discovery/sequels.ts';

const START = micros(0);
const KEY = 0x0a_00_00_01;
const ms = (count: number): Micros => micros(count * MILLISECOND);

/** A host on the link answered after so many tries, which were lost but for the last. */
const found = (tries: number): {timing: DiscoveryTiming; sequels: Sequels} => {
	const timing = new DiscoveryTiming(new GroupTiming(timingParameters(3), START), 256, 1, START);
	let history: TryHistory | undefined;
	for (let count = 0; count < tries; count++) {
		history = timing.beginTry('link', history);
	}

	timing.onAnswer({way: 'link', history, sentAt: ms(100), receivedAt: ms(101), isTelling: false}, undefined);
	const sequels = new Sequels(timing);
	sequels.expect(KEY, {way: 'link', tries, lost: history?.previous, sentAt: ms(100)});
	return {timing, sequels};
};

test('each further answer takes one lost try back, as many as there were tries', t => {
	const {timing, sequels} = found(3);
	t.is(timing.measuredLoss, 2 / 3);
	t.true(sequels.onAnswer(KEY, ms(150)));
	t.is(timing.measuredLoss, 1 / 2);
	t.true(sequels.onAnswer(KEY, ms(250)));
	t.is(timing.measuredLoss, 0);
	t.false(sequels.onAnswer(KEY, ms(251)));
	t.is(timing.measuredLoss, 0);
});

test('the answer to the latest try shows how long answers take', t => {
	const {timing, sequels} = found(2);
	t.is(timing.patience.retryAfter('link'), ms(100));
	t.true(sequels.onAnswer(KEY, ms(400)));
	t.true(timing.patience.retryAfter('link') > ms(150));
});

test('an answer is not expected of a host that was asked once, nor of one that was not found', t => {
	const {sequels} = found(1);
	t.false(sequels.onAnswer(KEY, ms(2)));
	t.false(sequels.onAnswer(KEY + 1, ms(2)));
});
