import test from 'ava';
import type {HostReport} from '@halfopen/model';
import type {HidingRules} from '../../src/host/hidden-states.ts';
import {grepableFormat} from '../../src/lines/grepable-format.ts';
import {closed, filtered, found, head, hostReport, many, open, STARTED_AT, summary} from '../reports.ts';

const PLAIN: HidingRules = {verbosity: 0, debugging: 0, onlyOpen: false};

const host = (report: HostReport, rules: Partial<HidingRules> = {}): string =>
	grepableFormat({...PLAIN, ...rules}).host(report);

test('a report begins and ends with comments', t => {
	const format = grepableFormat(PLAIN);
	t.is(
		format.begin(head()),
		'# halfopen 1.2.3 scan initiated Sun Nov 22 12:53:20 2026 as: halfopen -n 10.77.3.2\n',
	);
	t.is(
		format.end(summary(), STARTED_AT + 1413),
		'# halfopen done at Sun Nov 22 12:53:21 2026 -- 1 IP address (1 host up) scanned in 1.41 seconds\n',
	);
});

test('with -v the ports that are scanned are named', t => {
	t.true(
		grepableFormat({...PLAIN, verbosity: 1})
			.begin(head())
			.endsWith('# Ports scanned: TCP(3;22-23,25) UDP(0;) SCTP(0;) PROTOCOLS(0;)\n'),
	);
});

test('a host is its status, then its ports', t => {
	t.is(
		host(hostReport([open(22), closed(23), filtered(9030)], {reverseName: 'b c\t(d)', name: 'asked'})),
		String.raw`Host: 10.77.3.2 (b\u{20}c\u{9}\u{28}d\u{29})` +
			'\tStatus: Up\n' +
			String.raw`Host: 10.77.3.2 (b\u{20}c\u{9}\u{28}d\u{29})` +
			'\tPorts: 22/open/tcp//ssh///, 23/closed/tcp//telnet///, 9030/filtered/tcp/////\n',
	);
});

test('one hidden state is named, two are not', t => {
	t.true(
		host(hostReport(many(30, 1000, closed))).endsWith(
			'Host: 10.77.3.2 ()\tPorts: \tIgnored State: closed (30)\n',
		),
	);
	t.true(
		host(hostReport([open(22), ...many(30, 1000, closed), ...many(30, 2000, filtered)])).endsWith(
			'\tPorts: 22/open/tcp//ssh///\n',
		),
	);
});

test('a host that is down is told with -v, one that ran out of time always', t => {
	const down = hostReport([], {status: 'down'});
	t.is(host(down), '');
	t.is(host(down, {verbosity: 1}), 'Host: 10.77.3.2 ()\tStatus: Down\n');
	t.true(
		host(hostReport([open(22)], {isIncomplete: true})).endsWith('Host: 10.77.3.2 ()\tStatus: Timeout\n'),
	);
});

test('a port without a report of its host has its line', t => {
	const format = grepableFormat(PLAIN);
	t.is(format.port?.(found(open(22))), '');
	t.is(format.port?.(found(open(22), {isAlone: true})), 'Host: 10.77.3.2 ()\tPorts: 22/open/tcp//ssh///\n');
});
