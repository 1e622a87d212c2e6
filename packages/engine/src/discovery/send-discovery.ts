import {type AddressKey, type DiscoveryProbe, type Micros, micros, type Path} from '@halfopen/model';
import {DISCOVERY_TRIES, type DiscoveryWay, type ProbeKind as ProbeRole} from '@halfopen/timing';
import type {ScanState} from '../by-host/scan-state.ts';
import {refuseExcluded} from '../refuse-excluded.ts';
import {beginTargets} from './begin-targets.ts';
import {TARGET_STATUS} from './target-window.ts';

/** Probes written in one step, so that one step is short. */
const MOST_WRITTEN = 4096;

/** Probes that wait for the sender: more would only wait longer. It looks for more every so often. */
const LEAST_PENDING = 1024;
const PENDING_SECONDS = 0.004;

/** Tags from this one on are of probes that look for hosts, and from the second on of canaries; ports are below. */
export const DISCOVERY_TAG = 0x80_00_00_00;
export const DISCOVERY_CANARY_TAG = 0xc0_00_00_00;

/** Writes the probes to targets that may leave now. Returns when the next may leave, unless something else happens before. */
export const sendDiscovery = (scan: ScanState, now: Micros): Micros => {
	const {timing, ready, deferred, window} = scan.discovery;
	for (let left = MOST_WRITTEN; left > 0; left--) {
		takeDeferred(scan, now);
		dropDecided(scan);
		if (!beginTargets(scan, now)) {
			return now;
		}

		if (ready.length === 0) {
			return deferred.nextAt;
		}

		if (isSenderBusy(scan)) {
			return NEVER;
		}

		const way = window.way(ready.first);
		if (timing.roomAt(now, way) <= 0) {
			return nextAdmission(scan, way, now);
		}

		if (!timing.wantsCanary || !sendCanary(scan, now)) {
			sendNext(scan, ready.first, now);
		}
	}

	return now;
};

/** Something else comes first: an answer, a timeout, or the sender having made room. */
const NEVER: Micros = micros(Infinity);

const takeDeferred = ({discovery: {deferred, ready}}: ScanState, now: Micros): void => {
	while (deferred.nextAt <= now) {
		ready.push(deferred.shift(), now);
	}
};

/** Targets that were decided while they waited for their turn. */
const dropDecided = ({discovery: {ready, window}}: ScanState): void => {
	while (
		ready.length > 0 &&
		!(window.has(ready.first) && window.status(ready.first) === TARGET_STATUS.waiting)
	) {
		ready.shift();
	}
};

const isSenderBusy = ({transport: {probes}, discovery: {timing}}: ScanState): boolean =>
	probes.free === 0 || probes.pending >= Math.max(LEAST_PENDING, timing.rate * PENDING_SECONDS);

/** An answer or a timeout may have to come first; the floor of the rate waits for neither. */
const nextAdmission = ({group, discovery: {timing}}: ScanState, way: DiscoveryWay, now: Micros): Micros => {
	const at = Math.max(group.nextSendAt, timing.nextSendAt(way));
	return micros(Math.min(at > now ? at : Infinity, group.floor.dueAt));
};

/** Sends the next probe of the try of a target. */
const sendNext = (scan: ScanState, position: number, now: Micros): void => {
	const {window, timing, notes, ready, deferred} = scan.discovery;
	const {gap} = timing.patience;
	const way = window.way(position);
	const probes = scan.discovery.probesOf(way);
	const place = window.nextProbe(position);
	const attempt = window.attempt(position);
	const probe = probes[place];
	if (place === 0) {
		window.setHistory(position, timing.beginTry(way, window.history(position)));
	}

	const tag = DISCOVERY_TAG + window.tagOf(position, place);
	const key = window.address(position).value;
	write(scan, key, probe, scan.firstDiscovery + attempt, window.path(position)!, tag);
	window.onQueued(position, notes.keep(timing.onSend(roleOf(scan, position, place), way, now)));
	if (place + 1 === probes.length) {
		ready.shift();
		window.setStatus(position, TARGET_STATUS.asked);
	} else if (gap > 0) {
		deferred.push(ready.shift(), micros(now + gap));
	}
};

/** One probe of each host is a sample of all hosts, where they are asked in random order. */
const roleOf = (
	{discovery: {window, order, sample}}: ScanState,
	position: number,
	place: number,
): ProbeRole => {
	if (window.attempt(position) > 0) {
		return 'repeated';
	}

	return place === sample.place && order.isRandom && window.way(position) === 'path' ? 'fresh' : 'picked';
};

/** False when the canary whose turn it is may not be sent now. */
const sendCanary = (scan: ScanState, now: Micros): boolean => {
	const {canaries, timing} = scan.discovery;
	const index = nextCanary(scan, now);
	if (index === -1) {
		timing.onNoCanary();
		return false;
	}

	const {key, probe, path} = canaries.host(index);
	const attempt = scan.firstDiscovery + DISCOVERY_TRIES + canaries.prepare(index);
	write(scan, key, probe, attempt, path, DISCOVERY_CANARY_TAG + index);
	canaries.onQueued(index, timing.onSend('canary', 'path', now), now);
	return true;
};

/** The turn may be that of one that is on its way still, or was asked just now. */
const nextCanary = ({discovery: {canaries}}: ScanState, now: Micros): number => {
	for (let left = MOST_CANARIES_TRIED; left > 0; left--) {
		const index = canaries.next(now);
		if (index !== -1 && canaries.host(index).path.status === 'ready') {
			return index;
		}
	}

	return -1;
};

const MOST_CANARIES_TRIED = 16;

const write = (
	scan: ScanState,
	key: AddressKey,
	{kind, port}: DiscoveryProbe,
	attempt: number,
	path: Path,
	tag: number,
): void => {
	refuseExcluded(scan.options, key);
	scan.transport.probes.write(key, port, attempt, path.id, tag, kind);
};
