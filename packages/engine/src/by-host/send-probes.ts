import {type Micros, micros} from '@halfopen/model';
import {type ProbeKind, type ProbeNote, spreadEvenly} from '@halfopen/timing';
import {refuseExcluded} from '../refuse-excluded.ts';
import type {HostScan} from './host-scan.ts';
import {PROBE_STATUS} from './probe-window.ts';
import type {ScanState} from './scan-state.ts';
import {mayShareOutage} from './shared-outage.ts';
import {tellOfSlot} from './tell-of-slot.ts';

/** Writes the probes that may leave now: hosts take turns. Returns when the next may leave. */
export const sendProbes = (scan: ScanState, now: Micros): Micros => {
	const {ready, group} = scan;
	let kept = 0; // Hosts in a row that may not send now but stay in the queue
	while (ready.length > kept) {
		const room = roomForAnyone(scan);
		const due = room > 0 ? group.roomAt(now) : 0;
		if (due <= 0) {
			return room > 0 ? group.nextSendAt : NEVER;
		}

		const host = ready.shift()!;
		if (host.isDone || host.isOver(now) || !host.hasProbe) {
			host.isReady = false;
			continue;
		}

		const dueToHost = host.timing.roomAt(now);
		if (dueToHost > 0) {
			sendTurn(scan, host, Math.min(dueToHost, due, room), now);
			ready.push(host);
			kept = 0;
		} else {
			kept += waitForTurn(scan, host, now);
		}
	}

	return kept > 0 ? group.floor.dueAt : NEVER;
};

/** Something else comes first: an answer, a timeout, or the sender having made room. */
const NEVER: Micros = micros(Infinity);

/** Probes that wait for the sender. More would only wait longer, and what is learned meanwhile would come late. */
const MOST_PENDING = 1024;

const roomForAnyone = ({transport}: ScanState): number =>
	Math.min(MOST_PENDING - transport.probes.pending, transport.probes.free);

/** A host that may not send now is woken by an answer, a timeout or the end of its delay. Returns 1 if it is kept. */
const waitForTurn = (scan: ScanState, host: HostScan, now: Micros): 0 | 1 => {
	if (host.timing.nextSendAt > now) {
		scan.wakes.schedule(host, host.timing.nextSendAt);
	}

	if (scan.group.floor.dueAt < Infinity) {
		scan.ready.push(host); // The floor of the rate may let it send before any of these
		return 1;
	}

	host.isReady = false;
	return 0;
};

/**
 * First probes of one turn at the most: what the timing does for one of them it does at once for all, and what it knows of the
 * host is in the cache. The very first go one by one, since a host may answer only so many in a row.
 */
const LONGEST_TURN = 8;
const ONE_BY_ONE = 16;

/** A host has its turn: several first probes, if nothing else comes in between, or one probe. */
const sendTurn = (scan: ScanState, host: HostScan, most: number, now: Micros): void => {
	const maySendSeveral = most > 1 && host.probesWritten >= ONE_BY_ONE;
	const count = maySendSeveral ? Math.min(most, LONGEST_TURN, freshInARow(scan, host)) : 1;
	if (count > 1) {
		sendFresh(scan, host, count, now);
	} else {
		sendNext(scan, host, now);
	}
};

/** First probes of one kind that come next, one after the other. */
const freshInARow = ({options}: ScanState, host: HostScan): number => {
	const {timing, canaries, retransmissions, nextFresh, results} = host;
	if (retransmissions.head !== -1 || timing.isOnTrial) {
		return 0;
	}

	const left = (nextFresh < options.picked ? options.picked : results.length) - nextFresh;
	return canaries.isEmpty ? left : Math.min(left, timing.probesToCanary);
};

/** What is sent again goes before what was never sent; a canary goes before both when one is due. */
const sendNext = (scan: ScanState, host: HostScan, now: Micros): void => {
	if (host.timing.wantsCanary && !host.canaries.isEmpty && sendCanary(scan, host, now)) {
		return;
	}

	if (!host.hasUsualProbe) {
		sendOnClearWay(scan, host, now);
		return;
	}

	const {window} = scan;
	const hasFresh = host.nextFresh < host.results.length;
	const wantsCanary = host.timing.isOnTrial && (!hasFresh || host.timing.needsCanaries);
	if (wantsCanary && !host.canaries.isEmpty && sendCanary(scan, host, now)) {
		return;
	}

	const again = host.retransmissions.head;
	if (again !== -1 && !(hasFresh && isTurnOfFresh(host))) {
		if (!wantsCanaryBefore(scan, host, again, now) || !sendCanary(scan, host, now)) {
			window.remove(host.retransmissions, again);
			sendAgain(scan, host, again, now);
		}

		return;
	}

	sendFresh(scan, host, 1, now);
};

/** The next ports in the order of the host are asked for the first time: all of one kind. */
const sendFresh = (scan: ScanState, host: HostScan, count: number, now: Micros): void => {
	const {window, options} = scan;
	const {nextFresh} = host;
	const note = host.timing.onSend(nextFresh < options.picked ? 'picked' : 'fresh', now, count);
	for (let place = nextFresh; place < nextFresh + count; place++) {
		const portIndex = options.order[host.turned(place, options.picked)];
		write(scan, host, window.open(host, portIndex, undefined), note, now);
	}

	host.nextFresh += count;
	host.onWritten(count);
};

/**
 * In a trial all turns are those of first probes, and otherwise some are all the same, at intervals that never repeat: a
 * retry could follow its timeout in step with a limiter that answers all but every sixth probe, and be that sixth probe
 * each time.
 */
const isTurnOfFresh = ({timing, probesWritten}: HostScan): boolean =>
	timing.isOnTrial || spreadEvenly(probesWritten) < FRESH_TURNS;

const FRESH_TURNS = 1 / 2;

const sendOnClearWay = (scan: ScanState, host: HostScan, now: Micros): void => {
	const {clearWay} = host;
	if (clearWay.wantsCanary && !host.canaries.isEmpty) {
		clearWay.onCanary();
		sendCanary(scan, host, now);
		return;
	}

	const slot = clearWay.slots.head;
	scan.window.remove(clearWay.slots, slot);
	clearWay.onSend();
	sendAgain(scan, host, slot, now);
};

/** Whether silence to this try would be believed, though nothing else shows that the way is open. */
const wantsCanaryBefore = ({window}: ScanState, host: HostScan, slot: number, now: Micros): boolean => {
	const {timing} = host;
	const history = window.history(slot);
	return (
		history !== undefined &&
		mayShareOutage(host, window.sentAt(slot, window.lastSent(slot)), now) &&
		host.canariesInFlight < timing.canariesToTell &&
		timing.isSilenceProven(timing.withTry(history), now)
	);
};

const sendAgain = (scan: ScanState, host: HostScan, slot: number, now: Micros): void => {
	const isResent = scan.window.status(slot) === PROBE_STATUS.interrupted;
	send(scan, host, slot, isResent ? 'resent' : 'repeated', now);
};

/** False when the canary whose turn it is has not come back yet: there are enough on their way. */
const sendCanary = (scan: ScanState, host: HostScan, now: Micros): boolean => {
	const {portIndex, canary} = host.canaries.next();
	const attempt = scan.firstCanary + canary;
	if (scan.window.findCanary(host, portIndex, attempt) !== -1) {
		return false;
	}

	host.canariesInFlight++;
	send(scan, host, scan.window.openCanary(host, portIndex, attempt), 'canary', now);
	return true;
};

const send = (scan: ScanState, host: HostScan, slot: number, kind: ProbeKind, now: Micros): void => {
	write(scan, host, slot, host.timing.onSend(kind, now, 1, scan.window.history(slot)), now);
	host.onWritten(1);
};

const write = (scan: ScanState, host: HostScan, slot: number, note: ProbeNote, now: Micros): void => {
	const {window, transport, options} = scan;
	const port = options.ports[window.portIndex(slot)];
	refuseExcluded(options, host.key);
	transport.probes.write(host.key, port, window.attempt(slot), host.path.id, slot);
	window.onQueued(slot, note);
	tellOfSlot(scan, slot, now, PROBE_SENT);
};

const PROBE_SENT = {what: 'probe-sent'} as const;
