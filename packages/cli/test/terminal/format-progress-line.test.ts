import test from 'ava';
import {micros} from '@halfopen/model';
import {formatProgressLine, shortNumber} from '../../src/terminal/format-progress-line.ts';
import {PROGRESS} from '../fake-scan.ts';

const RUNNING = {
	...PROGRESS,
	hostsTotal: 256,
	hostsDone: 90,
	portsDone: 9600,
	portsTotal: 25_600,
	rateNow: 12_345,
	portsAnswered: 412,
	loss: 0.021,
	timeLeft: micros(3_700_000),
};

test('the line says what is done, what remains, how fast, and how well', t => {
	t.is(
		formatProgressLine(RUNNING, 120),
		'███████▌               37.5 %  9.6k of 25k ports  90 of 256 hosts  12k/s  412 answers  2.1 % lost  0:04 left',
	);
});

test('what is not known is not said', t => {
	t.is(
		formatProgressLine({...PROGRESS, portsDone: 0, hostsTotal: 1, rate: 0}, 120),
		'                        0.0 %  0 of 160 ports  0/s',
	);
});

test('where no ports are scanned the line is about hosts', t => {
	const hosts = {hostsTotal: 65_536, hostsDone: 16_384, hostsAsked: 17_000, hostsFound: 164};
	t.is(
		formatProgressLine({...PROGRESS, ...hosts, portsDone: 0, portsTotal: 0, rate: 950}, 120),
		'█████                  25.0 %  16k of 65k hosts  164 found  950/s',
	);
});

test('the line fits any width, and keeps the time left as long as it can', t => {
	for (let width = 0; width <= 130; width++) {
		const line = formatProgressLine(RUNNING, width);
		t.true(line.length <= width, `${width}`);
		t.is(line.includes('left'), width >= 40, `${width}`);
	}
});

for (const [value, text] of [
	[0, '0'],
	[999, '999'],
	[999.6, '1.0k'],
	[1000, '1.0k'],
	[9999, '9.9k'],
	[10_000, '10k'],
	[65_535, '65k'],
	[4_294_967_296, '4.2G'],
	[2 ** 48, '281T'],
] as const) {
	test(`${value} in short`, t => {
		t.is(shortNumber(value), text);
	});
}
