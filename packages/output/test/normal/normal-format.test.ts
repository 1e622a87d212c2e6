import test from 'ava';
import {parseAddress, type HostReport} from '@halfopen/model';
import {normalFormat, type NormalFormatOptions} from '../../src/normal/normal-format.ts';
import {
	closed,
	filtered,
	found,
	head,
	hostReport,
	many,
	open,
	STARTED_AT,
	summary,
	SWEEP,
} from '../reports.ts';

const PLAIN: NormalFormatOptions = {
	verbosity: 0,
	debugging: 0,
	reasons: false,
	onlyOpen: false,
	toFile: false,
};

const host = (report: HostReport, options: Partial<NormalFormatOptions> = {}): string =>
	normalFormat({...PLAIN, ...options}).host(report);

const FEW_PORTS = [
	open(22),
	closed(23),
	filtered(25),
	open(80),
	filtered(110),
	filtered(113, 'admin-prohibited'),
	open(443),
];

test('the banner says what starts and when', t => {
	t.is(
		normalFormat(PLAIN).begin(head()),
		'Starting halfopen 1.2.3 ( https://github.com/halfopen/halfopen ) at 2026-11-22 12:53 UTC\n',
	);
});

test('a file begins with the command line', t => {
	t.is(
		normalFormat({...PLAIN, toFile: true}).begin(head()),
		'# halfopen 1.2.3 scan initiated Sun Nov 22 12:53:20 2026 as: halfopen -n 10.77.3.2\n',
	);
});

test('a few ports are all listed, behind an empty line', t => {
	t.is(
		host(hostReport(FEW_PORTS, {mac: 'ce:81:0e:38:ed:30'})),
		`Nmap scan report for 10.77.3.2
Host is up (0.000046s latency).

PORT    STATE    SERVICE
22/tcp  open     ssh
23/tcp  closed   telnet
25/tcp  filtered smtp
80/tcp  open     http
110/tcp filtered pop3
113/tcp filtered ident
443/tcp open     https
MAC Address: CE:81:0E:38:ED:30 (Unknown)

`,
	);
});

test('reasons are a column of their own, and name the sender when it is not the target', t => {
	const router = parseAddress('10.77.1.254')!;
	t.is(
		host(
			hostReport([open(22), {...filtered(135, 'admin-prohibited'), sender: router}, filtered(139)], {
				reason: 'echo-reply',
				ttl: 63,
			}),
			{reasons: true},
		),
		`Nmap scan report for 10.77.3.2
Host is up, received echo-reply ttl 63 (0.000046s latency).

PORT    STATE    SERVICE     REASON
22/tcp  open     ssh         syn-ack ttl 64
135/tcp filtered epmap       admin-prohibited from 10.77.1.254 ttl 64
139/tcp filtered netbios-ssn no-response

`,
	);
});

test('a state of more than 25 ports is counted instead of listed', t => {
	t.is(
		host(hostReport([open(22), ...many(971, 30_000, closed)])),
		`Nmap scan report for 10.77.3.2
Host is up (0.000046s latency).
Not shown: 971 closed tcp ports (reset)
PORT   STATE SERVICE
22/tcp open  ssh

`,
	);
});

test('hidden states are grouped by reason, the most frequent first and of equals the one seen last', t => {
	const text = host(
		hostReport([
			open(22),
			...many(3, 1000, port => filtered(port, 'net-unreach')),
			...many(3, 1010, port => filtered(port, 'host-unreach')),
			...many(30, 2000, port => filtered(port)),
			...many(40, 3000, closed),
		]),
	);
	t.is(
		text.split('\n')[2],
		'Not shown: 40 closed tcp ports (reset), 30 filtered tcp ports (no-response), 3 filtered tcp ports (host-unreach), 3 filtered tcp ports (net-unreach)',
	);
});

test('a host whose ports are all hidden has no table', t => {
	t.is(
		host(hostReport(many(101, 1000, closed), {name: 'example.org'})),
		`Nmap scan report for example.org (10.77.3.2)
Host is up (0.000046s latency).
All 101 scanned ports on example.org (10.77.3.2) are in ignored states.
Not shown: 101 closed tcp ports (reset)

`,
	);
});

test('what was asked for by name shows its other addresses and the name that its address has', t => {
	t.is(
		host(
			hostReport([open(22)], {
				name: 'example.org',
				reverseName: 'server-1.example.net',
				otherAddresses: [parseAddress('10.77.3.3')!, parseAddress('fd77::1')!],
			}),
		),
		`Nmap scan report for example.org (10.77.3.2)
Host is up (0.000046s latency).
Other addresses for example.org (not scanned): 10.77.3.3 fd77::1
rDNS record for 10.77.3.2: server-1.example.net

PORT   STATE SERVICE
22/tcp open  ssh

`,
	);
});

test('an address is shown with the name it has', t => {
	t.regex(
		host(hostReport([open(22)], {reverseName: 'server-1'})),
		/^Nmap scan report for server-1 \(10\.77\.3\.2\)\nHost is up .*\n\nPORT/,
	);
});

test('a host that never answered has no latency', t => {
	const {times: _, ...silent} = hostReport([filtered(22)]);
	t.is(host(silent).split('\n')[1], 'Host is up.');
	t.is(host(silent, {reasons: true}).split('\n')[1], 'Host is up, received user-set.');
});

test('names from the network cannot write to the terminal or imitate a line', t => {
	const evil = 'a\u{1B}[2J\nNmap scan report for b (10.0.0.1)\u{202E}\\';
	t.is(
		host(hostReport([open(22)], {reverseName: evil})).split('\n')[0],
		String.raw`Nmap scan report for a\u{1b}\u{5b}2J\u{a}Nmap\u{20}scan\u{20}report\u{20}for\u{20}b\u{20}\u{28}10.0.0.1\u{29}\u{202e}\u{5c} (10.77.3.2)`,
	);
});

test('hosts that are down are told with -v, and never with --open', t => {
	const report = hostReport([], {status: 'down', reason: 'no-response'});
	t.is(host(report), '');
	t.is(host(report, {verbosity: 1}), 'Nmap scan report for 10.77.3.2 [host down]\n');
	t.is(
		host(report, {verbosity: 1, reasons: true}),
		'Nmap scan report for 10.77.3.2 [host down, received no-response]\n',
	);
	t.is(host(report, {verbosity: 1, onlyOpen: true}), '');
	t.is(
		host({...report, problem: 'no answer to ARP'}, {verbosity: 1}),
		'Nmap scan report for 10.77.3.2 [host down] (no answer to ARP)\n',
	);
});

test('--open leaves out everything else, and hosts without an open port', t => {
	t.is(host(hostReport([closed(22), filtered(23)]), {onlyOpen: true}), '');
	t.is(
		host(hostReport([open(22), closed(23), filtered(25)]), {onlyOpen: true}),
		`Nmap scan report for 10.77.3.2
Host is up (0.000046s latency).
Not shown: 1 closed tcp port (reset), 1 filtered tcp port (no-response)
PORT   STATE SERVICE
22/tcp open  ssh

`,
	);
});

test('with -d the time of the scan and the final timing are told, the latter not in a file', t => {
	const lines = host(hostReport([open(22)]), {debugging: 1, verbosity: 1}).split('\n');
	t.true(lines.includes('Scanned at 2026-11-22 12:53:20 UTC for 1s'));
	t.true(lines.includes('Final times for host: srtt: 46 rttvar: 2136  to: 100000'));
	t.notRegex(host(hostReport([open(22)]), {debugging: 1, verbosity: 1, toFile: true}), /Final times/);
});

test('the last line counts addresses and hosts', t => {
	const format = normalFormat(PLAIN);
	t.is(
		format.end(summary(), STARTED_AT),
		'halfopen done: 1 IP address (1 host up) scanned in 1.41 seconds\n',
	);
	t.is(
		format.end(summary({hostsTotal: 3, hostsUp: 2}), STARTED_AT),
		'halfopen done: 3 IP addresses (2 hosts up) scanned in 1.41 seconds\n',
	);
	t.is(
		format.end(summary({hostsTotal: 256, hostsUp: 2, hostsDown: 1}), STARTED_AT, 'interrupted'),
		'halfopen interrupted: 3 of 256 IP addresses (2 hosts up) scanned in 1.41 seconds\n',
	);
});

test('the last line of a shard says of how many addresses it asked something', t => {
	const format = normalFormat(PLAIN);
	const sweep = SWEEP;
	t.is(
		format.end(summary({hostsTotal: 256, hostsUp: 60, hostsDown: 4, sweep}), STARTED_AT),
		'halfopen done: 64 of 256 IP addresses (60 hosts up) scanned in 1.41 seconds\n',
	);
	t.is(
		format.end(summary({hostsTotal: 256, hostsUp: 252, hostsDown: 4, sweep}), STARTED_AT),
		'halfopen done: 256 IP addresses (252 hosts up) scanned in 1.41 seconds\n',
	);
});

test('the last line of a file has the date', t => {
	t.is(
		normalFormat({...PLAIN, toFile: true, verbosity: 1}).end(summary(), STARTED_AT),
		'# halfopen done at Sun Nov 22 12:53:20 2026 -- 1 IP address (1 host up) scanned in 1.41 seconds\n',
	);
});

test('with -v a connect scan counts connections', t => {
	t.is(
		normalFormat({...PLAIN, verbosity: 1}).end(
			summary({probesSentBytes: 0, repliesReceivedBytes: 0}),
			STARTED_AT,
		),
		`halfopen done: 1 IP address (1 host up) scanned in 1.41 seconds
           Connections tried: 788 | Answered: 4
`,
	);
});

test('with -v the traffic is told, and what was rejected or lost if anything was', t => {
	const format = normalFormat({...PLAIN, verbosity: 1});
	t.is(
		format.end(summary(), STARTED_AT),
		`halfopen done: 1 IP address (1 host up) scanned in 1.41 seconds
           Raw packets sent: 788 (34.608KB) | Rcvd: 4 (184B)
`,
	);
	t.is(
		format.end(
			summary({
				repliesRedundant: 2,
				rejected: {malformed: 0, unsolicited: 3, wrongCookie: 1, wrongQuote: 0, shortQuote: 0},
				lost: {repliesLost: 0, kernelDrops: 7, interfaceDrops: 0, sendErrors: 0},
			}),
			STARTED_AT,
		),
		`halfopen done: 1 IP address (1 host up) scanned in 1.41 seconds
           Raw packets sent: 788 (34.608KB) | Rcvd: 4 (184B)
           Redundant replies: 2
           Rejected: 3 that answer nothing of ours; 1 acknowledging nothing that was sent
           Lost: 7 packets dropped by the kernel before they were seen
`,
	);
});

test('a port is told by itself when no report of its host follows', t => {
	const format = normalFormat(PLAIN);
	t.is(format.port?.(found(open(22), {isAlone: true})), 'Discovered open port 22/tcp on 10.77.3.2\n');
	t.is(format.port?.(found(open(22))), '');
});

test('a file has warnings in it, and says how a scan failed', t => {
	const format = normalFormat({...PLAIN, toFile: true});
	t.is(format.warning?.('no route to \u202Ex'), '# Warning: no route to \\u{202e}x\n');
	t.regex(format.end(summary(), STARTED_AT, 'failed'), /^# halfopen failed at /);
});

test('where no ports are scanned a host has no blank line behind it', t => {
	t.is(
		host(hostReport([], {reason: 'arp-response', mac: 'ce:81:0e:38:ed:30'}), {verbosity: 2, reasons: true}),
		`Nmap scan report for 10.77.3.2
Host is up, received arp-response (0.000046s latency).
MAC Address: CE:81:0E:38:ED:30 (Unknown)
`,
	);
});

test('hosts that are up are told with --open, where no ports are scanned', t => {
	t.true(host(hostReport([]), {onlyOpen: true}).startsWith('Nmap scan report'));
	t.is(host(hostReport([], {status: 'down'}), {onlyOpen: true, verbosity: 1}), '');
});

test('the vendor of an interface is named, with nothing invisible in it', t => {
	const block = host(hostReport([], {mac: 'ce:81:0e:38:ed:30'}), {vendorOf: () => 'A\u202E & B'});
	t.true(block.endsWith('MAC Address: CE:81:0E:38:ED:30 (A\\u{202e} & B)\n'));
});

test('with -v it is told how many hosts were asked, and what loss may have hidden', t => {
	const discovery = {
		hostsAsked: 254,
		hostsFound: 12,
		probesSent: 2000,
		expectedMissed: 0.000_1,
		widestWindow: 254,
		windowBytes: 1000,
	};
	const end = (rest: {loss?: number}): string =>
		normalFormat({...PLAIN, verbosity: 1}).end(summary({discovery: {...discovery, ...rest}}), STARTED_AT);
	t.true(end({}).includes('Hosts asked: 254 | Answered: 12 | Expected missed hosts: fewer than 0.01\n'));
	t.true(
		end({loss: 0.031}).includes(
			'Hosts asked: 254 | Answered: 12 | Loss: 3.1 % | Expected missed hosts: fewer than 0.01\n',
		),
	);
});
