import {type Micros, micros, type ScanSummary, type SweepTotals} from '@halfopen/model';
import {transportTotals} from '../transport-totals.ts';
import type {HostReports} from './host-reports.ts';
import type {SweepState} from './sweep-state.ts';

/** The sweep as it stands at `now`. */
export const summarizeSweep = (
	sweep: SweepState,
	reports: HostReports | undefined,
	now: Micros,
): ScanSummary => {
	const {group, space, startedAt, answered, settled, transport} = sweep;
	return {
		hostsTotal: space.hosts,
		...hostCounts(sweep, reports),
		elapsed: micros(now - startedAt),
		...(group.loss.measured !== undefined && {loss: group.loss.measured}),
		expectedMissed: sweep.expectedMissed,
		portsScanned: settled - sweep.counts.unreachable,
		portsAnswered: answered,
		repliesRedundant: sweep.repliesRedundant,
		...transportTotals(transport.counters()),
		sweep: totals(sweep),
	};
};

/**
 * Hosts of which something was asked, or would have been had a path led there. Without reports, which count them one by
 * one, these are as many as are expected, and down as far as positions are unreachable.
 */
export const hostCounts = (
	sweep: SweepState,
	reports: HostReports | undefined,
): Pick<ScanSummary, 'hostsUp' | 'hostsDown'> => {
	if (reports !== undefined) {
		return {hostsUp: reports.up, hostsDown: reports.down};
	}

	const {counts, settled} = sweep;
	const hosts = settled === 0 ? 0 : hostsAmong(sweep);
	const hostsDown = settled === 0 ? 0 : Math.round((hosts * counts.unreachable) / settled);
	return {hostsUp: hosts - hostsDown, hostsDown};
};

/** How many hosts the positions that ended are of: exactly when every number was asked, or each host has one port. */
const hostsAmong = ({order, settled, space: {hosts, size}}: SweepState): number => {
	if (order.isSequential) {
		return Math.min(settled, Math.ceil((hosts * settled) / order.size));
	}

	// 1 - (1 - share)^ports, where a share is so small that 1 - share would be 1
	const anyOfPorts = -Math.expm1((size / hosts) * Math.log1p(-settled / size));
	return Math.round(hosts * anyOfPorts);
};

const totals = ({counts, order, settled, window, inFlight, ready}: SweepState): SweepTotals => ({
	positions: order.size,
	...counts,
	unfinished: order.size - settled,
	widestWindow: window.widest,
	windowBytes: window.bytes + inFlight.bytes + ready.bytes,
});
