import {addressOf, micros, type ScanEvent, type TracedPacket} from '@halfopen/model';
import test from 'ava';
import {mergePackets} from '../src/merge-packets.ts';

const ADDRESS = addressOf(0x0a_00_00_01);

const packet = (at: number, direction: TracedPacket['direction'] = 'received'): TracedPacket =>
	({at: micros(at), direction}) as TracedPacket;

const rate = (at: number): ScanEvent => ({type: 'rate', at: micros(at), rate: 1, because: 'test'});

const decision = (at: number): ScanEvent =>
	({type: 'decision', decision: {at: micros(at), what: 'probe-sent'}}) as ScanEvent;

const STARTED: ScanEvent = {type: 'host-started', address: ADDRESS};
const WARNING: ScanEvent = {type: 'warning', message: 'news'};

/** When the step began. */
const NOW = micros(5);

/** Packets and events in a line: packets as their times. */
const merged = (events: readonly ScanEvent[], packets: readonly (number | TracedPacket)[]): string =>
	mergePackets(
		events,
		packets.map(each => (typeof each === 'number' ? packet(each) : each)),
		NOW,
	)
		.map(event => {
			switch (event.type) {
				case 'packet': {
					return `${event.packet.at}`;
				}

				case 'rate': {
					return `rate ${event.at}`;
				}

				case 'decision': {
					return `decision ${event.decision.at}`;
				}

				default: {
					return event.type;
				}
			}
		})
		.join(', ');

test('without events packets are passed on as they are', t => {
	t.is(merged([], [1, 2]), '1, 2');
});

test('a packet comes before the decision made after it or at its time', t => {
	t.is(merged([decision(5), rate(7)], [4, 5, 6, 8]), '4, 5, decision 5, 6, rate 7, 8');
});

test('news come after all packets, since one of them brought it', t => {
	t.is(merged([WARNING, decision(1)], [3, 4]), '3, 4, warning, decision 1');
});

test('a host is begun with before its packets', t => {
	t.is(merged([STARTED, decision(5)], [4, 9]), 'host-started, 4, decision 5, 9');
});

test('a host is found after what it sent, and before what is sent to its ports in the same step', t => {
	const found = {type: 'host-found'} as ScanEvent;
	const packets = [packet(3, 'sent'), 4, 6, packet(7, 'sent'), 8];
	t.is(merged([found, STARTED, WARNING], packets), '3, 4, 6, host-found, host-started, 7, 8, warning');
	t.is(merged([found], [3, 4]), '3, 4, host-found');
	t.is(merged([found, STARTED], [packet(7, 'sent')]), 'host-found, host-started, 7');
});
