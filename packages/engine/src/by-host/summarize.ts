import {type Micros, micros, type ScanSummary} from '@halfopen/model';
import type {ScanState} from './scan-state.ts';

/** The scan as it stands at `now`. */
export const summarize = (scan: ScanState, now: Micros): ScanSummary => {
	const counts = scan.transport.counters();
	const {done, up, total} = scan.hosts;
	return {
		hostsUp: up,
		hostsDown: done - up,
		hostsTotal: total,
		elapsed: micros(now - scan.startedAt),
		probesSent: counts.sent,
		probesSentBytes: counts.sentBytes,
		repliesReceived: counts.received,
		repliesReceivedBytes: counts.receivedBytes,
		...(scan.group.loss.measured !== undefined && {loss: scan.group.loss.measured}),
		expectedMissed: scan.expectedMissed,
		portsScanned: scan.portsScanned,
		portsAnswered: scan.portsAnswered,
		repliesRedundant: scan.repliesRedundant,
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
			sendErrors: counts.sendErrors,
		},
	};
};
