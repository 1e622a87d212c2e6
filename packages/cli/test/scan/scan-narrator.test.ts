import test from 'ava';
import {type DiscoveryPlan, micros, PROBE_KIND, type ScanEvent, WITHOUT_DISCOVERY} from '@halfopen/model';
import {fakeIo} from '../fake-io.ts';
import {ADDRESS, end, found, host, open, started} from '../fake-scan.ts';
import {BANNER, DONE, FOUND, HOST, run} from '../run-main.ts';

test('-v tells the phases and what is found', async t => {
	const hosts = [
		started({hostsTotal: 2}),
		found(open(22)),
		host(FOUND, {probesSent: 51}),
		host(FOUND, {probesSent: 51}),
	];
	const {out} = await run(['-v', 'x'], [...hosts, end({hostsTotal: 2, hostsUp: 2})]);
	t.is(
		out,
		`${BANNER}Initiating SYN Stealth Scan at 12:53
Scanning 2 hosts [3 ports/host]
Discovered open port 22/tcp on 10.77.3.2
Completed SYN Stealth Scan against 10.77.3.2 in 1.22s (1 host left)
${HOST}${HOST}Completed SYN Stealth Scan at 12:53, 1.41s elapsed (6 total ports)
halfopen done: 2 IP addresses (2 hosts up) scanned in 1.41 seconds
           Raw packets sent: 4 (176B) | Rcvd: 3 (124B)
`,
	);
});

test('-v names a single host', async t => {
	const {out} = await run(['-v', 'x'], [started(), {type: 'host-started', address: ADDRESS}, end()]);
	t.regex(out, /\nScanning 10\.77\.3\.2 \[3 ports\]\n/);
});

test('-d explains decisions among the packets', async t => {
	const probe = {address: ADDRESS, port: 25, attempt: 0} as const;
	const {out} = await run(
		['-d', '--packet-trace', '-p25', 'x'],
		[
			started({ports: Uint16Array.of(25)}),
			{
				type: 'packet',
				packet: {direction: 'sent', at: micros(1_000_400), bytes: Uint8Array.of(1), length: 44},
			},
			{type: 'decision', decision: {...probe, at: micros(1_000_400), what: 'probe-sent'}},
			{
				type: 'decision',
				decision: {...probe, at: micros(1_103_400), what: 'probe-timed-out', timeout: micros(103_000)},
			},
			end(),
		],
	);
	t.is(
		out,
		`${BANNER}Initiating SYN Stealth Scan at 12:53
SENT (0.0004s) No complete IP header in 1 of 44 bytes: 01
DECIDE (0.1034s) 10.77.3.2:25 no answer to try 1 within 103 ms
Completed SYN Stealth Scan at 12:53, 1.41s elapsed (1 total ports)
${DONE}           Raw packets sent: 4 (176B) | Rcvd: 3 (124B)
`,
	);
});

test('-d2 tells probes too', async t => {
	const decision = {
		address: ADDRESS,
		port: 25,
		attempt: 0,
		at: micros(1_000_400),
		what: 'probe-sent',
	} as const;
	const {out} = await run(['-d2', 'x'], [started(), {type: 'decision', decision}, end()]);
	t.regex(out, /DECIDE \(0\.0004s\) 10\.77\.3\.2:25 asked, try 1\n/);
});

test('-d shows reasons without being asked', async t => {
	const {out} = await run(['-d', 'x'], [started(), host(FOUND), end()]);
	t.regex(out, /Host is up, received arp-response/);
	t.regex(out, /\nPORT {3}STATE {2}SERVICE REASON\n/);
});

test('--stats-every says how far the scan is', async t => {
	const io = fakeIo();
	const {out} = await run(
		['--stats-every', '500ms', 'x'],
		async function* () {
			yield started();
			io.tick(500);
			yield end();
		},
		io,
	);
	t.is(
		out,
		`${BANNER}Stats: 0:00:01 elapsed; 1 hosts completed (1 up), 1 undergoing SYN Stealth Scan
SYN Stealth Scan Timing: About 18.75% done; ETC: 12:53 (0:00:04 remaining)
${DONE}`,
	);
});

test('a connect scan says that it has no packets to trace', async t => {
	const {errors} = await run(['--packet-trace', 'x'], [started({scanType: 'connect'}), end()]);
	t.is(errors, 'halfopen: warning: a connect scan has no packets to trace; -d2 tells every connection\n');
});

const DISCOVERY: DiscoveryPlan = {
	...WITHOUT_DISCOVERY,
	probes: [
		{kind: PROBE_KIND.echo, port: 0},
		{kind: PROBE_KIND.syn, port: 443},
	],
};
const FOUND_HOST: ScanEvent = {type: 'host-found', address: ADDRESS, reason: 'arp-response', ttl: 0};
const DOWN = host([], {status: 'down', reason: 'no-response'});

test('-v tells that hosts are found while the ports of others are scanned', async t => {
	const {out} = await run(
		['-v', 'x'],
		[
			started({hostsTotal: 2, discovery: DISCOVERY}),
			FOUND_HOST,
			{type: 'host-started', address: ADDRESS},
			DOWN,
			host(FOUND),
			end({hostsTotal: 2, hostsDown: 1, portsScanned: 3}),
		],
	);
	t.is(
		out,
		`${BANNER}Initiating Ping Scan at 12:53
Scanning 2 hosts [2 probes/host]
Initiating SYN Stealth Scan at 12:53
Nmap scan report for 10.77.3.2 [host down]
Completed Ping Scan at 12:53, 0.00s elapsed (2 total hosts, 1 up)
${HOST}Completed SYN Stealth Scan at 12:53, 0.00s elapsed (3 total ports)
halfopen done: 2 IP addresses (1 host up) scanned in 1.41 seconds
           Raw packets sent: 4 (176B) | Rcvd: 3 (124B)
`,
	);
});

test('-sn has one phase', async t => {
	const {out, asked} = await run(
		['-sn', '-v', 'x'],
		[
			started({hostsTotal: 2, ports: new Uint16Array(0), discovery: {...DISCOVERY, only: true}}),
			FOUND_HOST,
			host([], {mac: 'ce:81:0e:38:ed:30'}),
			DOWN,
			end({hostsTotal: 2, hostsDown: 1}),
		],
	);
	t.like(asked[0], {discovery: {only: true}});
	t.is(
		out,
		`${BANNER}Initiating Ping Scan at 12:53
Scanning 2 hosts [2 probes/host]
Nmap scan report for 10.77.3.2
Host is up (0.000046s latency).
MAC Address: CE:81:0E:38:ED:30 (Unknown)
Nmap scan report for 10.77.3.2 [host down]
Completed Ping Scan at 12:53, 0.00s elapsed (2 total hosts, 1 up)
halfopen done: 2 IP addresses (1 host up) scanned in 1.41 seconds
           Raw packets sent: 4 (176B) | Rcvd: 3 (124B)
`,
	);
});

test('of a single host that is down it is said what that may mean, unless it was not asked', async t => {
	const note = 'Note: the host seems to be down. If it is up and only blocks the probes, try -Pn\n';
	const ended = end({hostsUp: 0, hostsDown: 1});
	const asked = await run(['x'], [started({discovery: DISCOVERY}), DOWN, ended]);
	t.true(asked.out.includes(note));
	const unasked = await run(['-Pn', 'x'], [started(), DOWN, ended]);
	t.false(unasked.out.includes(note));
});
