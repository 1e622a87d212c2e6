import {addressOf, micros, type ScanEvent, type TracedPacket} from '@halfopen/model';
import test from 'ava';
import {mergePackets} from '../src/merge-packets.ts';

const ADDRESS = addressOf(0x0a_00_00_01);

const packet = (at: number): TracedPacket => ({at: micros(at)}) as TracedPacket;

const rate = (at: number): ScanEvent => ({type: 'rate', at: micros(at), rate: 1, because: 'test'});

const decision = (at: number): ScanEvent =>
	({type: 'decision', decision: {at: micros(at), what: 'probe-sent'}}) as ScanEvent;

const STARTED: ScanEvent = {type: 'host-started', address: ADDRESS};
const WARNING: ScanEvent = {type: 'warning', message: 'news'};

/** Packets and events in a line: packets as their times. */
const merged = (events: readonly ScanEvent[], packets: readonly number[]): string =>
	[
		...mergePackets(
			events,
			packets.map(at => packet(at)),
		),
	]
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
