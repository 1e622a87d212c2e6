import {type Micros, micros, type ScanSummary} from '@halfopen/model';
import {transportTotals} from '../transport-totals.ts';
import type {ScanState} from './scan-state.ts';

/** The scan as it stands at `now`. */
export const summarize = (scan: ScanState, now: Micros): ScanSummary => {
	const {done, up, total} = scan.hosts;
	const {totals} = scan.discovery;
	return {
		hostsUp: up,
		hostsDown: done - up,
		hostsTotal: total,
		elapsed: micros(now - scan.startedAt),
		...(scan.group.loss.measured !== undefined && {loss: scan.group.loss.measured}),
		expectedMissed: scan.expectedMissed,
		portsScanned: scan.portsScanned,
		portsAnswered: scan.portsAnswered,
		repliesRedundant: scan.repliesRedundant,
		...transportTotals(scan.transport.counters()),
		...(totals !== undefined && {discovery: totals}),
	};
};
