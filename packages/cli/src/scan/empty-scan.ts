import {micros, type ScanSummary} from '@halfopen/model';
import type {Scan} from '@halfopen/scanner';

/** What there is to say when nothing was sent. */
export const NO_TRAFFIC: ScanSummary = {
	hostsUp: 0,
	hostsDown: 0,
	hostsTotal: 0,
	elapsed: micros(0),
	probesSent: 0,
	probesSentBytes: 0,
	repliesReceived: 0,
	repliesReceivedBytes: 0,
	expectedMissed: 0,
	portsScanned: 0,
	portsAnswered: 0,
	repliesRedundant: 0,
	rejected: {malformed: 0, unsolicited: 0, wrongCookie: 0, wrongQuote: 0, shortQuote: 0},
	lost: {repliesLost: 0, kernelDrops: 0, sendErrors: 0},
};

/** A scan without targets: it opens nothing, so it needs no privilege. */
export const EMPTY_SCAN: Scan = {
	progress: () => ({
		elapsed: micros(0),
		hostsDone: 0,
		hostsUp: 0,
		hostsActive: 0,
		hostsTotal: 0,
		portsDone: 0,
		portsTotal: 0,
		probesSent: 0,
		rate: 0,
	}),
	setRate: () => {},
	tell: () => {},
	async *batches() {
		yield [{type: 'end', summary: NO_TRAFFIC}];
	},
	async *[Symbol.asyncIterator]() {
		yield {type: 'end', summary: NO_TRAFFIC};
	},
};
