import test from 'ava';
import {diffJson, diffResults, formatDiff, type HostDiff} from '../src/index.ts';
import {nmapFile, resultOf} from './result-of.ts';

const NDJSON_END = '{"type":"end","outcome":"finished"}\n';

const hostLine = (address: string, ports: string, notShown = '', rest = ''): string =>
	`{"type":"host","address":"${address}"${rest},"status":"up","ports":[${ports}],"notShown":[${notShown}]}\n`;

const portText = (port: number, state: string): string =>
	`{"port":${port},"protocol":"tcp","state":"${state}"}`;

const hidden = (state: string, ports: string): string => `{"state":"${state}","ports":"${ports}"}`;

/** Differences in a line for each host: `192.0.2.1 appeared: 22 - open`. */
const differences = async (before: string, after: string): Promise<string[]> => {
	const {hosts} = diffResults(await resultOf(before), await resultOf(after));
	return hosts.map(
		({address, change, ports}: HostDiff) =>
			`${address}${change === undefined ? '' : ` ${change}`}: ${ports
				.map(port => `${port.port} ${port.before ?? '-'} ${port.after ?? '-'}`)
				.join(', ')}`,
	);
};

const compares = test.macro({
	title: (name = '') => name,
	exec: async (t, before: string, after: string, expected: readonly string[]) => {
		t.deepEqual(await differences(before, after), expected);
	},
});

test(
	'a port that is in another state',
	compares,
	hostLine('192.0.2.1', portText(22, 'open')),
	hostLine('192.0.2.1', portText(22, 'closed')),
	['192.0.2.1: 22 open closed'],
);

test(
	'ports that are summed up count by their ranges',
	compares,
	hostLine('192.0.2.1', portText(22, 'open'), hidden('closed', '1-21,23-30')),
	hostLine('192.0.2.1', portText(25, 'open'), hidden('closed', '1-24,26-30')),
	['192.0.2.1: 22 open closed, 25 closed open'],
);

test(
	'ports that both results sum up, under states that differ',
	compares,
	hostLine('192.0.2.1', '', `${hidden('closed', '1-3')},${hidden('filtered', '4-5')}`),
	hostLine('192.0.2.1', '', `${hidden('closed', '1-2')},${hidden('filtered', '3-5')}`),
	['192.0.2.1: 3 closed filtered'],
);

test(
	'an open port that the other result does not tell of',
	compares,
	hostLine('192.0.2.1', `${portText(22, 'open')},${portText(23, 'closed')}`),
	hostLine('192.0.2.1', portText(80, 'open')),
	['192.0.2.1: 22 open -, 80 - open'],
);

test(
	'ports that are not open and not told of are no difference',
	compares,
	hostLine('192.0.2.1', portText(23, 'closed'), hidden('filtered', '1-20')),
	hostLine('192.0.2.1', portText(24, 'filtered')),
	[],
);

test(
	'a state that was not found out is none',
	compares,
	hostLine('192.0.2.1', portText(23, 'unknown')),
	hostLine('192.0.2.1', portText(23, 'closed')),
	[],
);

test(
	'hosts that appeared and went, by address',
	compares,
	hostLine('192.0.2.200', portText(22, 'open')),
	hostLine('2001:db8::1', '') + hostLine('192.0.2.30', portText(80, 'open')),
	['192.0.2.30 appeared: 80 - open', '192.0.2.200 went: 22 open -', '2001:db8::1 appeared: '],
);

test(
	'a host that is down is as good as none',
	compares,
	hostLine('192.0.2.1', '').replace('"up"', '"down"'),
	hostLine('192.0.2.2', '').replace('"up"', '"down"'),
	[],
);

test(
	'a host that went down',
	compares,
	hostLine('192.0.2.1', ''),
	hostLine('192.0.2.1', '').replace('"up"', '"down"'),
	['192.0.2.1 went: '],
);

test(
	'a list has no hosts without open ports, so it says nothing of them',
	compares,
	'#masscan\nopen tcp 22 192.0.2.1 1\n',
	hostLine('192.0.2.1', portText(22, 'open')) +
		hostLine('192.0.2.2', portText(22, 'closed')) +
		hostLine('192.0.2.3', portText(80, 'open')),
	['192.0.2.3: 80 - open'],
);

for (const name of ['nmap-before.xml', 'nmap-after.xml', 'nmap-before.gnmap']) {
	test(`${name} is the same as itself`, compares, nmapFile(name), nmapFile(name), []);
}

test(
	'XML and grepable text of the same scan are the same',
	compares,
	nmapFile('nmap-before.xml'),
	nmapFile('nmap-before.gnmap'),
	[],
);

test('what changed in the lab between two scans of Nmap', async t => {
	const {hosts} = diffResults(
		await resultOf(nmapFile('nmap-before.xml')),
		await resultOf(nmapFile('nmap-after.xml')),
	);
	t.deepEqual(
		hosts.map(({address, change}) => [address, change]),
		[
			['10.77.3.2', undefined],
			['10.99.0.1', 'went'],
			['10.99.0.7', 'appeared'],
		],
	);
	const [lab] = hosts;
	const silenced = lab.ports.filter(({before, after}) => before === 'closed' && after === 'filtered');
	t.is(silenced.length, 99); // 100-199 but 113, which was rejected before
	t.deepEqual(
		lab.ports.filter(port => !silenced.includes(port)),
		[
			{port: 22, protocol: 'tcp', before: 'open', after: 'filtered'},
			{port: 25, protocol: 'tcp', before: 'filtered', after: 'closed'},
			{port: 8080, protocol: 'tcp', before: 'closed', after: 'open'},
		],
	);
});

const STYLE = {colors: false, escape: (text: string): string => text.replaceAll('\u001B', 'ESC')};

test('the text has a paragraph for each host', async t => {
	const text = formatDiff(
		diffResults(await resultOf(nmapFile('nmap-before.xml')), await resultOf(nmapFile('nmap-after.xml'))),
		STYLE,
	);
	t.is(
		text,
		`  10.77.3.2
      22/tcp    open -> filtered
      25/tcp    filtered -> closed
      100-112,114-199/tcp closed -> filtered
      8080/tcp  closed -> open

- 10.99.0.1 is gone
-     22/tcp    open
-     80/tcp    open
-     443/tcp   open

+ 10.99.0.7 appeared
+     80/tcp    open
+     443/tcp   open
+     8080/tcp  open

# 1 host appeared, 1 host gone, 108 ports with another state
`,
	);
});

test('colours are for who wants them, and names from the network have none', async t => {
	const before = await resultOf(
		hostLine('192.0.2.1', portText(22, 'open'), '', String.raw`,"reverseName":"a\u001b[31m"`),
	);
	const after = await resultOf(hostLine('192.0.2.1', portText(22, 'closed')));
	const difference = diffResults(before, after);
	t.is(
		formatDiff(difference, STYLE),
		'  192.0.2.1 (aESC[31m)\n      22/tcp    open -> closed\n\n# 1 port with another state\n',
	);
	t.true(
		formatDiff(difference, {...STYLE, colors: true}).includes(
			'\n\u001B[33m      22/tcp    open -> closed\u001B[0m\n',
		),
	);
});

test('states and protocols from a file have no colours either', async t => {
	const hostile = String.raw`{"port":22,"protocol":"\u001b[2Jtcp","state":"open"}`;
	const text = formatDiff(
		diffResults(await resultOf(hostLine('192.0.2.1', hostile)), await resultOf(hostLine('192.0.2.1', ''))),
		STYLE,
	);
	t.false(text.includes('\u001B'));
	t.true(text.includes('22/ESC[2Jtcp'));
});

test('no difference is no text', async t => {
	const result = await resultOf(nmapFile('nmap-before.xml'));
	t.is(formatDiff(diffResults(result, result), STYLE), '');
});

test('the JSON has all of it', async t => {
	const before = await resultOf(hostLine('192.0.2.1', portText(22, 'open')));
	const after = await resultOf(
		hostLine('192.0.2.1', portText(22, 'closed')) + hostLine('192.0.2.2', '') + NDJSON_END,
	);
	t.deepEqual(JSON.parse(JSON.stringify(diffJson(diffResults(before, after)))), {
		formatVersion: 1,
		before: {file: 'a.txt', hosts: 1, problems: ['its end is missing']},
		after: {file: 'a.txt', hosts: 2, problems: []},
		isSame: false,
		hosts: [
			{address: '192.0.2.1', ports: [{port: 22, protocol: 'tcp', before: 'open', after: 'closed'}]},
			{address: '192.0.2.2', change: 'appeared', ports: []},
		],
	});
});
