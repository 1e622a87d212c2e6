import test from 'ava';
import {countMistakes, packetsSent} from '../../bench/check-report.ts';
import type {PathCase} from '../../bench/path-cases.ts';

const CASE: PathCase = {
	name: 'plain',
	path: '',
	hosts: 1,
	ports: 100,
	open: [22, 80],
	others: 'closed',
	wrong: 0,
};

const HEAD = 'Nmap scan report for 10.0.0.1\nHost is up (0.05s latency).\n';
const CLOSED = 'Not shown: 98 closed tcp ports (reset)\n';
const OPEN = 'PORT   STATE SERVICE\n22/tcp open  ssh\n80/tcp open  http\n';

const counts = test.macro({
	title: (_, words: string, wrong: number) => `${words}: ${wrong} wrong`,
	exec(t, _words: string, wrong: number, report: string, expected: Partial<PathCase> = {}) {
		t.is(countMistakes(report, {...CASE, ...expected}), wrong);
	},
});

test(counts, 'all as it is', 0, `${HEAD}${CLOSED}${OPEN}`);
test(
	counts,
	'a closed port called filtered, summed up',
	1,
	`${HEAD}Not shown: 97 closed tcp ports (reset), 1 filtered tcp port (no-response)\n${OPEN}`,
);
test(
	counts,
	'a closed port called filtered, listed',
	1,
	`${HEAD}Not shown: 97 closed tcp ports (reset)\n${OPEN}99/tcp filtered metagram\n`,
);
test(
	counts,
	'an open port called filtered',
	1,
	`${HEAD}${CLOSED}PORT STATE SERVICE\n22/tcp filtered ssh\n80/tcp open http\n`,
);
test(
	counts,
	'an open port called closed',
	1,
	`${HEAD}Not shown: 99 closed tcp ports (reset)\nPORT STATE SERVICE\n22/tcp open ssh\n`,
);
test(counts, 'three closed ports missing', 3, `${HEAD}Not shown: 95 closed tcp ports (reset)\n${OPEN}`);
test(counts, 'one host of two missing', 100, `${HEAD}${CLOSED}${OPEN}`, {hosts: 2});
test(counts, 'nothing reported', 100, '');
test(
	counts,
	'silent ports reported as such',
	0,
	`${HEAD}Not shown: 98 filtered tcp ports (no-response)\n${OPEN}`,
	{others: 'filtered'},
);
test(counts, 'silent ports called closed', 98, `${HEAD}${CLOSED}${OPEN}`, {others: 'filtered'});

test('the packets are those that the scanner says it sent', t => {
	t.is(packetsSent('           Raw packets sent: 1001 (44.044KB) | Rcvd: 1001 (40.048KB)\n'), 1001);
	t.is(packetsSent('nothing of the kind'), Number.NaN);
});
