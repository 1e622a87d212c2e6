import test from 'ava';
import {micros, parseAddress, PROBE_KIND, WITHOUT_DISCOVERY} from '@halfopen/model';
import {
	formatCompleted,
	formatDiscovered,
	formatFinding,
	formatFound,
	formatHostCompleted,
	formatInitiating,
	formatScanning,
	pingTask,
	SCAN_TASK,
} from '../../src/narration/phase-lines.ts';
import {open, STARTED_AT} from '../reports.ts';

const ADDRESS = parseAddress('10.77.3.2')!;

test('a phase is announced with its hosts and ports', t => {
	t.is(formatInitiating(SCAN_TASK.syn, STARTED_AT), 'Initiating SYN Stealth Scan at 12:53\n');
	t.is(formatScanning(1, 4, '10.77.3.2'), 'Scanning 10.77.3.2 [4 ports]\n');
	t.is(formatScanning(1, 1, '10.77.3.2'), 'Scanning 10.77.3.2 [1 port]\n');
	t.is(formatScanning(2, 205), 'Scanning 2 hosts [205 ports/host]\n');
});

test('finding hosts is announced with its probes, and its end with how many there are', t => {
	const probes = [1, 2, 3, 4].map(port => ({kind: PROBE_KIND.syn, port}));
	const plan = {hostsTotal: 256, discovery: {...WITHOUT_DISCOVERY, probes}};
	t.is(formatFinding(plan), 'Scanning 256 hosts [4 probes/host]\n');
	t.is(formatFinding({...plan, onlyBy: 'ARP'}), 'Scanning 256 hosts [1 probe/host]\n');
	t.is(pingTask({}), 'Ping Scan');
	t.is(pingTask({onlyBy: 'ND'}), 'ND Ping Scan');
	t.is(
		formatFound('Ping Scan', STARTED_AT, micros(1_270_000), 256, 12),
		'Completed Ping Scan at 12:53, 1.27s elapsed (256 total hosts, 12 up)\n',
	);
});

test('a discovery names port and host', t => {
	t.is(formatDiscovered(ADDRESS, open(22)), 'Discovered open port 22/tcp on 10.77.3.2\n');
});

test('the end of a host and of the phase are told with their time', t => {
	t.is(
		formatHostCompleted(SCAN_TASK.syn, ADDRESS, micros(2_350_000), 1),
		'Completed SYN Stealth Scan against 10.77.3.2 in 2.35s (1 host left)\n',
	);
	t.is(
		formatCompleted(SCAN_TASK.connect, STARTED_AT, micros(2_350_000), 410),
		'Completed Connect Scan at 12:53, 2.35s elapsed (410 total ports)\n',
	);
});
