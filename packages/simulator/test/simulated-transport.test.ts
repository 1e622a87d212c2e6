import test from 'ava';
import {SECOND, addressOf, micros, type Micros} from '@halfopen/model';
import {openSimulatedTransport, type SimulatedNetwork, type SimulatedTransport} from '@halfopen/simulator';
import {HOST, exchange, keyOf, portsFrom, takeReplies} from './exchange.ts';

const MS = 1000;
const DISTANT: SimulatedNetwork = {seed: 1, hosts: [{address: HOST}], link: {delay: micros(10 * MS)}};

const probe = (transport: SimulatedTransport, ports: readonly number[], attempt = 0): void => {
	const path = transport.pathTo(addressOf(keyOf(HOST)));
	for (const port of ports) {
		transport.probes.write(keyOf(HOST), port, attempt, path.id, port);
	}

	transport.flush();
};

test('a wait in which nothing happens ends at its deadline', async t => {
	const transport = openSimulatedTransport(DISTANT);
	await transport.wait(micros(7 * MS));
	t.is(transport.clock.now(), micros(7 * MS));
});

test('a wait ends shortly after a probe left, and again after its answer came', async t => {
	const transport = openSimulatedTransport(DISTANT, {wakeDelay: micros(30)});
	probe(transport, [80]);
	await transport.wait(micros(SECOND));
	t.is(transport.clock.now(), micros(30));
	t.is(transport.replies.waiting, 0);
	await transport.wait(micros(SECOND));
	t.is(transport.clock.now(), micros(20 * MS + 30));
	t.is(takeReplies(transport.replies)[0].receivedAt, micros(20 * MS));
});

test('a wait never goes past its deadline', async t => {
	const transport = openSimulatedTransport(DISTANT, {wakeDelay: micros(30)});
	probe(transport, [80]);
	await transport.wait(micros(10));
	t.is(transport.clock.now(), micros(10));
});

test('a wait ends at once while replies are left in the ring', async t => {
	const transport = openSimulatedTransport(DISTANT);
	probe(transport, [80]);
	transport.advanceTo(micros(SECOND));
	await transport.wait(micros(9 * SECOND));
	await transport.wait(micros(9 * SECOND));
	t.is(transport.clock.now(), micros(SECOND));
	takeReplies(transport.replies);
	await transport.wait(micros(9 * SECOND));
	t.is(transport.clock.now(), micros(9 * SECOND));
});

test('a wait without an end in which nothing can happen is refused', async t => {
	const transport = openSimulatedTransport(DISTANT);
	await t.throwsAsync(() => transport.wait(micros(Infinity)), {message: /nothing can happen/});
});

test('nothing happens before the clock starts', t => {
	const startAt = micros(5 * SECOND);
	const {transport, replies} = exchange(DISTANT, [80, 81], {startAt, until: micros(6 * SECOND)});
	t.is(transport.sentProbes[0].at, startAt);
	t.true(replies.every(({receivedAt}) => receivedAt >= startAt + 20 * MS));
});

test('probes that were not flushed do not leave', t => {
	const transport = openSimulatedTransport(DISTANT);
	const path = transport.pathTo(addressOf(keyOf(HOST)));
	transport.probes.write(keyOf(HOST), 80, 0, path.id, 1);
	transport.advanceTo(micros(SECOND));
	t.is(transport.sentProbes.length, 0);
});

test('without a rate probes leave as fast as the interface can', t => {
	const transport = openSimulatedTransport({...DISTANT, interfaceRate: 100_000});
	probe(transport, portsFrom(1, 100));
	transport.advanceTo(micros(SECOND));
	t.deepEqual(
		transport.sentProbes.map(({at}) => at),
		portsFrom(0, 100).map(index => micros(index * 10)),
	);
});

test('probes leave at the rate set', t => {
	const transport = openSimulatedTransport(DISTANT);
	transport.setRate(100);
	probe(transport, portsFrom(1, 50));
	transport.advanceTo(micros(SECOND));
	const gaps = gapsOf(transport.sentProbes.map(({at}) => at));
	t.is(transport.sentProbes.length, 50);
	t.true(gaps.every(gap => gap === 10 * MS));
});

test('a sender that was late catches up by no more than a millisecond', t => {
	const transport = openSimulatedTransport(DISTANT);
	transport.setRate(5000);
	transport.advanceTo(micros(SECOND));
	probe(transport, portsFrom(1, 100));
	transport.advanceTo(micros(2 * SECOND));
	const times = transport.sentProbes.map(({at}) => at);
	t.is(times.filter(at => at < SECOND + 100).length, 6);
	t.is(times.at(-1), micros(SECOND + 94 * 200));
});

test('a new rate holds from then on', t => {
	const transport = openSimulatedTransport(DISTANT);
	transport.setRate(1);
	probe(transport, portsFrom(1, 100));
	transport.advanceTo(micros(10));
	transport.setRate(1000);
	transport.advanceTo(micros(SECOND));
	t.is(transport.sentProbes.length, 100);
});

test('send times come back in order with their tags', t => {
	const {transport} = exchange(DISTANT, [443, 80, 22]);
	const taken: [tag: number, at: Micros, error: number][] = [];
	transport.probes.takeSent((tag, at, error) => taken.push([tag, at, error]));
	t.deepEqual(
		taken,
		[0, 1, 2].map(tag => [tag, transport.sentProbes[tag].at, 0]),
	);
});

test('tries to one port have their own answers', t => {
	const transport = openSimulatedTransport(DISTANT);
	probe(transport, [80], 0);
	probe(transport, [80], 3);
	transport.advanceTo(micros(SECOND));
	t.deepEqual(
		takeReplies(transport.replies).map(({attempt}) => attempt),
		[0, 3],
	);
	t.deepEqual(
		transport.sentProbes.map(({port, attempt}) => [port, attempt]),
		[
			[80, 0],
			[80, 3],
		],
	);
});

test('replies that find the ring full are counted as lost', t => {
	const {transport, replies} = exchange(DISTANT, portsFrom(1, 20), {replyCapacity: 8});
	t.is(replies.length, 8);
	t.like(transport.counters(), {received: 8, repliesLost: 12, sent: 20});
});

test('counters add up the bytes from the IP header on', t => {
	const {transport} = exchange({...DISTANT, hosts: [{address: HOST, ports: {'80': 'open'}}]}, [80, 81]);
	t.like(transport.counters(), {sent: 2, sentBytes: 88, received: 2, receivedBytes: 84});
});

test('a path is resolved after its time, which ends a wait', async t => {
	const transport = openSimulatedTransport({
		seed: 1,
		hosts: [{address: HOST, path: {resolvingFor: micros(3 * MS), mac: '02:00:00:00:00:01'}}],
	});
	const path = transport.pathTo(addressOf(keyOf(HOST)));
	t.is(path.status, 'resolving');
	await transport.wait(micros(SECOND));
	t.like(path, {status: 'ready', local: false, mac: '02:00:00:00:00:01', device: 'sim0'});
	t.true(transport.clock.now() < 4 * MS);
});

test('a probe on a path that is not ready is refused', t => {
	const network = {seed: 1, hosts: [{address: HOST, path: {unreachable: 'No route to host'}}]};
	const {transport, replies} = exchange(network, [80]);
	const errors: number[] = [];
	transport.probes.takeSent((_tag, _at, error) => errors.push(error));
	t.deepEqual(errors, [113]);
	t.deepEqual(replies, []);
	t.like(transport.counters(), {sent: 0, sendErrors: 1});
	t.like(transport.pathTo(addressOf(keyOf(HOST))), {status: 'unreachable', problem: 'No route to host'});
});

test('a closed transport sends and receives nothing more', async t => {
	const transport = openSimulatedTransport(DISTANT);
	probe(transport, [80]);
	transport.advanceTo(micros(5 * MS));
	await transport.close();
	await transport.close();
	probe(transport, [81]);
	await transport.wait(micros(SECOND));
	transport.advanceTo(micros(SECOND));
	t.is(transport.replies.waiting, 0);
	t.is(transport.counters().sent, 1);
});

test('a simulated hour passes in no time', t => {
	const transport = openSimulatedTransport(DISTANT);
	transport.setRate(1);
	probe(transport, portsFrom(1, 3600));
	transport.advanceTo(micros(3600 * SECOND));
	t.is(transport.sentProbes.length, 3600);
});

const gapsOf = (times: readonly Micros[]): number[] =>
	times.slice(1).map((time, index) => time - times[index]);

test('a wait that would end in a stall ends after it', async t => {
	const transport = openSimulatedTransport(DISTANT, {
		stalls: [{at: micros(5 * MS), length: micros(300 * MS)}],
	});
	await transport.wait(micros(4 * MS));
	t.is(transport.clock.now(), micros(4 * MS));
	await transport.wait(micros(6 * MS));
	t.is(transport.clock.now(), micros(305 * MS));
	await transport.wait(micros(306 * MS));
	t.is(transport.clock.now(), micros(306 * MS));
});

test('the network goes on in a stall', async t => {
	const transport = openSimulatedTransport(DISTANT, {stalls: [{at: micros(0), length: micros(300 * MS)}]});
	probe(transport, [80]);
	await transport.wait(micros(SECOND));
	t.is(transport.clock.now(), micros(300 * MS));
	t.is(takeReplies(transport.replies)[0].receivedAt, micros(20 * MS));
});

test('the network stands still while the clock leaps', async t => {
	const transport = openSimulatedTransport(DISTANT, {
		wakeDelay: micros(30),
		leaps: [{at: micros(5 * MS), by: micros(SECOND)}],
	});
	probe(transport, [80]);
	await transport.wait(micros(MS));
	await transport.wait(micros(10 * MS));
	t.is(transport.clock.now(), micros(SECOND + 5 * MS));
	await transport.wait(micros(9 * SECOND));
	t.is(takeReplies(transport.replies)[0].receivedAt, micros(SECOND + 20 * MS));
});
