import type {Micros, ScanEvent, TracedPacket} from '@halfopen/model';

/**
 * Puts packets between the events of a step that began at `now`, so that a trace reads in the order of cause and effect:
 * a packet before the decisions made after it, and before the news that came of it, but not before its host was begun
 * with.
 */
export const mergePackets = (
	events: readonly ScanEvent[],
	packets: readonly TracedPacket[],
	now: Micros,
): readonly ScanEvent[] => {
	if (packets.length === 0) {
		return events;
	}

	const lastBefore = lastBeforeSentIn(packets, now);
	const merged: ScanEvent[] = [];
	let next = 0;
	for (const event of events) {
		const until = packetsBefore(event, lastBefore);
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

/** The time of the last packet before those that left because of the step. */
const lastBeforeSentIn = (packets: readonly TracedPacket[], now: Micros): number => {
	const sent = packets.findIndex(({direction, at}) => direction === 'sent' && at > now);
	return sent === -1 ? Infinity : (packets[sent - 1]?.at ?? -Infinity);
};

/** Packets up to this time come before the event. A host that was found may be begun with in the same step. */
const packetsBefore = (event: ScanEvent, lastBefore: number): number => {
	switch (event.type) {
		case 'decision': {
			return event.decision.at;
		}

		case 'rate':
		case 'window': {
			return event.at;
		}

		case 'host-found': {
			return lastBefore;
		}

		case 'host-started': {
			return -Infinity;
		}

		default: {
			return Infinity;
		}
	}
};
