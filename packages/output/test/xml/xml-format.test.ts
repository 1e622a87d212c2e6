import test from 'ava';
import {micros, parseAddress, type HostReport, WITHOUT_DISCOVERY} from '@halfopen/model';
import {xmlFormat, type XmlFormatOptions} from '../../src/xml/xml-format.ts';
import {isValidNmapXml} from '../programs.ts';
import {
	closed,
	filtered,
	found,
	head,
	HOST_FOUND,
	hostReport,
	many,
	open,
	STARTED_AT,
	summary,
} from '../reports.ts';

const PLAIN: XmlFormatOptions = {verbosity: 0, debugging: 0, onlyOpen: false};

const host = (report: HostReport, options: Partial<XmlFormatOptions> = {}): string =>
	xmlFormat({...PLAIN, ...options}).host(report);

const lines = (...all: readonly string[]): string => all.map(line => `${line}\n`).join('');

test('a document has the elements and attributes of Nmap, in its order', t => {
	const format = xmlFormat(PLAIN);
	const report = hostReport([open(22), closed(23), filtered(25, 'admin-prohibited')], {
		mac: 'ce:81:0e:38:ed:30',
		reason: 'arp-response',
		loss: 0.0213,
		expectedMissed: 0.000_012_3,
	});
	const text = [
		format.begin(head({commandLine: 'halfopen -n --reason 10.77.3.2'})),
		format.host(report),
		format.end(summary({portsScanned: 3, portsAnswered: 2, probesSent: 4, loss: 0.0213}), STARTED_AT + 1413),
	].join('');
	t.is(
		text,
		lines(
			'<?xml version="1.0" encoding="UTF-8"?>',
			'<!DOCTYPE nmaprun>',
			'<!-- halfopen 1.2.3 scan initiated Sun Nov 22 12:53:20 2026 as: halfopen -n -&#45;reason 10.77.3.2 -->',
			'<nmaprun scanner="nmap" args="halfopen -n -&#45;reason 10.77.3.2" start="1795352000" startstr="Sun Nov 22 12:53:20 2026" version="1.2.3" xmloutputversion="1.05">',
			'<scaninfo type="syn" protocol="tcp" numservices="3" services="22-23,25"/>',
			'<verbose level="0"/>',
			'<debugging level="0"/>',
			'<host starttime="1795352000" endtime="1795352001"><status state="up" reason="arp-response" reason_ttl="0"/>',
			'<address addr="10.77.3.2" addrtype="ipv4"/>',
			'<address addr="CE:81:0E:38:ED:30" addrtype="mac"/>',
			'<hostnames>',
			'</hostnames>',
			'<ports><port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="ssh" method="table" conf="3"/></port>',
			'<port protocol="tcp" portid="23"><state state="closed" reason="reset" reason_ttl="64"/><service name="telnet" method="table" conf="3"/></port>',
			'<port protocol="tcp" portid="25"><state state="filtered" reason="admin-prohibited" reason_ttl="64"/><service name="smtp" method="table" conf="3"/></port>',
			'</ports>',
			'<times srtt="46" rttvar="2136" to="100000"/>',
			'<?halfopen probes="3" probes-per-port="1" loss="0.0213" expected-missed="0.0000123"?>',
			'</host>',
			'<?halfopen probes="4" probes-per-port="1.33333" ports-scanned="3" ports-answered="2" loss="0.0213" expected-missed="0"?>',
			'<runstats><finished time="1795352001" timestr="Sun Nov 22 12:53:21 2026" summary="halfopen done at Sun Nov 22 12:53:21 2026; 1 IP address (1 host up) scanned in 1.41 seconds" elapsed="1.41" exit="success"/><hosts up="1" down="0" total="1"/>',
			'</runstats>',
			'</nmaprun>',
		),
	);
	isValidNmapXml(t, text);
});

test('what is not listed is counted by state and reason, with its ports', t => {
	const report = hostReport([
		open(22),
		...many(30, 1000, closed),
		...many(40, 2000, filtered),
		filtered(3000, 'host-prohibited'),
		filtered(3001, 'net-prohibited'),
	]);
	t.true(
		host(report).includes(
			lines(
				'<ports><extraports state="filtered" count="42">',
				'<extrareasons reason="no-response" count="40" proto="tcp" ports="2000-2039"/>',
				'<extrareasons reason="net-prohibited" count="1" proto="tcp" ports="3001"/>',
				'<extrareasons reason="host-prohibited" count="1" proto="tcp" ports="3000"/>',
				'</extraports>',
				'<extraports state="closed" count="30">',
				'<extrareasons reason="reset" count="30" proto="tcp" ports="1000-1029"/>',
				'</extraports>',
				'<port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="ssh" method="table" conf="3"/></port>',
				'</ports>',
			),
		),
	);
});

test('names, further senders and an early end are told', t => {
	const sender = parseAddress('10.77.1.254')!;
	const text = host(
		hostReport([{...filtered(9030, 'host-unreach'), sender}], {
			name: 'asked.example',
			reverseName: 'a<b>&"\'--\u202E\0.example',
			isIncomplete: true,
		}),
	);
	t.true(text.startsWith('<host starttime="1795352000" endtime="1795352001" timedout="true">'));
	t.true(
		text.includes(
			lines(
				'<hostnames>',
				'<hostname name="asked.example" type="user"/>',
				String.raw`<hostname name="a&lt;b&gt;&amp;&quot;&apos;-&#45;\u{202e}\u{0}.example" type="PTR"/>`,
				'</hostnames>',
			),
		),
	);
	t.true(text.includes('reason="host-unreach" reason_ttl="64" reason_ip="10.77.1.254"/></port>'));
	t.true(text.includes(' incomplete="true"?>'));
});

test('a host that is down is told with -v, without times or ports', t => {
	const report = hostReport([], {status: 'down', reason: 'no-response'});
	t.is(host(report), '');
	t.is(host(report, {verbosity: 1, onlyOpen: true}), '');
	t.is(
		host(report, {verbosity: 1}),
		lines(
			'<host><status state="down" reason="no-response" reason_ttl="0"/>',
			'<address addr="10.77.3.2" addrtype="ipv4"/>',
			'</host>',
		),
	);
});

test('with --open hosts without open ports are left out', t => {
	t.is(host(hostReport([closed(22)]), {onlyOpen: true}), '');
	t.regex(
		host(hostReport([open(22), closed(23)]), {onlyOpen: true}),
		/<extraports state="closed" count="1">/,
	);
});

test('a scan that says more names its task, and how far it is when asked', t => {
	const format = xmlFormat({...PLAIN, verbosity: 1});
	const text = [
		format.begin(head()),
		format.progress?.(
			{
				elapsed: micros(1_000_000),
				hostsDone: 0,
				hostsUp: 0,
				hostsActive: 1,
				hostsTotal: 1,
				portsDone: 30,
				portsTotal: 160,
				probesSent: 60,
				rate: 60,
			},
			STARTED_AT + 1000,
		),
		format.warning?.('cannot resolve `-- <x>`'),
		format.end(summary({portsScanned: 3}), STARTED_AT + 1413),
	].join('');
	t.regex(text, /<taskbegin task="SYN Stealth Scan" time="1795352000"\/>/);
	t.regex(
		text,
		/<taskprogress task="SYN Stealth Scan" time="1795352001" percent="18\.75" remaining="4" etc="1795352005"\/>/,
	);
	t.regex(text, /<taskend task="SYN Stealth Scan" time="1795352001" extrainfo="3 total ports"\/>/);
	isValidNmapXml(t, text);
});

test('a port without a report of its host is a host of its own', t => {
	const format = xmlFormat(PLAIN);
	t.is(format.port?.(found(open(22))), '');
	const text = [
		format.begin(head()),
		format.port?.(found(open(22), {isAlone: true})),
		format.port?.(found(open(80), {isAlone: true, address: parseAddress('fd77:3::2')!})),
		format.end(summary(), STARTED_AT, 'interrupted'),
	].join('');
	t.true(
		text.includes(
			lines(
				'<host endtime="1795352000"><status state="up" reason="syn-ack" reason_ttl="64"/>',
				'<address addr="10.77.3.2" addrtype="ipv4"/>',
				'<hostnames>',
				'</hostnames>',
				'<ports><port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="ssh" method="table" conf="3"/></port>',
				'</ports>',
				'</host>',
			),
		),
	);
	isValidNmapXml(t, text);
});

test('an early end is an error, in words', t => {
	t.regex(
		xmlFormat(PLAIN).end(summary(), STARTED_AT, 'interrupted'),
		/ exit="error" errormsg="interrupted"\/>/,
	);
	t.regex(
		xmlFormat(PLAIN).end(summary(), STARTED_AT, 'failed', 'disk <full>'),
		/ exit="error" errormsg="disk &lt;full&gt;"\/>/,
	);
});

test('a stylesheet is named before the document', t => {
	const text = xmlFormat({...PLAIN, stylesheet: 'x?>"<.xsl'}).begin(head());
	t.is(text.split('\n')[2], '<?xml-stylesheet href="x?&gt;&quot;&lt;.xsl" type="text/xsl"?>');
});

const ONLY_HOSTS = head({ports: new Uint16Array(0), discovery: {...WITHOUT_DISCOVERY, only: true}});

test('a scan of no ports has the elements of Nmap too', t => {
	const format = xmlFormat({...PLAIN, verbosity: 1, vendorOf: mac => `${mac.slice(0, 2)} & Co.`});
	const text = [
		format.begin(ONLY_HOSTS),
		format.host(hostReport([], {mac: 'ce:81:0e:38:ed:30', reason: 'arp-response'})),
		format.host(hostReport([], {status: 'down', reason: 'no-response'})),
		format.end(summary({hostsDown: 1, hostsTotal: 2}), STARTED_AT + 1413),
	].join('');
	t.false(text.includes('<scaninfo'));
	t.true(
		text.includes(
			lines(
				'<taskbegin task="Ping Scan" time="1795352000"/>',
				'<host><status state="up" reason="arp-response" reason_ttl="0"/>',
				'<address addr="10.77.3.2" addrtype="ipv4"/>',
				'<address addr="CE:81:0E:38:ED:30" addrtype="mac" vendor="ce &amp; Co."/>',
				'<hostnames>',
				'</hostnames>',
				'<times srtt="46" rttvar="2136" to="100000"/>',
			),
		),
	);
	t.true(text.includes('<taskend task="Ping Scan" time="1795352001" extrainfo="2 total hosts"/>\n'));
	isValidNmapXml(t, text);
});

test('a host that is up is hinted at before its ports are scanned', t => {
	const format = xmlFormat(PLAIN);
	const text = [
		format.begin(head()),
		format.hostFound?.(HOST_FOUND),
		format.host(hostReport([open(22)])),
		format.end(summary(), STARTED_AT + 1413),
	].join('');
	t.true(
		text.includes(
			lines(
				'<hosthint><status state="up" reason="arp-response" reason_ttl="0"/>',
				'<address addr="10.77.3.2" addrtype="ipv4"/>',
				'<address addr="CE:81:0E:38:ED:30" addrtype="mac"/>',
				'<hostnames>',
				'</hostnames>',
				'</hosthint>',
			),
		),
	);
	isValidNmapXml(t, text);
});
