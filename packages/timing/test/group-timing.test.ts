import {MILLISECOND, micros, SECOND} from '@halfopen/model';
import test from 'ava';
import {GroupTiming} from '../src/group-timing.ts';
import {TEMPLATES, timingParameters} from '../src/parameters.ts';

const groupOf = (overrides = {}): GroupTiming => new GroupTiming(timingParameters(3, overrides), micros(0));

test('the way out of here takes the probes of several hosts at first', t => {
	t.true(groupOf().rate > TEMPLATES[3].initialRate);
});

test('--max-rate bounds it from the first probe on', t => {
	t.is(groupOf({maxRate: 50}).rate, 50);
});

test('the timeout is the initial one until a round trip is known', t => {
	const group = groupOf();
	t.is(group.timeout, TEMPLATES[3].initialRttTimeout);
	group.onRtt(micros(100 * MILLISECOND));
	t.is(group.timeout, micros(300 * MILLISECOND));
});

test('--min-parallelism lets probes leave that the rate would hold back', t => {
	const group = groupOf({minParallelism: 100});
	let sent = 0;
	for (; group.admits(micros(0)) && sent < 1000; sent++) {
		group.onSend(micros(0));
	}

	t.true(sent >= 100);
	group.onLeave();
	t.is(group.inFlight, sent - 1);
});

test('what was received is taken for seen up to the last reply', t => {
	const group = groupOf();
	const now = micros(SECOND);
	t.true(group.seenUntil(now) < now);
	group.onReply(micros(SECOND - 10), now);
	t.is(group.seenUntil(now), micros(SECOND - 10));
});

test('replies that are looked at late put off what is taken for seen', t => {
	const [prompt, late] = [groupOf(), groupOf()];
	prompt.onReply(micros(SECOND), micros(SECOND));
	late.onReply(micros(SECOND), micros(SECOND + 200 * MILLISECOND));
	const now = micros(5 * SECOND);
	t.true(late.seenUntil(now) < prompt.seenUntil(now));
	t.true(late.seenUntil(now) < now - 200 * MILLISECOND);
});

test('with --min-rate the next probe is due by the floor when the rate would wait', t => {
	const group = groupOf({minRate: 100_000, maxRate: 100_000, maxParallelism: 1});
	group.onSend(micros(0));
	t.is(group.nextSendAt, micros(10));
});
