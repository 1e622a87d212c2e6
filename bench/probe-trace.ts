import {readFileSync} from 'node:fs';

/** A probe as it was seen on the wire. Times in seconds since the epoch. */
export interface SeenProbe {
	readonly sentAt: number;
	/** When its first answer came; `undefined` when none did. */
	answeredAt: number | undefined;
}

/** The probes in a capture of tcpdump's, of Ethernet frames that hold IPv4, and when each was answered. */
export const readProbes = (file: string): SeenProbe[] => {
	const probes: SeenProbe[] = [];
	const lastOf = new Map<string, SeenProbe>();
	for (const {at, from, to, flags} of segmentsOf(readFileSync(file))) {
		if ((flags & (SYN | ACK | RST)) === SYN) {
			const probe = {sentAt: at, answeredAt: undefined};
			probes.push(probe);
			lastOf.set(`${from} ${to}`, probe);
			continue;
		}

		const probe = lastOf.get(`${to} ${from}`);
		if (probe !== undefined) {
			probe.answeredAt ??= at;
		}
	}

	return probes;
};

const SYN = 0x02;
const RST = 0x04;
const ACK = 0x10;

interface Segment {
	readonly at: number;
	/** Address and port. */
	readonly from: string;
	readonly to: string;
	readonly flags: number;
}

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const ETHERNET_HEADER = 14;

function* segmentsOf(capture: Buffer): Generator<Segment> {
	for (let at = FILE_HEADER; at + RECORD_HEADER <= capture.length;) {
		const seconds = capture.readUInt32LE(at) + capture.readUInt32LE(at + 4) / 1e6;
		const length = capture.readUInt32LE(at + 8);
		const frame = capture.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length);
		at += RECORD_HEADER + length;
		yield segmentOf(frame.subarray(ETHERNET_HEADER), seconds);
	}
}

const segmentOf = (packet: Buffer, at: number): Segment => {
	const tcp = packet.subarray((packet[0] & 0x0f) * 4);
	return {
		at,
		from: `${packet.readUInt32BE(12)}:${tcp.readUInt16BE(0)}`,
		to: `${packet.readUInt32BE(16)}:${tcp.readUInt16BE(2)}`,
		flags: tcp[13],
	};
};

/** What went on in one span of time. */
export interface Span {
	/** Its middle, in seconds since the first probe. */
	readonly time: number;
	/** Probes per second. */
	readonly rate: number;
	/** Median of the round trips that ended, in milliseconds; `undefined` when none did. */
	readonly rtt: number | undefined;
	/** Probes on their way, or their answers, on average. What was lost is not among them. */
	readonly inFlight: number;
}

/** Sums up probes by spans of time, whose bounds are given in seconds since the first probe. */
export const spansOf = (probes: readonly SeenProbe[], bounds: readonly number[]): Span[] => {
	const start = probes[0].sentAt;
	const end = Math.max(...probes.map(({sentAt, answeredAt}) => answeredAt ?? sentAt)) - start;
	return bounds.slice(0, -1).flatMap((from, index) => {
		const to = Math.min(bounds[index + 1], end);
		return to > from ? [spanOf(probes, start + from, start + to, start)] : [];
	});
};

const spanOf = (probes: readonly SeenProbe[], from: number, to: number, start: number): Span => {
	const isWithin = (at: number): boolean => at >= from && at < to;
	const sent = probes.filter(({sentAt}) => isWithin(sentAt));
	const answered = probes.filter(({answeredAt}) => answeredAt !== undefined && isWithin(answeredAt));
	const roundTrips = answered.map(({sentAt, answeredAt}) => answeredAt! - sentAt).toSorted((a, b) => a - b);
	const underWay = probes.reduce(
		(sum, {sentAt, answeredAt}) =>
			answeredAt === undefined ? sum : sum + Math.max(0, Math.min(answeredAt, to) - Math.max(sentAt, from)),
		0,
	);
	return {
		time: (from + to) / 2 - start,
		rate: sent.length / (to - from),
		rtt: roundTrips.length === 0 ? undefined : roundTrips[roundTrips.length >> 1] * 1000,
		inFlight: underWay / (to - from),
	};
};
