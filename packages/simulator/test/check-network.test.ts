import {readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {checkNetwork} from '@halfopen/simulator';

const HOST = '198.51.100.7';

test('a network that uses everything is right', t => {
	t.notThrows(() => {
		checkNetwork({
			seed: 1,
			hosts: [
				{
					address: HOST,
					ports: {'22,8000-8100': 'open', '23': {type: 3, code: 13, from: '203.0.113.1'}},
					otherPorts: 'silent',
					link: {
						delay: 25_000,
						jitter: 5000,
						loss: {out: 0.02, back: 0},
						bursts: {begin: 0.001, end: 0.1},
						duplicate: 0.01,
						reorder: 0.01,
					},
					bottleneck: {packetsPerSecond: 2000, queue: 200},
					rstLimit: {perSecond: 100, burst: 20},
					icmpLimit: {perSecond: 1},
					synLimit: {perSecond: 50},
					ttl: 57,
					pings: {echo: 'silent', ack: 'answer', udp: {type: 3, code: 13, from: '203.0.113.1'}},
					path: {resolvingFor: 1000, local: false, mac: '02:00:00:00:00:01'},
				},
				{address: '2001:db8::7', path: {unreachable: 'no route'}},
			],
			link: {},
			bottleneck: {packetsPerSecond: 0.5, queue: 1},
			interfaceRate: 1000,
			sources: {ipv4: '192.0.2.9'},
			neighbours: ['192.0.2.0/24', '2001:db8:1::/64'],
			router: {
				address: '203.0.113.1',
				givesUpAfter: 3_000_000,
				limit: {perSecond: 10},
				resets: false,
				ttl: 254,
			},
		});
	});
});

test('the example is right', async t => {
	const file = path.join(import.meta.dirname, '../../../examples/simulated-network.json');
	const example: unknown = JSON.parse(await readFile(file, 'utf8'));
	t.notThrows(() => {
		checkNetwork(example);
	});
});

const hosted = (host: object): object => ({seed: 1, hosts: [{address: HOST, ...host}]});

const refused = test.macro<[unknown, string]>({
	title: (_, value) => `${JSON.stringify(value)} is refused`,
	exec: (t, value, message) => {
		t.throws(() => checkNetwork(value), {code: 'ERR_HALFOPEN_OPTION', message});
	},
});

test(refused, [], 'Expected the network to be an object, got `[]`');
test(refused, {hosts: []}, 'Expected seed to be a whole number from 0 to 4294967295, got nothing');
test(refused, {seed: 1}, 'Expected hosts to be a list, got nothing');
test(refused, {seed: 1, hosts: [{}]}, 'Expected hosts[0].address to be an address, got nothing');
test(
	refused,
	{seed: 1, hosts: [{address: 'example.org'}]},
	'Expected hosts[0].address to be an address, got `example.org`',
);
test(
	refused,
	{seed: 1, hosts: [], delay: 5},
	'Expected the network to have nothing but seed, hosts, link, bottleneck, interfaceRate, sources, neighbours, router, got `delay`',
);
test(
	refused,
	{seed: 1, hosts: [{address: HOST}, {address: HOST}]},
	`Expected hosts[1].address to be an address of its own, got \`${HOST}\``,
);
test(
	refused,
	hosted({otherPorts: 'shut'}),
	'Expected hosts[0].otherPorts to be one of open, closed, silent, split-handshake, or an ICMP error with type and code, got `shut`',
);
test(
	refused,
	hosted({ports: {22: {type: 3}}}),
	'Expected hosts[0].ports["22"].code to be a whole number from 0 to 255, got nothing',
);
test(
	refused,
	hosted({ports: {'22-20': 'open'}}),
	'Expected ports as in `22` or `8000-8100`, got `22-20` in hosts[0].ports',
);
test(
	refused,
	hosted({ports: {'1-9': 'open', '5': 'closed'}}),
	'Expected port ranges that do not overlap, got port 5 twice in hosts[0].ports',
);
test(
	refused,
	hosted({link: {delay: '25ms'}}),
	'Expected hosts[0].link.delay to be a time in microseconds, got `25ms`',
);
test(
	refused,
	hosted({link: {loss: {out: 2}}}),
	'Expected hosts[0].link.loss.out to be a chance from 0 to 1, got `2`',
);
test(
	refused,
	hosted({rstLimit: {perSecond: 0}}),
	'Expected hosts[0].rstLimit.perSecond to be a number per second above 0, got `0`',
);
test(
	refused,
	hosted({pings: {echo: 'open'}}),
	'Expected hosts[0].pings.echo to be one of answer, silent, or an ICMP error with type and code, got `open`',
);
test(
	refused,
	{seed: 1, hosts: [], neighbours: ['10.0.0.0']},
	'Expected neighbours[0] to be a prefix as in 10.0.0.0/22, got `10.0.0.0`',
);
test(refused, hosted({path: {local: 1}}), 'Expected hosts[0].path.local to be true or false, got `1`');
