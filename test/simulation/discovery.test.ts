// Which hosts are found up, by what, and how long that takes.
import {
	type Decision,
	formatAddress,
	type HostReport,
	MILLISECOND,
	micros,
	PROBE_KIND,
	SECOND,
} from '@halfopen/model';
import test from 'ava';
import {hosts, milliseconds, numbers} from './networks.ts';
import {simulateDiscovery} from './simulate-discovery.ts';
import type {SimulatedRun} from './simulate-scan.ts';

const HOST = '10.0.0.1';
const ROUTER = '203.0.113.1';
const LINK = {delay: milliseconds(5)};

/** A report in a line: `10.0.0.1 up echo-reply`. */
const lineOf = ({address, status, reason}: HostReport): string =>
	`${formatAddress(address)} ${status} ${reason}`;

const linesOf = ({reports}: SimulatedRun): string[] => reports.map(report => lineOf(report)).sort();

const decisionsOf = ({events}: SimulatedRun): Decision[] =>
	events.flatMap(event => (event.type === 'decision' ? [event.decision] : []));

test('a host that is up is reported with what it answered, how fast, and from how far', async t => {
	const {reports, summary} = await simulateDiscovery({
		network: {seed: 1, hosts: [{address: HOST, ttl: 57}], link: LINK},
	});
	t.deepEqual(reports.map(lineOf), ['10.0.0.1 up echo-reply']);
	t.like(reports[0], {ttl: 57, probesSent: 4, times: {smoothed: milliseconds(10)}});
	t.is(reports[0].ports.length, 0);
	t.like(summary, {hostsUp: 1, hostsDown: 0, hostsTotal: 1});
	t.like(summary.discovery, {hostsAsked: 1, hostsFound: 1, probesSent: 4, loss: 0});
	t.true(summary.elapsed < 20 * MILLISECOND);
});

test('one dead host takes two tries, and a second and a quarter', async t => {
	const {reports, summary, probes} = await simulateDiscovery({
		network: {seed: 1, hosts: [], link: LINK},
		targets: [HOST],
	});
	t.deepEqual(reports.map(lineOf), ['10.0.0.1 down no-response']);
	t.is(probes.length, 8);
	t.true(summary.elapsed <= 1.26 * SECOND, `${summary.elapsed} µs`);
	t.like(summary, {hostsUp: 0, hostsDown: 1});
});

test('a dead host behind a router that says so ends at once, after one more try', async t => {
	const {reports, summary, probes} = await simulateDiscovery({
		network: {seed: 1, hosts: [], link: LINK, router: {address: ROUTER, ttl: 254}},
		targets: [HOST],
	});
	t.deepEqual(reports.map(lineOf), ['10.0.0.1 down host-unreach']);
	t.is(reports[0].ttl, 254);
	t.is(probes.length, 8);
	t.true(summary.elapsed <= 30 * MILLISECOND, `${summary.elapsed} µs`);
});

test('a router that takes its time shortens the wait by what is left of it', async t => {
	const {reports, summary} = await simulateDiscovery({
		network: {
			seed: 1,
			hosts: [],
			link: LINK,
			router: {address: ROUTER, givesUpAfter: milliseconds(550)},
		},
		targets: [HOST],
	});
	t.deepEqual(reports.map(lineOf), ['10.0.0.1 down host-unreach']);
	t.true(summary.elapsed <= 1.1 * SECOND, `${summary.elapsed} µs`);
});

test('a router that speaks of one try only is believed after a while', async t => {
	const {reports, summary} = await simulateDiscovery({
		network: {
			seed: 1,
			hosts: [],
			link: LINK,
			router: {address: ROUTER, limit: {perSecond: 0.01}},
		},
		targets: [HOST],
	});
	t.deepEqual(reports.map(lineOf), ['10.0.0.1 down host-unreach']);
	t.true(summary.elapsed <= 150 * MILLISECOND, `${summary.elapsed} µs`);
});

test('a router that speaks too late, or of few hosts only, holds nobody up', async t => {
	for (const router of [
		{address: ROUTER, givesUpAfter: milliseconds(3000)},
		{address: ROUTER, limit: {perSecond: 1}},
	]) {
		const {reports, summary} = await simulateDiscovery({
			network: {seed: 1, hosts: hosts(3), link: LINK, router},
			targets: ['10.0.0.0/24'],
		});
		t.is(reports.filter(({status}) => status === 'up').length, 3);
		t.is(reports.filter(({status}) => status === 'down').length, 253);
		t.true(summary.elapsed <= 2 * SECOND, `${summary.elapsed} µs`);
	}
});

test('an answer beats what a router says of another probe', async t => {
	const {reports} = await simulateDiscovery({
		network: {
			seed: 1,
			link: LINK,
			hosts: [
				{
					address: HOST,
					pings: {
						echo: {type: 3, code: 1, from: ROUTER},
						timestamp: {type: 3, code: 1, from: ROUTER},
						ack: 'silent',
					},
					ports: {'443': 'silent'},
				},
				{address: '10.0.0.2', pings: {echo: {type: 3, code: 1, from: ROUTER}}},
			],
		},
	});
	t.deepEqual(reports.map(lineOf).sort(), ['10.0.0.1 down host-unreach', '10.0.0.2 up reset']);
});

const SIGNS = {
	'an echo reply': [{}, 'up echo-reply'],
	'a SYN/ACK': [
		{pings: {echo: 'silent', timestamp: 'silent', ack: 'silent'}, otherPorts: 'open'},
		'up syn-ack',
	],
	'a RST': [{pings: {echo: 'silent'}}, 'up reset'],
	'a timestamp reply': [{pings: {echo: 'silent'}, otherPorts: 'silent'}, 'up timestamp-reply'],
	'port unreachable from the host itself': [
		{pings: {echo: 'silent', timestamp: 'silent'}, otherPorts: {type: 3, code: 3}},
		'up port-unreach',
	],
	'what a firewall prohibits': [
		{
			pings: {echo: {type: 3, code: 13, from: ROUTER}, timestamp: 'silent'},
			otherPorts: {type: 3, code: 10, from: ROUTER},
		},
		'down no-response',
	],
	'an expired TTL': [
		{pings: {echo: {type: 11, code: 0, from: ROUTER}}, otherPorts: 'silent'},
		'down time-exceeded',
	],
} as const;

for (const [name, [host, expected]] of Object.entries(SIGNS)) {
	test(`${name}: the host is ${expected}`, async t => {
		const {reports} = await simulateDiscovery({
			network: {seed: 1, hosts: [{...host, address: HOST}], link: LINK},
		});
		t.deepEqual(reports.map(lineOf), [`${HOST} ${expected}`]);
	});
}

test('each kind of probe finds a host that answers it', async t => {
	const pings = {addressMask: 'answer', udp: 'answer'} as const;
	const rows = [
		[PROBE_KIND.echo, 0, 'echo-reply'],
		[PROBE_KIND.timestamp, 0, 'timestamp-reply'],
		[PROBE_KIND.addressMask, 0, 'addressmask-reply'],
		[PROBE_KIND.syn, 80, 'reset'],
		[PROBE_KIND.ack, 80, 'reset'],
		[PROBE_KIND.udp, 40_125, 'udp-response'],
		[PROBE_KIND.protocol, 1, 'proto-response'],
		[PROBE_KIND.protocol, 4, 'proto-unreach'],
	] as const;
	for (const [kind, port, reason] of rows) {
		const {reports} = await simulateDiscovery({
			network: {seed: 1, hosts: [{address: HOST, pings}], link: LINK},
			plan: {probes: [{kind, port}]},
		});
		t.deepEqual(reports.map(lineOf), [`${HOST} up ${reason}`]);
	}
});

test('IPv6 hosts are found', async t => {
	const {reports} = await simulateDiscovery({
		network: {seed: 1, hosts: [{address: '2001:db8:1::7'}], link: LINK},
		targets: ['2001:db8:1::7', '2001:db8:1::8'],
		plan: {
			probes: [
				{kind: PROBE_KIND.echo, port: 0},
				{kind: PROBE_KIND.syn, port: 443},
			],
		},
	});
	t.deepEqual(reports.map(lineOf), ['2001:db8:1::7 up echo-reply', '2001:db8:1::8 down no-response']);
});

test('with ignored RSTs, a firewall that resets does not make hosts', async t => {
	const network = {
		seed: 1,
		hosts: [{address: HOST}],
		link: LINK,
		router: {resets: true},
	};
	const targets = ['10.0.0.0/28'];
	const trusting = await simulateDiscovery({network, targets});
	t.is(trusting.reports.filter(({status}) => status === 'up').length, 16);
	const ignoring = await simulateDiscovery({network, targets, plan: {ignoreResets: true}});
	t.deepEqual(ignoring.reports.filter(({status}) => status === 'up').map(lineOf), ['10.0.0.1 up echo-reply']);
});

test('neighbours are asked for their link-layer address and nothing else, whatever the probes', async t => {
	for (const plan of [{}, {probes: []}]) {
		const {reports, probes, summary} = await simulateDiscovery({
			network: {
				seed: 1,
				hosts: [{address: HOST, path: {mac: '02:00:5e:10:00:01'}, otherPorts: 'silent'}],
				link: {delay: micros(200)},
				neighbours: ['10.0.0.0/24'],
			},
			targets: [HOST, '10.0.0.2'],
			plan,
		});
		t.deepEqual(reports.map(lineOf), ['10.0.0.1 up arp-response', '10.0.0.2 down no-response']);
		t.is(reports[0].mac, '02:00:5e:10:00:01');
		t.truthy(reports[1].problem);
		t.true(probes.every(({kind}) => kind === PROBE_KIND.neighbour));
		t.is(probes.length, 1 + 3);
		t.true(summary.elapsed <= 410 * MILLISECOND, `${summary.elapsed} µs`);
	}
});

test('neighbours that are not to be asked so are asked like others, and found missing by the kernel', async t => {
	const {reports, probes} = await simulateDiscovery({
		network: {
			seed: 1,
			hosts: [{address: HOST, path: {mac: '02:00:5e:10:00:01', resolvingFor: micros(400)}}],
			neighbours: ['10.0.0.0/24'],
		},
		targets: [HOST, '10.0.0.2'],
		plan: {neighbours: false},
	});
	t.deepEqual(reports.map(lineOf), ['10.0.0.1 up echo-reply', '10.0.0.2 down no-response']);
	t.is(reports[1].problem, 'No answer to ARP');
	t.true(probes.every(({kind}) => kind !== PROBE_KIND.neighbour));
});

test('our own addresses are up, and so is everybody when nobody is to be asked', async t => {
	const local = await simulateDiscovery({
		network: {seed: 1, hosts: [{address: HOST, path: {local: true}}], neighbours: ['10.0.0.0/24']},
	});
	t.deepEqual(local.reports.map(lineOf), ['10.0.0.1 up localhost-response']);
	t.is(local.probes.length, 0);
	t.is(local.summary.discovery, undefined);
	const everybody = await simulateDiscovery({
		network: {seed: 1, hosts: []},
		targets: ['10.0.0.0/30'],
		plan: {probes: []},
	});
	t.deepEqual(
		linesOf(everybody),
		['0', '1', '2', '3'].map(last => `10.0.0.${last} up user-set`),
	);
	t.false(everybody.events.some(({type}) => type === 'host-found'));
});

test('a target to which no path leads is down, with the problem', async t => {
	const {reports} = await simulateDiscovery({
		network: {seed: 1, hosts: [{address: HOST, path: {unreachable: 'No route'}}]},
	});
	t.like(reports[0], {status: 'down', reason: 'no-response', problem: 'No route', probesSent: 0});
});

test('a found host is scanned while others are being found', async t => {
	const {events, reports, summary} = await simulateDiscovery({
		network: {seed: 1, hosts: [{address: HOST, ports: {'22': 'open'}}], link: LINK},
		targets: [HOST, '10.0.0.2'],
		ports: numbers(100),
	});
	const types = events.flatMap(event =>
		['host-found', 'host-started', 'host'].includes(event.type) ? [event.type] : [],
	);
	t.deepEqual(types, ['host-found', 'host-started', 'host', 'host']);
	t.deepEqual(reports.map(lineOf), ['10.0.0.1 up echo-reply', '10.0.0.2 down no-response']);
	t.is(reports[0].ports.count('open'), 1);
	t.is(reports[0].ports.count('closed'), 99);
	t.true(reports[0].endedAt < reports[1].endedAt - 100);
	t.is(reports[0].discoveryProbes, 4);
	t.true(reports[0].probesSent! >= 4 + 100);
	t.is(summary.portsScanned, 100);
});

test('the round trip of a found host is that of its ports, even when none of them answers', async t => {
	const {reports} = await simulateDiscovery({
		network: {seed: 1, hosts: [{address: HOST, otherPorts: 'silent'}], link: LINK},
		ports: numbers(10),
	});
	t.deepEqual(reports[0].times, {
		smoothed: milliseconds(10),
		variance: milliseconds(5),
		timeout: milliseconds(100),
	});
});

test('neighbours are scanned by their link-layer address, without looking for it again', async t => {
	const {reports, summary} = await simulateDiscovery({
		network: {
			seed: 1,
			hosts: [{address: HOST, path: {resolvingFor: micros(SECOND)}}],
			link: {delay: micros(200)},
			neighbours: ['10.0.0.0/24'],
		},
		ports: numbers(10),
	});
	t.like(reports[0], {reason: 'arp-response', mac: '02:00:0a:00:00:01'});
	t.is(reports[0].ports.count('closed'), 10);
	t.true(summary.elapsed < 100 * MILLISECOND, `${summary.elapsed} µs`);
});

test('found hosts wait while a group is full, and all are scanned in the end', async t => {
	const {reports, events} = await simulateDiscovery({
		network: {seed: 1, hosts: hosts(200), link: LINK},
		ports: numbers(20),
		loop: {maxHostGroup: 3},
	});
	t.is(reports.length, 200);
	t.true(reports.every(({ports}) => ports.count('closed') === 20));
	let [active, most] = [0, 0];
	for (const {type} of events) {
		active += type === 'host-started' ? 1 : type === 'host' ? -1 : 0;
		most = Math.max(most, active);
	}

	t.is(most, 3);
});

test('-d tells how a host was found, and why it was given up', async t => {
	const run = await simulateDiscovery({
		network: {seed: 1, hosts: [{address: HOST}], link: LINK},
		targets: [HOST, '10.0.0.2'],
		decisions: true,
		plan: {probes: [{kind: PROBE_KIND.syn, port: 443}]},
	});
	const story = (last: number): unknown[] =>
		decisionsOf(run).flatMap(({at: _at, address, ...decision}) =>
			Number(address.value) === 0x0a_00_00_00 + last ? [decision] : [],
		);
	t.deepEqual(story(1), [
		{what: 'host-asked', probe: PROBE_KIND.syn, port: 443, attempt: 0},
		{what: 'host-answered', rtt: milliseconds(10), reason: 'reset', says: 'up', port: 443, attempt: 0},
		{what: 'host-decided', status: 'up', reason: 'reset', tries: 1, port: 0, attempt: 0},
	]);
	t.deepEqual(story(2), [
		{what: 'host-asked', probe: PROBE_KIND.syn, port: 443, attempt: 0},
		{what: 'host-silent', waited: micros(33_334), port: 0, attempt: 0},
		{what: 'host-asked', probe: PROBE_KIND.syn, port: 443, attempt: 1},
		{what: 'host-silent', waited: micros(33_334), port: 0, attempt: 1},
		{what: 'host-asked', probe: PROBE_KIND.syn, port: 443, attempt: 2},
		{what: 'host-decided', status: 'down', reason: 'no-response', tries: 3, port: 0, attempt: 2},
	]);
});

test('a probe is told of once, with the time when it left, and before its answer', async t => {
	const run = await simulateDiscovery({
		network: {seed: 1, hosts: hosts(200), link: {delay: micros(20)}, interfaceRate: 2000},
		decisions: true,
	});
	const told = decisionsOf(run);
	const asked = told.flatMap(decision =>
		decision.what === 'host-asked' ? [`${decision.address.value} ${decision.port} ${decision.probe}`] : [],
	);
	t.is(new Set(asked).size, asked.length);
	const answers = told.filter(({what}) => what === 'host-answered');
	t.is(answers.length, 200);
	for (const [index, answer] of told.entries()) {
		if (answer.what === 'host-answered') {
			const {value} = answer.address;
			const probe = told.findIndex(
				({what, address, port}) => what === 'host-asked' && address.value === value && port === answer.port,
			);
			t.true(probe !== -1 && probe < index);
			t.is(answer.rtt, micros(40));
			t.is(told[probe].at, micros(answer.at - 40));
		}
	}
});

test('an answer to an earlier try finds a host that is far away, however near others are', async t => {
	const {reports} = await simulateDiscovery({
		network: {
			seed: 1,
			hosts: [...hosts(100), {address: '10.0.1.1', link: {delay: milliseconds(240)}}],
			link: {delay: milliseconds(1)},
		},
	});
	t.is(reports.filter(({status}) => status === 'up').length, 101);
	t.is(reports.find(({address}) => address.value === 0x0a_00_01_01)?.times?.smoothed, milliseconds(480));
});

test('--scan-delay spaces the probes to a host, and --max-parallelism lets one be on its way', async t => {
	const delayed = await simulateDiscovery({
		network: {seed: 1, hosts: [], link: LINK},
		targets: [HOST],
		timing: {scanDelay: milliseconds(400)},
	});
	t.is(delayed.probes.length, 8);
	t.true(delayed.probes.slice(1).every(({at}, index) => at - delayed.probes[index].at >= 398 * MILLISECOND));
	const single = await simulateDiscovery({
		network: {seed: 1, hosts: hosts(2), link: LINK},
		targets: ['10.0.0.1', '10.0.0.2'],
		timing: {maxParallelism: 1},
	});
	t.is(single.reports.filter(({status}) => status === 'up').length, 2);
	t.true(single.probes.slice(1).every(({at}, index) => at - single.probes[index].at >= 10 * MILLISECOND));
});

test('with nothing to ask and no ports to scan every target is up, on a link too, and nothing is sent', async t => {
	const {reports, probes} = await simulateDiscovery({
		network: {seed: 1, hosts: [{address: '10.0.0.1'}], neighbours: ['10.0.0.0/24']},
		targets: ['10.0.0.0/29', '192.0.2.7'],
		plan: {probes: [], neighbours: false},
	});
	t.is(probes.length, 0);
	t.is(reports.length, 9);
	t.true(reports.every(({status, reason}) => status === 'up' && reason === 'user-set'));
});

test('loss that comes at any rate does not slow the search down', async t => {
	for (const seed of [1, 2, 3, 4, 5]) {
		const found = Array.from({length: 64}, (_, index) => ({
			address: `10.0.${index >> 4}.${(index & 15) * 16 + 5}`,
			ports: {'443': 'silent'} as const,
			pings: {ack: 'silent', timestamp: 'silent'} as const,
		}));
		const {summary} = await simulateDiscovery({
			network: {seed, hosts: found, link: {delay: milliseconds(10), loss: {out: 0.1, back: 0.1}}},
			targets: ['10.0.0.0/22'],
		});
		t.is(summary.hostsUp, 64);
		t.true(summary.elapsed < 6 * SECOND, `${summary.elapsed}`);
	}
});

/** One in so many addresses from 10.0.0.0 has a host. */
const sparse = (targets: number, every: number): {address: string}[] =>
	Array.from({length: Math.floor(targets / every)}, (_, index) => {
		const number = index * every + ((index * 37) % every);
		return {address: `10.0.${number >> 8}.${number & 0xff}`};
	});

test('hosts that were asked while the line was overrun are asked again', async t => {
	for (const seed of [1, 2, 3, 4, 5, 6]) {
		const {summary, reports} = await simulateDiscovery({
			network: {
				seed,
				hosts: sparse(4096, 512),
				link: LINK,
				bottleneck: {packetsPerSecond: 1000, queue: 100},
			},
			targets: ['10.0.0.0/20'],
		});
		t.is(summary.hostsUp, 8, `seed ${seed}`);
		t.is(new Set(reports.map(({address}) => address.value)).size, 4096);
		t.is(reports.length, 4096);
		const probesSent = reports.reduce((sum, report) => sum + (report.probesSent ?? 0), 0);
		t.true(probesSent <= summary.discovery!.probesSent, 'canaries are nobody’s');
	}
});

test('hosts that limit their answers do not slow the search down for good', async t => {
	const limited = sparse(4096, 1024).map(host => ({
		...host,
		rstLimit: {perSecond: 1},
		pings: {echo: 'silent', timestamp: 'silent'} as const,
	}));
	const {summary} = await simulateDiscovery({
		network: {seed: 1, hosts: limited, link: LINK},
		targets: ['10.0.0.0/20'],
	});
	t.is(summary.hostsUp, 4);
	t.true(summary.elapsed < 40 * SECOND, `${summary.elapsed}`);
});
