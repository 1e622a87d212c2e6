import type {AddressKey, PortState, Verdict} from '@halfopen/model';
import type {Occasion} from '../decision-log.ts';
import type {HostScan} from './host-scan.ts';
import type {ScanState} from './scan-state.ts';

/** What a verdict rests on. */
export interface Evidence extends Occasion {
	readonly ttl: number;
}

/**
 * Writes a verdict into the results of a host and tells of it, if the port does not have a better one already.
 * `sender` is given when it was not the target. True when the verdict was taken.
 */
export const recordVerdict = (
	scan: ScanState,
	host: HostScan,
	portIndex: number,
	verdict: Verdict,
	evidence: Evidence,
	sender?: AddressKey,
): boolean => {
	const {results} = host;
	const previous = results.stateAt(portIndex);
	if (!results.apply(portIndex, verdict, evidence.ttl, sender)) {
		return false;
	}

	if (previous === 'unknown') {
		scan.portsDone++;
	}

	if (isHeard(verdict.state) && !isHeard(previous)) {
		scan.portsHeard++;
	}

	if (scan.decisions.isOn) {
		scan.decisions.onProbe(host, evidence, {what: 'state-set', ...verdict, previous});
	}

	if (scan.decisions.tellsEveryPort || verdict.state === 'open') {
		scan.events.add({type: 'port', address: host.address, result: results.at(portIndex), late: host.isDone});
	}

	return true;
};

const isHeard = (state: PortState): boolean => state === 'open' || state === 'closed';
