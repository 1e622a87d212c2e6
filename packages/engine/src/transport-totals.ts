import type {ScanSummary, TransportCounters} from '@halfopen/model';

/** What of a summary the transport counted. */
type TransportTotals = Pick<
	ScanSummary,
	| 'probesSent'
	| 'probesSentBytes'
	| 'repliesReceived'
	| 'repliesReceivedBytes'
	| 'rejected'
	| 'lost'
	| 'traceLost'
>;

/** The counts of a transport, by what they mean to a scan. */
export const transportTotals = (counts: TransportCounters): TransportTotals => ({
	probesSent: counts.sent,
	probesSentBytes: counts.sentBytes,
	repliesReceived: counts.received,
	repliesReceivedBytes: counts.receivedBytes,
	rejected: {
		malformed: counts.malformed,
		unsolicited: counts.unsolicited,
		wrongCookie: counts.wrongCookie,
		wrongQuote: counts.wrongQuote,
		shortQuote: counts.shortQuote,
	},
	lost: {
		repliesLost: counts.repliesLost,
		kernelDrops: counts.kernelDrops,
		interfaceDrops: counts.interfaceDrops,
		sendErrors: counts.sendErrors,
	},
	...(counts.traceLost > 0 && {traceLost: counts.traceLost}),
});
