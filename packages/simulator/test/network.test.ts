import test from 'ava';
import {SECOND, micros} from '@halfopen/model';
import {openSimulatedTransport, type SimulatedNetwork} from '@halfopen/simulator';
import {HOST, exchange, keyOf, portsFrom, takeReplies} from './exchange.ts';

const MS = 1000;

test('a round trip takes the delay both ways', t => {
	const network = {seed: 1, hosts: [{address: HOST}], link: {delay: micros(25 * MS)}};
	const {transport, replies} = exchange(network, [80]);
	t.is(replies[0].receivedAt - transport.sentProbes[0].at, 50 * MS);
});

test('the link of a host replaces that of the network', t => {
	const network = {
		seed: 1,
		hosts: [{address: HOST, link: {delay: micros(1 * MS)}}],
		link: {delay: micros(25 * MS)},
	};
	t.is(exchange(network, [80]).replies[0].receivedAt, micros(2 * MS));
});

test('loss both ways takes its share of the answers, and is accounted for', t => {
	const network = {seed: 3, hosts: [{address: HOST}], link: {loss: {out: 0.1, back: 0.2}}};
	const {transport, replies} = exchange(network, portsFrom(1, 4000));
	const {out, back} = transport.losses;
	t.is(replies.length + out + back, 4000);
	t.true(Math.abs(out - 400) < 60, `${out}`);
	t.true(Math.abs(back - 720) < 80, `${back}`);
});

test('a bottleneck spaces the answers and drops what its queue cannot hold', t => {
	const network = {seed: 1, hosts: [{address: HOST}], bottleneck: {packetsPerSecond: 1000, queue: 100}};
	const {transport, replies} = exchange(network, portsFrom(1, 500));
	t.is(replies.length, 100);
	t.is(transport.losses.bottleneck, 400);
	t.true(
		replies.every(({receivedAt}, index) => index === 0 || receivedAt - replies[index - 1].receivedAt > 999),
	);
});

test('hosts share the bottleneck of the network and not those of each other', t => {
	const addresses = ['198.51.100.1', '198.51.100.2'];
	const narrow = {packetsPerSecond: 1000, queue: 10};
	const answersOf = (network: SimulatedNetwork) => {
		const transport = openSimulatedTransport(network);
		for (const address of addresses) {
			const path = transport.pathTo({family: 4, value: Number(keyOf(address))});
			for (const port of portsFrom(1, 50)) {
				transport.probes.write(keyOf(address), port, 0, path.id, port);
			}
		}

		transport.flush();
		transport.advanceTo(micros(SECOND));
		return takeReplies(transport.replies).length;
	};

	t.is(answersOf({seed: 1, hosts: addresses.map(address => ({address})), bottleneck: narrow}), 10);
	t.is(answersOf({seed: 1, hosts: addresses.map(address => ({address, bottleneck: narrow}))}), 20);
});

test('probes to nowhere vanish', t => {
	const {transport, replies} = exchange({seed: 1, hosts: []}, [80]);
	t.deepEqual(replies, []);
	t.is(transport.losses.nowhere, 1);
	t.is(transport.counters().sent, 1);
});

test('replies come by time, also when hosts are at different distances', t => {
	const hosts = portsFrom(1, 20).map(index => ({
		address: `198.51.100.${index}`,
		link: {delay: micros((20 - index) * MS), jitter: micros(5 * MS)},
	}));
	const transport = openSimulatedTransport({seed: 5, hosts});
	for (const {address} of hosts) {
		const path = transport.pathTo({family: 4, value: Number(keyOf(address))});
		for (const port of portsFrom(1, 20)) {
			transport.probes.write(keyOf(address), port, 0, path.id, port);
		}
	}

	transport.flush();
	transport.advanceTo(micros(SECOND));
	const times = takeReplies(transport.replies).map(({receivedAt}) => receivedAt);
	t.is(times.length, 400);
	t.deepEqual(
		times,
		[...times].sort((one, other) => one - other),
	);
});

const ROUGH: SimulatedNetwork = {
	seed: 11,
	hosts: [
		{address: HOST, ports: {'1-100': 'open', '101-200': 'silent'}, rstLimit: {perSecond: 500, burst: 50}},
	],
	link: {
		delay: micros(20 * MS),
		jitter: micros(7 * MS),
		loss: {out: 0.03, back: 0.02},
		duplicate: 0.01,
		reorder: 0.05,
	},
	bottleneck: {packetsPerSecond: 20_000, queue: 300},
};

const runOf = (seed: number) => {
	const {transport, replies} = exchange({...ROUGH, seed}, portsFrom(1, 2000));
	return {replies, losses: transport.losses, sent: transport.sentProbes};
};

test('one seed gives one run, another seed another', t => {
	t.deepEqual(runOf(11), runOf(11));
	t.notDeepEqual(runOf(11).replies, runOf(12).replies);
});

test('what happens to one host does not depend on the others', t => {
	const alone = {...ROUGH, bottleneck: {packetsPerSecond: 1e9, queue: 1e6}};
	const withOthers = {...alone, hosts: [{address: '198.51.100.99'}, ...alone.hosts]};
	t.deepEqual(exchange(withOthers, portsFrom(1, 500)).replies, exchange(alone, portsFrom(1, 500)).replies);
});
