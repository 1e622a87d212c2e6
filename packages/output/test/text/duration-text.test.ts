import test from 'ava';
import {micros} from '@halfopen/model';
import {formatLatency, formatMilliseconds, formatStopwatch} from '../../src/text/duration-text.ts';

const latency = test.macro({
	title: (_, duration: number, expected: string) => `a latency of ${duration} µs is ${expected} s`,
	exec(t, duration: number, expected: string) {
		t.is(formatLatency(micros(duration)), expected);
	},
});

test(latency, 0, '0');
test(latency, 0.4, '0.00000040');
test(latency, 8, '0.0000080');
test(latency, 46, '0.000046');
test(latency, 96.6, '0.000097');
test(latency, 99.6, '0.00010');
test(latency, 640, '0.00064');
test(latency, 320_000, '0.32');
test(latency, 999_000, '1.0');
test(latency, 1_260_000, '1.3');
test(latency, 12_600_000, '13');
test(latency, 126_000_000, '130');

test('a stopwatch shows hours, minutes and seconds', t => {
	t.is(formatStopwatch(micros(500_000)), '0:00:01');
	t.is(formatStopwatch(micros(3_725_000_000)), '1:02:05');
	t.is(formatStopwatch(micros(3_599_700_000)), '1:00:00');
});

test('milliseconds have as many digits as matter', t => {
	t.is(formatMilliseconds(micros(103_400)), '103 ms');
	t.is(formatMilliseconds(micros(9400)), '9.4 ms');
	t.is(formatMilliseconds(micros(46)), '0.046 ms');
});
