import {formatAddress, type Micros} from '@halfopen/model';
import type {DiscoveryWay} from '@halfopen/timing';
import type {ScanState} from '../by-host/scan-state.ts';
import {askAgain} from './ask-again.ts';
import {holdBack, setDown} from './decide-target.ts';
import {type DownVerdict, WAYS} from './discovery-state.ts';
import {TARGET_STATUS} from './target-window.ts';
import {tellOfTarget} from './tell-of-target.ts';

/** Asks targets again that stayed silent, or calls them down. Replies were looked at before. */
export const expireTargets = (scan: ScanState, now: Micros): void => {
	for (const way of WAYS) {
		if (scan.discovery.isAsking(way)) {
			forgetFlights(scan, way, now);
			endRetries(scan, way, now);
			endVerdicts(scan, way, now);
		}
	}

	endGraces(scan, now);
	expireCanaries(scan, now);
};

/** Probes that had their time are on their way no more. */
const forgetFlights = (
	{discovery: {waits, window, timing}}: ScanState,
	way: DiscoveryWay,
	now: Micros,
): void => {
	const {flight} = waits[way];
	const {patience} = timing;
	const wait = patience.verdictAfter(way);
	while (patience.waitedSince(flight.firstAt) + wait <= now) {
		const position = flight.shift();
		if (window.has(position) && window.inFlight(position) > 0) {
			window.onLeave(position, 1);
			timing.onLeave();
		}
	}
};

const endRetries = (scan: ScanState, way: DiscoveryWay, now: Micros): void => {
	const {waits, window} = scan.discovery;
	const {patience, silence} = scan.discovery.timing;
	const {retry, verdict} = waits[way];
	const waited = patience.retryAfter(way);
	while (patience.waitedSince(retry.firstAt) + waited <= now) {
		const sentAt = retry.firstAt;
		const position = retry.shift();
		if (!isWaitedFor(scan, position, sentAt)) {
			continue;
		}

		const attempt = window.attempt(position);
		if (patience.wasInterrupted(sentAt)) {
			askInstead(scan, position, now);
		} else if (silence.isProven(window.history(position)!)) {
			verdict.push(position, sentAt);
		} else {
			tellOfTarget(scan, position, {attempt, at: now}, {what: 'host-silent', waited});
			askAgain(scan, position, now);
		}
	}
};

const endVerdicts = (scan: ScanState, way: DiscoveryWay, now: Micros): void => {
	const {waits, window, hints} = scan.discovery;
	const {patience, silence} = scan.discovery.timing;
	const {verdict} = waits[way];
	const waited = patience.verdictAfter(way);
	while (patience.waitedSince(verdict.firstAt) + waited <= now) {
		const sentAt = verdict.firstAt;
		const position = verdict.shift();
		if (!isWaitedFor(scan, position, sentAt)) {
			continue;
		}

		const attempt = window.attempt(position);
		const history = window.history(position)!;
		const hint = hints.get(position);
		if (hint !== undefined) {
			setDown(scan, position, hint, now);
		} else if (patience.wasInterrupted(sentAt)) {
			askInstead(scan, position, now);
		} else if (silence.isProven(history)) {
			onSilent(scan, position, way, now);
		} else {
			tellOfTarget(scan, position, {attempt, at: now}, {what: 'host-silent', waited});
			askAgain(scan, position, now);
		}
	}
};

/** Down, unless its tries may turn out to have been too fast. On a link there is no such rate. */
const onSilent = (scan: ScanState, position: number, way: DiscoveryWay, now: Micros): void => {
	const {window, timing, silent} = scan.discovery;
	const history = window.history(position)!;
	if (way === 'path' && !timing.silence.isKnown(history) && !silent.isFull) {
		holdBack(scan, position);
	} else {
		scan.discovery.countSilent(history);
		setDown(scan, position, silence(scan, position, way), now);
	}
};

/** The scan stood still when the last try was on its way: another is made in its place. */
const askInstead = (scan: ScanState, position: number, now: Micros): void => {
	const {window} = scan.discovery;
	window.setHistory(position, window.history(position)?.previous);
	askAgain(scan, position, now);
};

/** What a router said of hosts, and nothing contradicted, is believed. */
const endGraces = (scan: ScanState, now: Micros): void => {
	const {graces, window, hints} = scan.discovery;
	while (graces.nextAt <= now) {
		const position = graces.shift();
		const hint = hints.get(position);
		if (hint !== undefined && window.status(position) === TARGET_STATUS.asked) {
			setDown(scan, position, hint, now);
		}
	}
};

const expireCanaries = ({discovery: {canaries, timing}}: ScanState, now: Micros): void => {
	const {patience} = timing;
	const waited = patience.canaryTimeout;
	timing.countHeardCanaries(now);
	for (let at = canaries.oldestSentAt; patience.waitedSince(at) + waited <= now; at = canaries.oldestSentAt) {
		const note = canaries.expireOldest();
		timing.onLeave();
		if (!patience.wasInterrupted(at)) {
			timing.onCanaryLost(note);
		}
	}
};

/** Whether nothing happened to the target since the last probe of this try was sent. */
const isWaitedFor = ({discovery: {window}}: ScanState, position: number, sentAt: Micros): boolean =>
	window.has(position) &&
	window.status(position) === TARGET_STATUS.asked &&
	window.lastSentAt(position) === sentAt;

/** Who does not answer on a link cannot be sent anything either. */
const silence = ({discovery: {window}}: ScanState, position: number, way: DiscoveryWay): DownVerdict => {
	const silent = {reason: 'no-response', ttl: 0} as const;
	if (way === 'path') {
		return silent;
	}

	const address = window.address(position);
	const protocol = address.family === 4 ? 'ARP' : 'neighbour discovery';
	const device = window.path(position)?.device ?? 'its link';
	return {...silent, problem: `no answer to ${protocol} for ${formatAddress(address)} on ${device}`};
};
