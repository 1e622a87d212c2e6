import {MILLISECOND, type Micros, micros, SECOND} from '@halfopen/model';
import {
	DISCOVERY_TRIES,
	DiscoveryTiming,
	type DiscoveryWay,
	GroupTiming,
	timingParameters,
	type TimingOverrides,
	type TryHistory,
} from '@halfopen/timing';
import test from 'ava';

const START = micros(0);
const PROBES = 4;
const ms = (count: number): Micros => micros(count * MILLISECOND);

const timingOf = (hosts: number, overrides: TimingOverrides = {}): DiscoveryTiming =>
	new DiscoveryTiming(new GroupTiming(timingParameters(3, overrides), START), hosts, PROBES, START);

/** The tries of a host that had so many. */
const tried = (timing: DiscoveryTiming, tries: number, way: DiscoveryWay = 'path'): TryHistory => {
	let history = timing.beginTry(way, undefined);
	for (let count = 1; count < tries; count++) {
		history = timing.beginTry(way, history);
	}

	return history;
};

/** A host answers its first try after such a time, or after losing some. */
const answer = (timing: DiscoveryTiming, rtt: Micros, lostTries = 0, way: DiscoveryWay = 'path'): void => {
	timing.onBegin();
	const history = tried(timing, lostTries + 1, way);
	timing.onAnswer({way, history, sentAt: START, receivedAt: rtt, isTelling: true}, undefined);
};

test('before anything answered a try follows after a quarter of the first timeout, and silence takes all of it', t => {
	const timing = timingOf(1);
	t.is(timing.retryAfter('path'), ms(250));
	t.is(timing.verdictAfter('path'), ms(1000));
	t.is(timing.retryAfter('link'), ms(100));
	t.is(timing.verdictAfter('link'), ms(200));
});

test('the next try follows sooner when answers come fast, but nobody is given up before half of the first timeout', t => {
	const timing = timingOf(256);
	answer(timing, ms(10));
	t.is(timing.retryAfter('path'), micros(33_334)); // Of --min-rtt-timeout
	t.is(timing.verdictAfter('path'), ms(500));
	t.is(timing.retryAfter('link'), ms(100)); // A link is not like a path
});

test('a timeout is at least twice the longest round trip, within the user’s bounds', t => {
	const timing = timingOf(256);
	for (let count = 0; count < 100; count++) {
		answer(timing, ms(10));
	}

	answer(timing, ms(400));
	for (let count = 0; count < 100; count++) {
		answer(timing, ms(10));
	}

	t.is(timing.verdictAfter('path'), ms(800));
	const bounded = timingOf(256, {maxRttTimeout: ms(300)});
	answer(bounded, ms(400));
	t.is(bounded.verdictAfter('path'), ms(300));
});

test('neighbours are asked again after 100 ms, later when they take their time, and waited for as long as at first', t => {
	const timing = timingOf(256);
	answer(timing, ms(1), 0, 'link');
	t.is(timing.retryAfter('link'), ms(100));
	t.is(timing.verdictAfter('link'), ms(200));
	answer(timing, ms(150), 0, 'link');
	t.true(timing.verdictAfter('link') >= ms(300));
	t.true(timing.retryAfter('link') > ms(150));
});

test('an answer that does not tell its try is to the latest when it comes as answers do after that, and otherwise late', t => {
	const timing = timingOf(256);
	t.false(timing.isOfLatest('link', ms(2), ms(102))); // Nothing is known of answers
	answer(timing, ms(2), 0, 'link');
	t.true(timing.isOfLatest('link', ms(2), ms(102)));
	t.false(timing.isOfLatest('link', ms(1), ms(101))); // Sooner than any so far
	t.false(timing.isOfLatest('link', ms(50), ms(150)));
	t.false(timing.isOfLatest('link', ms(2), ms(5)));
	answer(timing, ms(150), 0, 'link');
	t.false(timing.isOfLatest('link', ms(2), ms(102)));
});

test('a try that counted as lost is taken back', t => {
	const timing = timingOf(256);
	const history = tried(timing, 2, 'link');
	timing.onAnswer({way: 'link', history, sentAt: START, receivedAt: ms(1), isTelling: false}, undefined);
	t.is(timing.measuredLoss, 0.5);
	const before = history.doubt;
	timing.onNotLost('link', history.previous!.span);
	t.is(timing.measuredLoss, 0);
	t.true(history.doubt < before);
});

test('a scan delay is kept between probes and between tries', t => {
	const timing = timingOf(1, {scanDelay: ms(2000)});
	t.is(timing.gap, ms(2000));
	t.is(timing.retryAfter('path'), ms(2000));
	t.is(timing.verdictAfter('link'), ms(2000));
});

test('what a router says may be contradicted for twice the time that it took, and 100 ms at the least', t => {
	const timing = timingOf(1);
	t.is(timing.graceEnd(ms(1000), ms(5)), ms(1100));
	t.is(timing.graceEnd(ms(1000), ms(400)), ms(1800));
});

/** Tries that silence takes. */
const triesOf = (timing: DiscoveryTiming, way: DiscoveryWay = 'path'): number => {
	let history = timing.beginTry(way, undefined);
	while (!timing.isSilenceProven(history)) {
		history = timing.beginTry(way, history);
	}

	return history.length;
};

test('silence takes two tries, of one host and of many, as long as none was lost', t => {
	for (const hosts of [1, 256, 65_536, 2 ** 24]) {
		t.is(triesOf(timingOf(hosts)), 2);
	}

	const timing = timingOf(256);
	for (let count = 0; count < 250; count++) {
		answer(timing, ms(10));
	}

	t.is(triesOf(timing), 2);
});

test('one probe is lost more easily than several: silence takes a try more until enough hosts answered', t => {
	const group = new GroupTiming(timingParameters(3), START);
	const timing = new DiscoveryTiming(group, 256, 1, START);
	t.is(triesOf(timing), 2);
	answer(timing, ms(1));
	t.is(triesOf(timing), 3);
	for (let count = 0; count < 250; count++) {
		answer(timing, ms(1));
	}

	t.is(triesOf(timing), 2);
	t.is(triesOf(new DiscoveryTiming(group, 1, 1, START)), 3);
	t.is(triesOf(timingOf(1), 'link'), 3);
});

/** Of 100 hosts that answered, every tenth answered its second try only. */
const lossy = (confidence: number): DiscoveryTiming => {
	const timing = timingOf(200, {confidence});
	for (let count = 0; count < 100; count++) {
		answer(timing, ms(10), count % 10 === 0 ? 1 : 0);
	}

	return timing;
};

test('silence takes more tries when answered hosts show loss, as many as the confidence asks for', t => {
	t.is(triesOf(lossy(0.9)), 2);
	t.is(triesOf(lossy(0.999)), 3);
	t.is(triesOf(lossy(0.999_999)), 6);
	t.true(Math.abs(lossy(0.9).measuredLoss! - 10 / 110) < 1e-9);
	t.true(lossy(0.9).expectedMissed(tried(lossy(0.9), 6).doubt) < 200 * 1e-6);
});

/** Hosts that answered their tenth try. */
const hopeless = (maxRetries: number): DiscoveryTiming => {
	const timing = timingOf(10, {maxRetries});
	for (let count = 0; count < 100; count++) {
		answer(timing, ms(10), 9);
	}

	return timing;
};

test('tries are at most one more than --max-retries, and never more than can be told apart', t => {
	t.is(triesOf(hopeless(0)), 1);
	t.is(triesOf(hopeless(3)), 4);
	t.is(triesOf(hopeless(200)), DISCOVERY_TRIES);
});

test('loss of tries is not taken for loss of packets', t => {
	const group = new GroupTiming(timingParameters(3), START);
	const timing = new DiscoveryTiming(group, 10, PROBES, START);
	const before = group.loss.value;
	answer(timing, ms(10), 5);
	t.is(group.loss.value, before);
	t.is(group.rtt?.smoothed, ms(10)); // Round trips are news to all
});

/** Sends all that may leave for so long, in silence. Returns how many did in each second. */
const sendFor = (timing: DiscoveryTiming, seconds: number): number[] => {
	const counts = Array.from({length: seconds}, () => 0);
	const notes: [Micros, ReturnType<DiscoveryTiming['onSend']>][] = [];
	for (let now = 0; now < seconds * SECOND; now += MILLISECOND) {
		for (let room = timing.roomAt(micros(now), 'path'); room > 0; room--) {
			const note = timing.onSend('fresh', 'path', micros(now));
			timing.onSent(note, micros(now));
			notes.push([micros(now), note]);
			counts[Math.floor(now / SECOND)]++;
		}

		while (notes.length > 0 && notes[0][0] + SECOND <= now) {
			notes.shift();
			timing.onLeave();
		}
	}

	return counts;
};

test('where nobody answers the rate doubles every second, from that of eight hosts up to a bound', t => {
	const counts = sendFor(timingOf(1_000_000), 7);
	t.true(Math.abs(counts[0] - 2640) < 30, `${counts[0]}`);
	t.true(Math.abs(counts[1] - 5120) < 60, `${counts[1]}`);
	t.true(Math.abs(counts[6] - 40_000) < 400, `${counts[6]}`);
});

test('--max-rate holds from the first probe on, and --min-rate from the first as well', t => {
	t.true(sendFor(timingOf(1_000_000, {maxRate: 100}), 3).every(count => count <= 101));
	const [first] = sendFor(timingOf(1_000_000, {minRate: 10_000}), 1);
	t.true(first >= 9900, `${first}`);
});

test('--max-parallelism bounds the probes on their way', t => {
	const timing = timingOf(100, {maxParallelism: 3});
	t.is(timing.roomAt(START, 'path'), 3);
	timing.onSend('picked', 'path', START);
	t.is(timing.roomAt(START, 'path'), 2);
	timing.onSend('picked', 'path', START);
	timing.onSend('picked', 'path', START);
	t.is(timing.roomAt(ms(10), 'path'), 0);
	timing.onLeave(2);
	t.is(timing.roomAt(ms(10), 'path'), 2);
});

test('a canary is wanted where few hosts answer', t => {
	const timing = timingOf(1000);
	t.false(timing.wantsCanary);
	for (let count = 0; count < 24; count++) {
		timing.onSend('fresh', 'path', START);
	}

	t.true(timing.wantsCanary);
	timing.onSend('canary', 'path', START);
	t.false(timing.wantsCanary);
});

/** The loss that ports are taken to have before any of them answered. */
const priorAfter = (probes: number, learn: (timing: DiscoveryTiming) => void): number => {
	const group = new GroupTiming(timingParameters(3), START);
	learn(new DiscoveryTiming(group, 256, probes, START));
	return group.loss.value;
};

/** So many canaries, of which the first were lost. */
const askCanaries = (timing: DiscoveryTiming, count: number, lost: number): void => {
	for (let index = 0; index < count; index++) {
		const note = timing.onSend('canary', 'path', START);
		if (index < lost) {
			timing.onCanaryLost(note);
		} else {
			timing.onCanaryAnswer({way: 'path', sentAt: START, receivedAt: ms(1), isTelling: true}, note);
		}
	}

	timing.countHeardCanaries(timing.canaryTimeout);
};

test('what canaries lost is the prior for ports, and a few change little', t => {
	t.is(
		priorAfter(PROBES, () => {}),
		0.01,
	);
	const loss = priorAfter(PROBES, timing => askCanaries(timing, 200, 40));
	t.true(loss > 0.17 && loss < 0.2, `${loss}`);
	t.true(priorAfter(PROBES, timing => askCanaries(timing, 2, 1)) < 0.06);
	t.true(priorAfter(PROBES, timing => askCanaries(timing, 200, 0)) < 0.001);
});

const tellsOfPorts = test.macro({
	title: (title = '') => title,
	exec(t, {probes, way, isTelling}: {probes: number; way: DiscoveryWay; isTelling: boolean}, tells: boolean) {
		const loss = priorAfter(probes, timing => {
			for (let count = 0; count < 40; count++) {
				const history = tried(timing, 3, way); // Two lost, of which one counts
				timing.onAnswer({way, history, sentAt: START, receivedAt: ms(1), isTelling}, undefined);
			}
		});
		t.is(loss, tells ? (40 + 0.2) / (80 + 20) : 0.01);
	},
});

const ONE_PROBE = {probes: 1, way: 'path', isTelling: true} as const;
test('tries of one probe tell what ports will lose, but for the first', tellsOfPorts, ONE_PROBE, true);
test('tries of several probes do not', tellsOfPorts, {...ONE_PROBE, probes: 2}, false);
test('nor do those on a link', tellsOfPorts, {...ONE_PROBE, way: 'link'}, false);
test('nor do errors', tellsOfPorts, {...ONE_PROBE, isTelling: false}, false);

test('a first try that a router drops is no loss of ports', t => {
	const loss = priorAfter(1, timing => {
		for (let count = 0; count < 40; count++) {
			answer(timing, ms(1), 1);
		}
	});
	t.true(loss < 0.004, `${loss}`);
});

test('an answer of a canary counts when losses of that time do', t => {
	const loss = priorAfter(PROBES, timing => {
		for (let count = 0; count < 100; count++) {
			const note = timing.onSend('canary', 'path', START);
			timing.onCanaryAnswer({way: 'path', sentAt: START, receivedAt: ms(1), isTelling: true}, note);
		}

		timing.countHeardCanaries(ms(99));
	});
	t.is(loss, 0.01);
});
