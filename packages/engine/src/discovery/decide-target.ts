import {type HostReport, type Micros, micros, type Path, type Reason} from '@halfopen/model';
import type {ScanState} from '../by-host/scan-state.ts';
import type {DownVerdict, Sign} from './discovery-state.ts';
import type {FoundHost} from './found-host.ts';
import {TARGET_STATUS} from './target-window.ts';
import {tellOfTarget} from './tell-of-target.ts';

/**
 * A target is up. It is handed over to be scanned, or reported where that is all that is wanted, when all that was written
 * for it has left and the path to it is known.
 */
export const setUp = (scan: ScanState, position: number, sign: Sign, now: Micros): void => {
	const {window, signs, parked, plan} = scan.discovery;
	stopAsking(scan, position);
	signs.set(position, sign);
	if (window.queued(position) > 0) {
		return;
	}

	const path = plan.only ? window.path(position)! : ownPath(scan, position, sign);
	if (path.status === 'resolving') {
		parked.add(position);
	} else if (path.status === 'unreachable') {
		setUnreachable(scan, position, path.problem, now);
	} else {
		found(scan, position, sign, path, now);
	}
};

/** No path leads to a target. */
export const setUnreachable = (
	scan: ScanState,
	position: number,
	problem: string | undefined,
	now: Micros,
): void => {
	setDown(scan, position, {reason: 'no-response', ttl: 0, ...(problem !== undefined && {problem})}, now);
};

/** A target is down: it is reported, when all that was written for it has left. */
export const setDown = (scan: ScanState, position: number, verdict: DownVerdict, now: Micros): void => {
	const {window, verdicts} = scan.discovery;
	stopAsking(scan, position);
	if (window.queued(position) > 0) {
		verdicts.set(position, verdict);
		return;
	}

	tellOfVerdict(scan, position, 'down', verdict.reason, now);
	scan.hosts.countDown();
	scan.portsDone += scan.options.ports.length;
	const probesSent = window.probesSent(position);
	const startedAt = window.startedAt(position);
	const address = window.address(position);
	report(scan, scan.report.down({address, startedAt, probesSent, ...verdict}, now));
	settle(scan, position, 'given back');
};

/** Goes on with a target that is decided, when what it waited for has come. */
export const conclude = (scan: ScanState, position: number, now: Micros): void => {
	const {signs, verdicts} = scan.discovery;
	const verdict = verdicts.get(position);
	if (verdict === undefined) {
		setUp(scan, position, signs.get(position)!, now);
	} else {
		setDown(scan, position, verdict, now);
	}
};

/** A target stayed silent, and it is to be seen whether its tries were enough. */
export const holdBack = (scan: ScanState, position: number): void => {
	const {window, silent} = scan.discovery;
	stopAsking(scan, position);
	silent.add(window.place(position), {
		history: window.history(position)!,
		attempt: window.attempt(position),
		probesSent: window.probesSent(position),
		startedAt: window.startedAt(position),
	});
	settle(scan, position, 'given back');
};

const stopAsking = ({discovery: {window, timing}}: ScanState, position: number): void => {
	window.setStatus(position, TARGET_STATUS.decided);
	const inFlight = window.inFlight(position);
	window.onLeave(position, inFlight);
	timing.onLeave(inFlight);
};

/** The path by which the host will be scanned. */
const ownPath = ({discovery: {window}, transport}: ScanState, position: number, {mac}: Sign): Path => {
	if (!window.ownsPath(position)) {
		window.setPath(position, transport.pathTo(window.address(position), mac), window.way(position), true);
	}

	return window.path(position)!;
};

const found = (scan: ScanState, position: number, sign: Sign, path: Path, now: Micros): void => {
	const {window, plan} = scan.discovery;
	const {reason, ttl, rtt, answer} = sign;
	const mac = sign.mac ?? path.mac;
	const host: FoundHost = {
		address: window.address(position),
		path,
		reason,
		ttl,
		...(mac !== undefined && {mac}),
		...(rtt !== undefined && {rtt}),
		probesSent: window.probesSent(position),
		wasAsked: answer !== undefined,
	};
	if (answer !== undefined) {
		scan.discovery.hostsFound++;
		tellOfVerdict(scan, position, 'up', reason, now);
		const {address} = host;
		scan.events.add({type: 'host-found', address, reason, ttl, ...(mac !== undefined && {mac})});
	}

	if (plan.only) {
		scan.hosts.countUp();
		report(scan, scan.report.found(host, window.startedAt(position), now));
		settle(scan, position, 'given back');
	} else {
		scan.hosts.offer(host);
		settle(scan, position, 'handed over');
	}
};

const report = (scan: ScanState, made: HostReport): void => {
	scan.events.add({type: 'host', report: made});
};

const settle = (scan: ScanState, position: number, path: 'given back' | 'handed over'): void => {
	const {window, signs, verdicts, hints} = scan.discovery;
	if (path === 'given back' && window.ownsPath(position)) {
		scan.transport.releasePath(window.path(position)!);
	}

	signs.delete(position);
	verdicts.delete(position);
	hints.delete(position);
	window.settle(position);
};

const tellOfVerdict = (
	scan: ScanState,
	position: number,
	status: 'up' | 'down',
	reason: Reason,
	at: Micros,
): void => {
	const {window} = scan.discovery;
	const attempt = window.attempt(position);
	const tries = window.history(position) === undefined ? 0 : attempt + 1;
	tellOfTarget(scan, position, {attempt, at: micros(at)}, {what: 'host-decided', status, reason, tries});
};
