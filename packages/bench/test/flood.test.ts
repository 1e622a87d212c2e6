import {micros, MILLISECOND} from '@halfopen/model';
import {openSimulatedTransport} from '@halfopen/simulator';
import test from 'ava';
import {flood, type Flooded} from '../src/flood.ts';
import {ANSWERING_HOST, ANSWERING_HOSTS} from '../src/network/cable.ts';
import {ProbeSource} from '../src/probe-source.ts';

/** A flood of some milliseconds through an interface that sends a packet each, with answers that take their time. */
const floodFor = async (duration: number, delay: number): Promise<Flooded> => {
	const transport = openSimulatedTransport({
		seed: 1,
		hosts: [],
		interfaceRate: 1000,
		router: {address: '203.0.113.1', givesUpAfter: micros(delay * MILLISECOND)},
	});
	const flooded = await flood(transport, {
		source: new ProbeSource(ANSWERING_HOSTS),
		towards: ANSWERING_HOST,
		duration: micros(duration * MILLISECOND),
		hasReplies: true,
	});
	await transport.close();
	return flooded;
};

test('what leaves and comes while it lasts is counted', async t => {
	const {sent, received, lost} = await floodFor(50, 10);
	t.true(sent >= 50 && sent <= 52, `${sent}`);
	t.true(received >= 39 && received <= 42, `${received}`);
	t.is(lost, 0);
});

test('it lasts until there is something to count', async t => {
	const {sent, received, elapsed} = await floodFor(5, 40);
	t.is(received, 1);
	t.true(sent >= 40 && sent <= 42, `${sent}`);
	t.true(elapsed >= 40 * MILLISECOND && elapsed < 45 * MILLISECOND, `${elapsed}`);
});
