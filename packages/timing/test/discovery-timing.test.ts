import {MILLISECOND, type Micros, micros, SECOND} from '@halfopen/model';
import {
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
	timing.silence.onBegin();
	const history = tried(timing, lostTries + 1, way);
	timing.onAnswer({way, history, sentAt: START, receivedAt: rtt, isTelling: true}, undefined);
};

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

	timing.countHeardCanaries(timing.patience.canaryTimeout);
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
