import {ipv4} from '@halfopen/model';
import test from 'ava';
import {examine, readFacts} from '../src/index.ts';

test('this machine can be looked at', async t => {
	const facts = await readFacts();
	t.is(facts.kernel.platform, process.platform);
	t.true(facts.processor.count >= 1);
	t.true(examine(facts).length > 5);
});

test('this machine itself needs no neighbour', async t => {
	const {route} = await readFacts(ipv4(0x7f_00_00_01));
	t.like(route, {device: 'lo', isLocal: true});
	t.is(route.isNeighbourKnown, undefined);
});

test('an address to which no route can lead says why', async t => {
	const {route} = await readFacts(ipv4(0xe0_00_00_01));
	t.is(route.problem, 'it is a multicast address');
});
