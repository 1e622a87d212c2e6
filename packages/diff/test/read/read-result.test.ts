import test from 'ava';
import {ScanError} from '@halfopen/model';
import {readResult, type ScanResult} from '../../src/index.ts';
import {nmapFile, resultOf} from '../result-of.ts';

/** What is known of a result in a line for each host: `192.0.2.1 up: 22/tcp open; closed 1-21`. */
const shown = (result: ScanResult): string[] =>
	[...result.hosts.values()].map(
		({address, status, listed, hidden}) =>
			`${address} ${status}: ${[...listed].map(([key, state]) => `${key} ${state}`).join(', ')}; ${hidden
				.map(({state, ports}) => `${state} ${ports === undefined ? '?' : [...ports].length}`)
				.join(', ')}`,
	);

const reads = test.macro({
	title: (name = '') => `is read: ${name}`,
	exec: async (t, text: string, hosts: readonly string[], problems: readonly string[] = []) => {
		for (const pieceLength of [1, 7, 100_000]) {
			const result = await resultOf(text, pieceLength);
			t.deepEqual(shown(result), hosts);
			t.deepEqual(result.problems, problems);
		}
	},
});

test('XML of Nmap', reads, nmapFile('nmap-before.xml'), [
	'10.77.3.2 up: 22/tcp open, 25/tcp filtered, 80/tcp open, 113/tcp filtered, 443/tcp open; closed 197',
	'10.99.0.1 up: 22/tcp open, 25/tcp filtered, 80/tcp open, 113/tcp filtered, 443/tcp open; closed 197',
]);

test('grepable text of Nmap', reads, nmapFile('nmap-before.gnmap'), [
	'10.77.3.2 up: 22/tcp open, 25/tcp filtered, 80/tcp open, 113/tcp filtered, 443/tcp open; closed ?',
	'10.99.0.1 up: 22/tcp open, 25/tcp filtered, 80/tcp open, 113/tcp filtered, 443/tcp open; closed ?',
]);

test(
	'XML of an Nmap that does not say which ports it sums up',
	reads,
	'<nmaprun scanner="nmap"><host><status state="up"/><address addr="192.0.2.1" addrtype="ipv4"/><ports><extraports state="closed" count="9"><extrareasons reason="resets" count="9"/></extraports></ports></host></nmaprun>',
	['192.0.2.1 up: ; closed ?'],
);

test(
	'XML of masscan, with an element for each port',
	reads,
	'<?xml version="1.0"?><nmaprun scanner="masscan"><host endtime="1"><address addr="192.0.2.1" addrtype="ipv4"/><ports><port protocol="tcp" portid="80"><state state="open" reason="syn-ack" reason_ttl="64"/></port></ports></host><host><address addr="192.0.2.1" addrtype="ipv4"/><ports><port protocol="tcp" portid="81"><state state="open"/></port></ports></host></nmaprun>',
	['192.0.2.1 up: 80/tcp open, 81/tcp open; '],
);

test(
	'XML of a scan that failed',
	reads,
	'<nmaprun scanner="nmap"><runstats><finished exit="error" errormsg="interrupted"/></runstats></nmaprun>',
	[],
	['its scan did not get to the end: interrupted'],
);

const NDJSON = String.raw`{"type":"started","ports":"1-100"}
{"type":"warning","message":"a { in a \"string\" \\"}
{"type":"port","address":"192.0.2.1","port":22,"protocol":"tcp","state":"open"}
{"type":"host","address":"192.0.2.1","name":"a\"}","status":"up","ports":[{"port":22,"protocol":"tcp","state":"closed"}],"notShown":[{"state":"filtered","ports":"1-21,23-100"}]}
{"type":"end","outcome":"finished"}
`;

test('NDJSON', reads, NDJSON, ['192.0.2.1 up: 22/tcp closed; filtered 99']);
test(
	'NDJSON that was cut short between lines',
	reads,
	NDJSON.split('\n').slice(0, 3).join('\n'),
	['192.0.2.1 up: 22/tcp open; '],
	['its end is missing'],
);
test(
	'NDJSON of a scan that was interrupted',
	reads,
	NDJSON.replace('finished', 'interrupted'),
	['192.0.2.1 up: 22/tcp closed; filtered 99'],
	['its scan was interrupted'],
);

const JSON_TEXT = `{"formatVersion":1,"results":[
{"address":"192.0.2.1","status":"up","ports":[{"port":22,"protocol":"tcp","state":"open"}],"notShown":[]}
,{"address":"192.0.2.2","status":"down","ports":[],"notShown":[]}
],"warnings":["]}"],"end":{"outcome":"finished"}}
`;

test('JSON', reads, JSON_TEXT, ['192.0.2.1 up: 22/tcp open; ', '192.0.2.2 down: ; ']);
test('JSON in another layout', reads, JSON.stringify(JSON.parse(JSON_TEXT), undefined, '\t'), [
	'192.0.2.1 up: 22/tcp open; ',
	'192.0.2.2 down: ; ',
]);
test(
	'JSON of masscan',
	reads,
	'[\n{   "ip": "192.0.2.1",   "timestamp": "1", "ports": [ {"port": 80, "proto": "tcp", "status": "open"} ] }\n]\n',
	['192.0.2.1 up: 80/tcp open; '],
);

test(
	'a list',
	reads,
	'#masscan\n# halfopen 0.1.0\nopen tcp 22 192.0.2.1 1795351961\nclosed tcp 23 192.0.2.1 1795351961\n# end\n',
	['192.0.2.1 up: 22/tcp open, 23/tcp closed; '],
);

test(
	'CSV',
	reads,
	'saddr,sport,classification,success,ttl,state,reason,service\n192.0.2.1,22,synack,1,64,open,syn-ack,ssh\n192.0.2.1,23,icmp,0,64,filtered,port-unreach,"a,""b"\n',
	['192.0.2.1 up: 22/tcp open, 23/tcp filtered; '],
);
test('CSV of zmap', reads, 'sport,saddr,classification\r\n22,192.0.2.1,synack\r\n23,192.0.2.1,rst\r\n', [
	'192.0.2.1 up: 22/tcp open, 23/tcp closed; ',
]);

const refuses = test.macro({
	title: (_, text: string) => `is refused: ${JSON.stringify(text.slice(0, 60))}`,
	exec: async (t, text: string, message: string) => {
		const error = await t.throwsAsync(resultOf(text), {instanceOf: ScanError});
		t.is(error?.code, 'ERR_HALFOPEN_OPTION');
		t.is(error?.message, `a.txt${message}`);
	},
});

const NO_RESULT =
	': expected a result as XML, JSON, NDJSON, CSV, a list or grepable text; the report for people is none of these';

test(refuses, '', ': expected the result of a scan, got nothing');
test(refuses, ' \n\n', ': expected the result of a scan, got nothing');
test(refuses, '127.0.0.1 localhost\n', NO_RESULT);
test(refuses, 'Starting halfopen 0.1.0\nNmap scan report for 192.0.2.1\n', NO_RESULT);
test(
	refuses,
	'# halfopen 0.1.0 scan initiated as: halfopen -oG a -oN b 192.0.2.1\nNmap scan report for 192.0.2.1\n',
	NO_RESULT,
);
test(refuses, '<html></html>', ', line 1: expected the element `nmaprun`, got `html`');
test(refuses, '<nmaprun>\n<host>\n', ', line 3: unclosed tag: host');
test(
	refuses,
	'<nmaprun><host><address addr="x" addrtype="ipv4"/></host></nmaprun>',
	', line 1: expected an address, got `x`',
);
test(
	refuses,
	'<nmaprun><host><address addr="192.0.2.1"/><ports>\n<port portid="x"/></ports></host></nmaprun>',
	', line 2: expected a port, got `x`',
);
test(refuses, '<!DOCTYPE nmaprun [<!ENTITY a "aaaa">]><nmaprun args="&a;"/>', ', line 1: undefined entity.');
test(refuses, '{"type":"started"}\n{"type":"host",]}\n', ', line 2: expected JSON, got `{"type":"host",]`');
test(
	refuses,
	'{"type":"started"}\n{"type":"host"',
	', line 2: expected the end of an object, got the end of the file',
);
test(
	refuses,
	'{"type":"host","address":"192.0.2.300"}\n',
	', line 1: expected an address, got `192.0.2.300`',
);
test(
	refuses,
	'{"address":"192.0.2.1","ports":[{"port":70000,"state":"open"}]}',
	', line 1: expected a port with a state, got `{"port":70000,"state":"open"}`',
);
test(refuses, '{"address":"192.0.2.1","ports":[null]}', ', line 1: expected a port with a state, got `{}`');
test(
	refuses,
	'#masscan\nopen tcp 22\n',
	', line 2: expected a state, a protocol, a port and an address, got `open tcp 22`',
);
test(
	refuses,
	'saddr,sport\n192.0.2.1,ssh\n',
	', line 2: expected an address in `saddr` and a port in `sport`, got `192.0.2.1,ssh`',
);
test(
	refuses,
	'saddr,ttl\n192.0.2.1,64\n',
	', line 1: expected the columns `saddr` and `sport`, which ports are compared by',
);
test(refuses, 'Host: 192.0.2.1\n', ', line 1: expected `Host: ADDRESS (NAME)`, got `Host: 192.0.2.1`');
test(
	refuses,
	'Host: 192.0.2.1 ()\tPorts: 22\n',
	', line 1: expected ports as in `22/open/tcp//ssh///`, got `Ports: 22`',
);

test('bytes are UTF-8, wherever they are cut, with or without a byte order mark', async t => {
	const bytes = new TextEncoder().encode(
		'\uFEFF{"type":"host","address":"192.0.2.1","reverseName":"ü.example","ports":[]}\n',
	);
	for (const length of [1, 3, bytes.length]) {
		const chunks = Array.from({length: Math.ceil(bytes.length / length)}, (_, index) =>
			bytes.subarray(index * length, (index + 1) * length),
		);
		const result = await readResult(
			(async function* () {
				yield* chunks;
			})(),
			'a.json',
		);
		t.is(result.hosts.get('192.0.2.1')?.name, 'ü.example');
	}
});

test('the source is closed, however the reading ends', async t => {
	for (const text of ['not a result', '<nmaprun>\n<host>', '{"type":"x"}', '#masscan\n']) {
		let isClosed = false;
		const source = async function* (): AsyncGenerator<string, void, undefined> {
			try {
				yield text.padEnd(2000);
				yield '\n';
			} finally {
				isClosed = true;
			}
		};

		try {
			await readResult(source(), 'a.txt');
		} catch {
			// Some are malformed
		}

		t.true(isClosed);
	}
});

test(
	'CSV of a scan for hosts',
	reads,
	'saddr,sport,classification,success,ttl,state,reason,service\n192.0.2.1,,echoreply,1,64,up,echo-reply,\n192.0.2.2,,none,0,,down,no-response,\n',
	['192.0.2.1 up: ; ', '192.0.2.2 down: ; '],
);
test(
	'a list of hosts that were found',
	reads,
	'#masscan\nopen icmp 0 192.0.2.1 1795351961\nopen arp 0 192.0.2.2 1795351961\n# end\n',
	['192.0.2.1 up: ; ', '192.0.2.2 up: ; '],
);
test(
	'NDJSON that tells of a host before its ports',
	reads,
	'{"type":"started","ports":"22"}\n{"type":"host-found","address":"192.0.2.1","reason":"echo-reply","ttl":64}\n{"type":"host","address":"192.0.2.1","status":"up","ports":[],"notShown":[]}\n{"type":"end","outcome":"finished"}\n',
	['192.0.2.1 up: ; '],
);

test('of results of scans for hosts only, one that is missing is none that was left out', async t => {
	t.true((await resultOf('#masscan\nopen icmp 0 192.0.2.1 1795351961\n')).hasAllHosts);
	t.false((await resultOf('#masscan\nopen tcp 80 192.0.2.1 1795351961\n')).hasAllHosts);
});
