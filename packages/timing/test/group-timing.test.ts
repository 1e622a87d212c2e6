import {MILLISECOND, micros, SECOND} from '@halfopen/model';
import test from 'ava';
import {GroupTiming} from '../src/group-timing.ts';
import {LOOK_AHEAD} from '../src/pace.ts';
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
	for (; group.roomAt(micros(0)) > 0 && sent < 1000; sent++) {
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

/** When probes leave until then, with a look every millisecond. */
const sendUntil = (group: GroupTiming, from: number, until: number): number[] => {
	const times: number[] = [];
	for (let now = from; now < until; now += MILLISECOND) {
		for (; group.roomAt(micros(now)) > 0; group.onLeave()) {
			group.onSend(micros(now));
			times.push(now);
		}
	}

	return times;
};

/** The most probes within any span of this length. */
const mostWithin = (times: readonly number[], span: number): number =>
	Math.max(0, ...times.map((at, index) => times.slice(index).filter(other => other < at + span).length));

const CHANGES = [
	{options: {}, from: 'no bounds'},
	{options: {maxRate: 20}, from: 'a low --max-rate'},
	{options: {minRate: 3000, maxRate: 3000}, from: '--rate'},
];

for (const {options, from} of CHANGES) {
	for (const rate of [5, 100, 2000]) {
		test(`a running scan with ${from} is set to ${rate} probes a second: at once, no more, no less, no burst`, t => {
			const group = groupOf(options);
			sendUntil(group, 0, SECOND);
			group.setRate(rate, micros(SECOND));
			const times = sendUntil(group, SECOND, 3 * SECOND);
			const ahead = (rate * LOOK_AHEAD) / SECOND; // Written before it is due; the sender spaces it
			t.true(mostWithin(times, SECOND - LOOK_AHEAD) <= rate + 1, `${mostWithin(times, SECOND)}`);
			t.true(mostWithin(times, MILLISECOND) <= 2 + ahead);
			t.true(times.length >= 2 * rate - 2, `${times.length}`);
			t.is(group.maxRate, rate);
			t.true(group.rate <= rate);
		});
	}
}

test('a rate set again and again lets no more probes leave', t => {
	const group = groupOf();
	let sent = 0;
	for (let now = 0; now < 5 * SECOND; now += 10 * MILLISECOND) {
		group.setRate(2, micros(now));
		sent += sendUntil(group, now, now + 10 * MILLISECOND).length;
	}

	t.true(sent >= 9 && sent <= 11, `${sent}`);
});
