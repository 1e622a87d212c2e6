import type {ScanEvent, TracedPacket} from '@halfopen/model';

/**
 * Puts packets between events so that a trace reads in the order of cause and effect: a packet before the decisions
 * made after it, and before the news that came of it, but not before its host was begun with.
 */
export function* mergePackets(
	events: readonly ScanEvent[],
	packets: readonly TracedPacket[],
): Generator<ScanEvent, void, undefined> {
	let next = 0;
	for (const event of events) {
		const until = packetsBefore(event);
		for (; next < packets.length && packets[next].at <= until; next++) {
			yield {type: 'packet', packet: packets[next]};
		}

		yield event;
	}

	for (const packet of packets.slice(next)) {
		yield {type: 'packet', packet};
	}
}

/** Packets up to this time come before the event. */
const packetsBefore = (event: ScanEvent): number => {
	if (event.type === 'decision') {
		return event.decision.at;
	}

	if (event.type === 'rate') {
		return event.at;
	}

	return event.type === 'host-started' ? -Infinity : Infinity;
};
