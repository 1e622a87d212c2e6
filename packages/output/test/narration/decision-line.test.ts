import test from 'ava';
import {micros, parseAddress, PROBE_KIND, SECOND, type Decision} from '@halfopen/model';
import {formatDecision, formatWindowSize} from '../../src/narration/decision-line.ts';

type What<Kind> = Kind extends Decision ? Omit<Kind, 'at' | 'address' | 'port' | 'attempt'> : never;

const tells = test.macro({
	title: (_, what: What<Decision>, text: string) => `${what.what} reads "${text}"`,
	exec(t, what: What<Decision>, text: string) {
		const where = {at: micros(1_103_400), address: parseAddress('10.0.0.5')!, port: 139, attempt: 0};
		t.is(formatDecision({...where, ...what}, micros(1_000_000)), `DECIDE (0.1034s) 10.0.0.5:139 ${text}`);
	},
});

test(tells, {what: 'probe-sent'}, 'asked, try 1');
test(tells, {what: 'probe-failed', errno: 105}, 'try 1 could not be sent: ENOBUFS');
test(tells, {what: 'probe-failed', errno: 0}, 'try 1 could not be sent: error 0');
test(tells, {what: 'probe-timed-out', timeout: micros(103_000)}, 'no answer to try 1 within 103 ms');

test(
	tells,
	{what: 'reply-matched', rtt: micros(96), state: 'open', reason: 'syn-ack'},
	'syn-ack answers try 1 after 0.096 ms, which says open',
);
test(
	tells,
	{what: 'reply-matched', rtt: undefined, state: 'closed', reason: 'reset'},
	'reset answers try 1, which says closed',
);
test(
	tells,
	{what: 'reply-ignored', because: 'it changes nothing'},
	'answer to try 1 ignored: it changes nothing',
);
test(
	tells,
	{what: 'state-set', state: 'open', reason: 'syn-ack', previous: 'unknown'},
	'is open: SYN/ACK came back (something listens and accepts connections)',
);
test(
	tells,
	{what: 'state-set', state: 'closed', reason: 'reset', previous: 'filtered'},
	'is closed, no longer filtered: RST came back (the host answers, nothing listens)',
);
test(
	tells,
	{what: 'state-set', state: 'filtered', reason: 'admin-prohibited', previous: 'unknown'},
	'is filtered: admin-prohibited came back (something on the way keeps the probes from the port, or their answers from us)',
);

const tellsOfHost = test.macro({
	title: (_, what: What<Decision>, text: string) => `of a host, ${what.what} reads "${text}"`,
	exec(t, what: What<Decision>, text: string) {
		const where = {at: micros(1_103_400), address: parseAddress('10.0.0.5')!, port: 443, attempt: 0};
		t.is(formatDecision({...where, ...what}, micros(1_000_000)), `DECIDE (0.1034s) 10.0.0.5 ${text}`);
	},
});

test(
	tellsOfHost,
	{what: 'host-asked', probe: PROBE_KIND.syn},
	'asked whether it is up by TCP SYN to 443, try 1',
);
test(
	tellsOfHost,
	{what: 'host-answered', rtt: micros(96), reason: 'echo-reply', says: 'up'},
	'echo-reply answers try 1 after 0.096 ms, which says up',
);
test(
	tellsOfHost,
	{what: 'host-silent', waited: micros(500_000)},
	'no sign of the host after try 1 within 500 ms: asking again',
);
test(tellsOfHost, {what: 'host-decided', status: 'up', reason: 'echo-reply', tries: 1}, 'is up: echo-reply');
test(
	tellsOfHost,
	{what: 'host-decided', status: 'down', reason: 'no-response', tries: 2},
	'is down: no-response after 2 tries',
);

test('a second try and the last are counted from one', t => {
	const second = {at: micros(0), address: parseAddress('10.0.0.5')!, port: 139, attempt: 1};
	t.is(
		formatDecision({...second, what: 'retransmission-queued'}, micros(0)),
		'DECIDE (0.0000s) 10.0.0.5:139 asking again: try 2',
	);
	t.is(
		formatDecision({...second, what: 'tries-exhausted'}, micros(0)),
		'DECIDE (0.0000s) 10.0.0.5:139 given up after 2 tries',
	);
	t.is(
		formatDecision({...second, attempt: 0, what: 'tries-exhausted'}, micros(0)),
		'DECIDE (0.0000s) 10.0.0.5:139 given up after 1 try',
	);
});

test('an IPv6 address is in brackets before its port', t => {
	const address = parseAddress('fd77::1')!;
	t.is(
		formatDecision({what: 'probe-sent', at: micros(0), address, port: 22, attempt: 1}, micros(0)),
		'DECIDE (0.0000s) [fd77::1]:22 asked, try 2',
	);
});

test('the memory of a sweep is told with what it follows from, and its bound', t => {
	const window = {
		type: 'window',
		at: micros(SECOND),
		positions: 8192,
		bytes: 98_304,
		mostBytes: 83_886_080,
		rate: 2560,
		timeout: micros(SECOND),
		tries: 2,
	} as const;
	t.is(
		formatWindowSize(window, micros(0)),
		'DECIDE (1.0000s) all hosts: room for 8192 outstanding, 98.304KB (2560 probes a second, a timeout of 1000 ms, 2 tries for silence); never more than 83.886MB',
	);
});
