import type {Micros} from '@halfopen/model';
import {type Candidate} from './host-queue.ts';
import {HostScan} from './host-scan.ts';
import type {ScanState} from './scan-state.ts';

/** Begins with the hosts whose turn has come, and reports those to which no path leads. */
export const startHosts = (scan: ScanState, now: Micros): void => {
	for (const candidate of scan.hosts.admit()) {
		if (candidate.path.status === 'unreachable') {
			reportUnreachable(scan, candidate, now);
		} else {
			start(scan, candidate, now);
		}
	}
};

const start = (scan: ScanState, candidate: Candidate, now: Micros): void => {
	const host = new HostScan(candidate, scan, now);
	scan.hosts.start(host);
	scan.emit({type: 'host-started', address: host.address});
	scan.markReady(host);
	scan.scheduleTimeout(host);
};

const reportUnreachable = (scan: ScanState, {address, path}: Candidate, now: Micros): void => {
	scan.portsDone += scan.options.ports.length;
	scan.emit({type: 'host', report: scan.report.unreachable(address, path, now)});
};
