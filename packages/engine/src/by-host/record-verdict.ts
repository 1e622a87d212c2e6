import type {AddressKey, Micros, Verdict} from '@halfopen/model';
import type {HostScan} from './host-scan.ts';
import type {ScanState} from './scan-state.ts';

/** What a verdict rests on: a reply, or for silence the time and the last try. */
export interface Evidence {
	readonly port: number;
	readonly attempt: number;
	readonly receivedAt: Micros;
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

	if (scan.decisions.isOn) {
		scan.decisions.onEvidence(host, evidence, {what: 'state-set', ...verdict, previous});
	}

	if (scan.options.portEvents === 'all' || verdict.state === 'open') {
		scan.emit({type: 'port', address: host.address, result: results.at(portIndex), late: host.isDone});
	}

	return true;
};
