import type {Micros} from '@halfopen/model';
import type {HostScan} from './host-scan.ts';
import type {ScanState} from './scan-state.ts';

/** Writes the probes that may leave now: hosts take turns, one probe each. */
export const sendProbes = (scan: ScanState, now: Micros): void => {
	const {ready, transport} = scan;
	let kept = 0; // Hosts in a row that may not send now but stay in the queue
	while (ready.length > kept && transport.probes.free > 0 && admitsAnyone(scan, now)) {
		const host = ready.shift()!;
		if (host.isDone || !host.hasProbe) {
			host.isReady = false;
		} else if (host.timing.admits(now)) {
			sendNext(scan, host, now);
			ready.push(host);
			kept = 0;
		} else {
			kept += waitForTurn(scan, host, now);
		}
	}
};

const admitsAnyone = ({group, hosts}: ScanState, now: Micros): boolean =>
	group.floor.isBehind(now) || group.admits(hosts.scanning);

/** A host that may not send now is woken by an answer, a timeout or the end of its delay. Returns 1 if it is kept. */
const waitForTurn = (scan: ScanState, host: HostScan, now: Micros): 0 | 1 => {
	if (scan.group.floor.dueAt < Infinity) {
		scan.ready.push(host); // The floor of the rate may let it send before any of these
		return 1;
	}

	host.isReady = false;
	if (host.timing.nextSendAt > now) {
		scan.wakes.schedule(host, host.timing.nextSendAt);
	}

	return 0;
};

/** What is sent again goes before what was never sent. */
const sendNext = (scan: ScanState, host: HostScan, now: Micros): void => {
	const {window, transport, options} = scan;
	let slot = host.retransmissions.head;
	if (slot === -1) {
		slot = window.open(host, options.order[host.nextFresh++], 0);
	} else {
		window.remove(host.retransmissions, slot);
	}

	const port = options.ports[window.portIndex(slot)];
	transport.probes.write(host.key, port, window.attempt(slot), host.path.id, slot);
	window.onQueued(slot);
	host.timing.onSend(now);
	host.probesSent++;
	scan.probesSent++;
	scan.decisions.onProbe(host, window, slot, now, {what: 'probe-sent'});
};
