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

/** Without reports, which would count them one by one, hosts are down as far as positions are unreachable. */
const hostCounts = (
	{counts, order, space}: SweepState,
	reports: HostReports | undefined,
): Pick<ScanSummary, 'hostsUp' | 'hostsDown'> => {
	if (reports !== undefined) {
		return {hostsUp: reports.up, hostsDown: reports.down};
	}

	const hostsDown = order.size === 0 ? 0 : Math.round((space.hosts * counts.unreachable) / order.size);
	return {hostsUp: space.hosts - hostsDown, hostsDown};
};

const totals = ({counts, order, settled, window, inFlight, ready}: SweepState): SweepTotals => ({
	positions: order.size,
	...counts,
	unfinished: order.size - settled,
	widestWindow: window.widest,
	windowBytes: window.bytes + inFlight.bytes + ready.bytes,
});
