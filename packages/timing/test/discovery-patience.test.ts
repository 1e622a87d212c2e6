import {MILLISECOND, type Micros, micros} from '@halfopen/model';
import {
	DiscoveryPatience,
	type DiscoveryWay,
	GroupTiming,
	timingParameters,
	type TimingOverrides,
} from '@halfopen/timing';
import test from 'ava';

const START = micros(0);
const ms = (count: number): Micros => micros(count * MILLISECOND);

const patienceOf = (overrides: TimingOverrides = {}): DiscoveryPatience =>
	new DiscoveryPatience(new GroupTiming(timingParameters(3, overrides), START));

const answer = (patience: DiscoveryPatience, rtt: Micros, way: DiscoveryWay = 'path'): void => {
	patience.learn({way, sentAt: START, receivedAt: rtt});
};

test('before anything answered a try follows after a quarter of the first timeout, and silence takes all of it', t => {
	const patience = patienceOf();
	t.is(patience.retryAfter('path'), ms(250));
	t.is(patience.verdictAfter('path'), ms(1000));
	t.is(patience.retryAfter('link'), ms(100));
	t.is(patience.verdictAfter('link'), ms(200));
});

test('the next try follows sooner when answers come fast, but nobody is given up before half of the first timeout', t => {
	const patience = patienceOf();
	answer(patience, ms(10));
	t.is(patience.retryAfter('path'), micros(33_334)); // Of --min-rtt-timeout
	t.is(patience.verdictAfter('path'), ms(500));
	t.is(patience.retryAfter('link'), ms(100)); // A link is not like a path
});

test('a timeout is at least twice the longest round trip, within the user’s bounds', t => {
	const patience = patienceOf();
	for (let count = 0; count < 100; count++) {
		answer(patience, ms(10));
	}

	answer(patience, ms(400));
	for (let count = 0; count < 100; count++) {
		answer(patience, ms(10));
	}

	t.is(patience.verdictAfter('path'), ms(800));
	const bounded = patienceOf({maxRttTimeout: ms(300)});
	answer(bounded, ms(400));
	t.is(bounded.verdictAfter('path'), ms(300));
});

test('neighbours are asked again after 100 ms, later when they take their time, and waited for as long as at first', t => {
	const patience = patienceOf();
	answer(patience, ms(1), 'link');
	t.is(patience.retryAfter('link'), ms(100));
	t.is(patience.verdictAfter('link'), ms(200));
	answer(patience, ms(150), 'link');
	t.true(patience.verdictAfter('link') >= ms(300));
	t.true(patience.retryAfter('link') > ms(150));
});

test('an answer that does not tell its try is to the latest when it comes as answers do after that, and otherwise late', t => {
	const patience = patienceOf();
	t.false(patience.isOfLatest('link', ms(2), ms(102))); // Nothing is known of answers
	answer(patience, ms(2), 'link');
	t.true(patience.isOfLatest('link', ms(2), ms(102)));
	t.false(patience.isOfLatest('link', ms(1), ms(101))); // Sooner than any so far
	t.false(patience.isOfLatest('link', ms(50), ms(150)));
	t.false(patience.isOfLatest('link', ms(2), ms(5)));
	answer(patience, ms(150), 'link');
	t.false(patience.isOfLatest('link', ms(2), ms(102)));
});

test('a scan delay is kept between probes and between tries', t => {
	const patience = patienceOf({scanDelay: ms(2000)});
	t.is(patience.gap, ms(2000));
	t.is(patience.retryAfter('path'), ms(2000));
	t.is(patience.verdictAfter('link'), ms(2000));
});

test('what a router says may be contradicted for twice the time that it took, and 100 ms at the least', t => {
	const patience = patienceOf();
	t.is(patience.graceEnd(ms(1000), ms(5)), ms(1100));
	t.is(patience.graceEnd(ms(1000), ms(400)), ms(1800));
});

test('what is late is compared with the shortest round trip of the same way, which may have become longer', t => {
	const patience = patienceOf();
	answer(patience, ms(10));
	answer(patience, ms(1), 'link');
	const late = {way: 'path', sentAt: ms(100), receivedAt: ms(150)} as const;
	t.is(patience.excess(late), ms(40));
	patience.lengthen(ms(30));
	t.is(patience.excess(late), ms(10));
	t.is(patience.excess({...late, way: 'link'}), ms(49));
});

test('round trips over a standstill tell nothing', t => {
	const group = new GroupTiming(timingParameters(3), START);
	const patience = new DiscoveryPatience(group);
	answer(patience, ms(10));
	group.onStandstill(ms(100), ms(300));
	const interrupted = {way: 'path', sentAt: ms(90), receivedAt: ms(290)} as const;
	patience.learn(interrupted);
	t.is(patience.roundTrip(ms(90), ms(290)), undefined);
	t.is(patience.excess(interrupted), ms(0));
	t.is(patience.verdictAfter('path'), ms(500));
});

test('round trips of paths come first, and those of links where there are no others', t => {
	const patience = patienceOf();
	t.is(patience.roundTrips, undefined);
	answer(patience, ms(1), 'link');
	t.is(patience.roundTrips?.least, ms(1));
	answer(patience, ms(10));
	t.is(patience.roundTrips?.least, ms(10));
});
