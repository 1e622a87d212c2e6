import {MILLISECOND, micros, SECOND} from '@halfopen/model';
import test from 'ava';
import {GroupTiming} from '../src/group-timing.ts';
import {HostTiming, type ProbeNote} from '../src/host-timing.ts';
import type {TryHistory} from '../src/try-history.ts';
import {type TimingOverrides, type TimingTemplate, timingParameters} from '../src/parameters.ts';

const PORTS = 1000;
const START = micros(0);
const RTT = 10 * MILLISECOND;

const groupOf = (overrides: TimingOverrides = {}, template: TimingTemplate = 3): GroupTiming =>
	new GroupTiming(timingParameters(template, overrides), START);

const hostOf = (group: GroupTiming, ports = PORTS): HostTiming => new HostTiming(group, ports, 0, START);

const answer = (
	host: HostTiming,
	note: ProbeNote | undefined,
	{attempt = 0, at = 0, rtt = RTT, isTelling = true} = {},
): void => {
	const receivedAt = micros(at + rtt);
	host.learn({attempt, sentAt: micros(at), receivedAt, isTelling}, note);
	host.update(receivedAt);
	host.onLeave();
};

/** A probe that leaves at once. */
const send = (host: HostTiming, at: number, kind: ProbeNote['kind'] = 'fresh'): ProbeNote => {
	const note = host.onSend(kind, micros(at));
	host.onSent(note, micros(at));
	return note;
};

/** Long after all that these tests do. */
const LATE = micros(100 * SECOND);

/** Tries that a port takes that never answers, as far as is known then. */
const triesOf = (host: HostTiming, before?: TryHistory, now = LATE): number => {
	const {history} = host.onSend('repeated', START, 1, before);
	host.onLeave();
	return host.isSilenceProven(history!, now) ? history!.length : triesOf(host, history, now);
};

/** Probes that the host and the group let go at one moment. */
const admitted = (host: HostTiming, group: GroupTiming, at: number, most = 1000): number => {
	let count = 0;
	for (; count < most && group.roomAt(micros(at)) > 0 && host.roomAt(micros(at)) > 0; count++) {
		send(host, at);
	}

	return count;
};

test('before anything answers, the timeout is the initial one', t => {
	const group = groupOf();
	t.is(hostOf(group).timeout, group.parameters.initialRttTimeout);
});

test('a round trip to one host is the prior of the others', t => {
	const group = groupOf();
	const [known, fresh] = [hostOf(group), hostOf(group)];
	answer(known, send(known, 0), {rtt: 100 * MILLISECOND});
	t.is(known.timeout, micros(300 * MILLISECOND));
	t.is(fresh.timeout, micros(300 * MILLISECOND));
	t.is(fresh.rtt, undefined);
	answer(fresh, send(fresh, 0), {rtt: 200 * MILLISECOND});
	t.is(fresh.timeout, micros(600 * MILLISECOND));
});

test('no probe is given up before the scan delay is over', t => {
	const group = groupOf({scanDelay: micros(2 * SECOND)});
	const host = hostOf(group);
	answer(host, send(host, 0));
	t.is(host.timeout, micros(2 * SECOND));
});

test('a path of which nothing is known takes a few probes at once, then waits', t => {
	const group = groupOf();
	const host = hostOf(group);
	const burst = admitted(host, group, 0);
	t.true(burst > 1 && burst < 20, `${burst}`);
	t.true(host.nextSendAt > 0);
	t.true(admitted(host, group, 100 * MILLISECOND) > 0);
});

for (const maxParallelism of [1, 3]) {
	test(`--max-parallelism ${maxParallelism} holds for one host and for all`, t => {
		const group = groupOf({maxParallelism});
		const [one, other] = [hostOf(group), hostOf(group)];
		t.is(admitted(one, group, 0) + admitted(other, group, 0), maxParallelism);
		t.is(admitted(one, group, 5 * SECOND) + admitted(other, group, 5 * SECOND), 0);
		t.is(group.nextSendAt, micros(Infinity));
		one.onLeave();
		t.is(admitted(one, group, 6 * SECOND), 1);
	});
}

test('--scan-delay is kept to each host by itself', t => {
	const group = groupOf({scanDelay: micros(50 * MILLISECOND)});
	const [one, other] = [hostOf(group), hostOf(group)];
	t.is(admitted(one, group, 0), 1);
	t.is(admitted(other, group, 0), 1);
	t.is(admitted(one, group, 49 * MILLISECOND), 0);
	t.is(one.nextSendAt, micros(50 * MILLISECOND));
	t.is(admitted(one, group, 50 * MILLISECOND), 1);
});

test('--max-rate allows no burst, at the beginning or after a stall', t => {
	const group = groupOf({maxRate: 100});
	const host = hostOf(group);
	t.is(admitted(host, group, 0), 1);
	t.true(admitted(host, group, 10 * SECOND) <= 2);
	t.true(host.rate <= 100 && group.rate <= 100);
});

test('--min-rate sends where the rate would wait, to whichever host is next', t => {
	const group = groupOf({minRate: 5000});
	const host = hostOf(group);
	let sent = 0;
	for (let at = 0; at < SECOND; at += MILLISECOND) {
		sent += admitted(host, group, at);
	}

	t.true(sent >= 4900, `${sent}`);
});

test('loss that the answers show makes for more tries; that of the others is the prior', t => {
	const group = groupOf();
	const [host, sibling] = [hostOf(group), hostOf(group)];
	const before = triesOf(host);
	for (let at = 0; at < 100; at++) {
		answer(host, send(host, at), {attempt: at % 5 === 0 ? 2 : 0, at});
	}

	t.true(triesOf(host) > before);
	t.true(triesOf(sibling) > before);
	t.true(Math.abs(host.measuredLoss! - 40 / 140) < 1e-9);
	t.is(sibling.measuredLoss, undefined);
	t.true(host.expectedMissed(1e-6) < PORTS / 10_000);
});

/** A port answers this try, 0 for the first, and none before. */
const answerToTry = (host: HostTiming, attempt: number, at: number): void => {
	let note = send(host, at);
	for (let count = 0; count < attempt; count++) {
		host.onLeave();
		note = host.onSend('repeated', micros(at), 1, note.history);
	}

	const [sentAt, receivedAt] = [micros(at), micros(at + RTT)];
	host.learn({attempt, history: note.history, sentAt, receivedAt, isTelling: true}, note);
	host.update(receivedAt);
	host.onLeave();
};

test('tries that were lost when the rate was too high do not make for more of them later', t => {
	const group = groupOf();
	const host = hostOf(group);
	const early = send(host, 0);
	for (let at = 0; at < 100; at++) {
		answerToTry(host, 4, at);
	}

	const inOverload = triesOf(host);
	group.path.onLocalLoss(micros(SECOND)); // The rate is cut: what is sent from now on counts for itself
	for (let at = 1000; at < 1500; at++) {
		answerToTry(host, 0, at);
	}

	t.true(inOverload > 8, `${inOverload}`);
	t.true(triesOf(host) < 5, `${triesOf(host)}`);
	t.true(triesOf(host, early.history) > triesOf(host));
});

test('answers do not speak for later tries before it is known what was lost with them', t => {
	const group = groupOf();
	const host = hostOf(group);
	for (let at = 0; at < 200; at++) {
		answerToTry(host, at % 10 === 0 ? 1 : 0, at);
	}

	group.path.onLocalLoss(micros(SECOND)); // The rate is another one from now on
	const usual = triesOf(host);
	for (let at = SECOND; at < SECOND + 300; at++) {
		answerToTry(host, 0, at);
	}

	const allIn = SECOND + 300 + RTT;
	const early = triesOf(host, undefined, micros(allIn));
	t.true(early >= usual);
	t.is(triesOf(host, undefined, micros(SECOND + host.timeout + RTT - 1)), early);
	t.true(triesOf(host, undefined, micros(allIn + host.timeout)) < early);
});

test('tries whose history is not kept count for the whole scan alone', t => {
	const host = hostOf(groupOf());
	const note = send(host, 0);
	for (let at = 0; at < 100; at++) {
		answer(host, undefined, {attempt: 1, at});
	}

	t.is(host.measuredLoss, 0.5);
	t.is(note.history!.span.tries, 0);
});

test('the group leaves a host alone to itself', t => {
	const group = groupOf();
	const [one, other] = [hostOf(group), hostOf(group)];
	t.true(group.hasOneHost);
	send(one, 0);
	send(one, 0);
	t.true(group.hasOneHost);
	const note = send(other, 0);
	t.false(group.hasOneHost);
	other.onForget(note);
	t.true(group.hasOneHost);
});

test('--max-retries caps the tries', t => {
	const group = groupOf({maxRetries: 3});
	const host = hostOf(group);
	for (let at = 0; at < 100; at++) {
		answer(host, send(host, at), {attempt: 3, at});
	}

	t.is(triesOf(host), 4);
});

test('an ICMP error tells the round trip and nothing of loss', t => {
	const host = hostOf(groupOf());
	answer(host, send(host, 0), {isTelling: false, attempt: 3});
	t.is(host.rtt?.smoothed, micros(RTT));
	t.is(host.measuredLoss, undefined);
});

test('clocks that differ make no negative round trip', t => {
	const host = hostOf(groupOf());
	answer(host, send(host, 500), {at: 500, rtt: -40});
	t.is(host.rtt?.smoothed, micros(0));
});

test('in silence a canary is wanted every few dozen probes, and not again right after one', t => {
	const host = hostOf(groupOf());
	t.false(host.wantsCanary);
	let sent = 0;
	for (; !host.wantsCanary && sent < 100; sent++) {
		send(host, sent * 1000);
	}

	t.true(sent > 2 && sent < 100, `${sent}`);
	send(host, sent * 1000, 'canary');
	t.false(host.wantsCanary);
});

test('a host that answers most of its ports needs no canary', t => {
	const host = hostOf(groupOf());
	for (let at = 0; at < 2 * SECOND; at += 5 * MILLISECOND) {
		answer(host, send(host, at), {at});
		host.update(micros(at + RTT));
	}

	t.false(host.wantsCanary);
});

test('a host alone of which some ports stay silent needs some canaries at once, until there were enough', t => {
	const host = hostOf(groupOf());
	const canaries: number[] = [];
	for (let sent = 0; sent < 300; sent++) {
		const at = sent * 3 * MILLISECOND;
		if (host.wantsCanary) {
			canaries.push(sent);
			answer(host, send(host, at, 'canary'), {at, attempt: 11});
		} else {
			const note = send(host, at);
			if (sent % 2 === 0) {
				answer(host, note, {at});
			}
		}

		host.update(micros(at + RTT));
	}

	t.true(canaries.length >= 16 && canaries.length < 20, canaries.join());
	t.true(canaries[15] < 100, canaries.join());
});

test('lost canaries are loss', t => {
	const group = groupOf();
	const host = hostOf(group);
	for (let at = 0; at < 10; at++) {
		host.onCanaryLost(send(host, at, 'canary'));
		host.onLeave();
		answer(host, send(host, at, 'canary'), {at, attempt: 11});
	}

	t.is(host.measuredLoss, 0.5);
	t.is(group.loss.measured, 0.5);
});

test('lost canaries are no loss while nothing is answered any more: the way may be closed', t => {
	const host = hostOf(groupOf());
	answer(host, send(host, 0), {at: 0});
	for (let at = 1; at < 10; at++) {
		host.onCanaryLost(send(host, at, 'canary'));
		host.onLeave();
	}

	t.is(host.measuredLoss, 0);
	answer(host, send(host, 10, 'canary'), {at: 10});
	t.is(host.measuredLoss, 9 / 11);
});

test('every way of leaving makes room', t => {
	const group = groupOf();
	const host = hostOf(group);
	const note = send(host, 0);
	send(host, 0);
	t.deepEqual([host.inFlight, group.inFlight], [2, 2]);
	host.onForget(note);
	host.onLeave();
	t.deepEqual([host.inFlight, group.inFlight], [0, 0]);
});

for (const overrides of [
	{},
	{maxRate: 1000},
	{minRate: 5000},
	{minRate: 400, maxRate: 800},
	{minParallelism: 50},
	{maxParallelism: 7},
	{maxParallelism: 40, minRate: 500},
	{scanDelay: micros(2 * MILLISECOND)},
] satisfies TimingOverrides[]) {
	test(`with ${JSON.stringify(overrides)} there is room for as many as are admitted one by one`, t => {
		const [group, other] = [groupOf(overrides), groupOf(overrides)];
		const [host, twin] = [hostOf(group), hostOf(other)];
		for (const at of [0, 1100, 2500, 2700, 9900, 500_300]) {
			const count = Math.min(other.roomAt(micros(at)), twin.roomAt(micros(at)));
			t.is(count, admitted(host, group, at), `at ${at}`);
			if (count > 0) {
				const note = twin.noteFor('fresh', micros(at));
				t.is(twin.onSend('fresh', micros(at), count), note);
				twin.onSent(note, micros(at), count);
			}

			t.is(twin.inFlight, host.inFlight);
			t.is(twin.wantsCanary, host.wantsCanary);
		}
	});
}
