import test from 'ava';
import {parseAddress, type Reason, WITHOUT_DISCOVERY} from '@halfopen/model';
import {listFormat} from '../../src/lines/list-format.ts';
import {closed, filtered, found, head, hostReport, open, STARTED_AT, summary} from '../reports.ts';

const PLAIN = {verbosity: 0, debugging: 0, onlyOpen: false};
const REPORT = hostReport([open(22), closed(23), filtered(25), open(80)]);

test('a list has the lines of masscan between its first and last', t => {
	const format = listFormat(PLAIN);
	t.is(
		[format.begin(head()), format.host(REPORT), format.end(summary(), STARTED_AT + 1413)].join(''),
		`#masscan
# halfopen 1.2.3 scan initiated Sun Nov 22 12:53:20 2026 as: halfopen -n 10.77.3.2
open tcp 22 10.77.3.2 1795352001
open tcp 80 10.77.3.2 1795352001
# halfopen done at Sun Nov 22 12:53:21 2026 -- 1 IP address (1 host up) scanned in 1.41 seconds
# end
`,
	);
});

test('with -v ports that are not open are listed too, and with --open never', t => {
	t.is(
		listFormat({...PLAIN, verbosity: 1}).host(REPORT),
		`open tcp 22 10.77.3.2 1795352001
closed tcp 23 10.77.3.2 1795352001
filtered tcp 25 10.77.3.2 1795352001
open tcp 80 10.77.3.2 1795352001
`,
	);
	t.is(listFormat({...PLAIN, verbosity: 1, onlyOpen: true}).host(REPORT), listFormat(PLAIN).host(REPORT));
});

test('a port without a report of its host has the time when it was found', t => {
	const format = listFormat(PLAIN);
	t.is(format.port?.(found(open(22))), '');
	t.is(format.port?.(found(closed(22), {isAlone: true})), '');
	t.is(
		format.port?.(found(open(22), {isAlone: true, address: parseAddress('fd77:3::2')!})),
		'open tcp 22 fd77:3::2 1795352000\n',
	);
});

test('where no ports are scanned hosts that are up are listed', t => {
	const format = listFormat({...PLAIN, verbosity: 1});
	format.begin(head({discovery: {...WITHOUT_DISCOVERY, only: true}}));
	const line = (reason: Reason): string => format.host(hostReport([], {reason}));
	t.is(line('echo-reply'), 'open icmp 0 10.77.3.2 1795352001\n');
	t.is(line('arp-response'), 'open arp 0 10.77.3.2 1795352001\n');
	t.is(line('reset'), 'open icmp 0 10.77.3.2 1795352001\n');
	t.is(format.host(hostReport([], {status: 'down', reason: 'no-response'})), '');
});
