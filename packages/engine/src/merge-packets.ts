import type {ScanEvent, TracedPacket} from '@halfopen/model';

/**
 * Puts packets between events so that a trace reads in the order of cause and effect: a packet before the decisions
 * made after it, and before the news that came of it, but not before its host was begun with.
 */
export const mergePackets = (
	events: readonly ScanEvent[],
	packets: readonly TracedPacket[],
): readonly ScanEvent[] => {
	if (packets.length === 0) {
		return events;
	}

	const merged: ScanEvent[] = [];
	let next = 0;
	for (const event of events) {
		const until = packetsBefore(event);
		for (; next < packets.length && packets[next].at <= until; next++) {
			merged.push({type: 'packet', packet: packets[next]});
		}

		merged.push(event);
	}

	for (const packet of packets.slice(next)) {
		merged.push({type: 'packet', packet});
	}

	return merged;
};

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
