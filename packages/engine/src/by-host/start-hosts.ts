import type {Micros} from '@halfopen/model';
import {HostScan} from './host-scan.ts';
import type {ScanState} from './scan-state.ts';

/** Begins with the hosts whose turn has come. */
export const startHosts = (scan: ScanState, now: Micros): void => {
	const {hosts} = scan;
	while (hosts.mayAdmit) {
		const host = new HostScan(hosts.takeNumber(), hosts.admit(), scan, now);
		hosts.start(host);
		scan.events.add({type: 'host-started', address: host.address});
		scan.markReady(host);
		scan.scheduleTimeout(host);
	}
};
