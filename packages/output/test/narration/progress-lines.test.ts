import test from 'ava';
import {micros, type Progress} from '@halfopen/model';
import {formatStats, formatTiming, timeRemaining} from '../../src/narration/progress-lines.ts';
import {STARTED_AT} from '../reports.ts';

const progress = (rest: Partial<Progress> = {}): Progress => ({
	elapsed: micros(1_000_000),
	hostsDone: 0,
	hostsUp: 1,
	hostsActive: 1,
	hostsTotal: 1,
	portsDone: 30,
	portsTotal: 160,
	probesSent: 60,
	rate: 60,
	...rest,
});

test('the statistics line counts hosts', t => {
	t.is(
		formatStats('SYN Stealth Scan', progress()),
		'Stats: 0:00:01 elapsed; 0 hosts completed (1 up), 1 undergoing SYN Stealth Scan\n',
	);
});

test('the timing line estimates the end from the pace so far', t => {
	t.is(
		formatTiming('SYN Stealth Scan', progress(), STARTED_AT),
		'SYN Stealth Scan Timing: About 18.75% done; ETC: 12:53 (0:00:04 remaining)\n',
	);
});

test('below one percent there is no estimate', t => {
	t.is(
		formatTiming('SYN Stealth Scan', progress({portsDone: 1}), STARTED_AT),
		'SYN Stealth Scan Timing: About 0.63% done\n',
	);
});

test('without any verdict the remaining time is not known', t => {
	t.is(timeRemaining(progress({portsDone: 0})), undefined);
	t.is(
		formatTiming('Connect Scan', progress({portsDone: 0, portsTotal: 0}), STARTED_AT),
		'Connect Scan Timing: About 0.00% done\n',
	);
});

test('where no ports are scanned, hosts that are done are the share', t => {
	const hosts = {portsDone: 0, portsTotal: 0, hostsDone: 64, hostsTotal: 256};
	t.is(
		formatTiming('Ping Scan', progress(hosts), STARTED_AT),
		'Ping Scan Timing: About 25.00% done; ETC: 12:53 (0:00:03 remaining)\n',
	);
	t.is(timeRemaining(progress({...hosts, hostsDone: 0, hostsTotal: 0})), undefined);
});
