import type {Micros} from '@halfopen/model';
import type {ScanState} from '../by-host/scan-state.ts';
import {reasonUp} from '../reason-up.ts';
import {setUnreachable, setUp} from './decide-target.ts';
import {TARGET_STATUS} from './target-window.ts';

/** Targets begun with in one step, so that one step is short. */
const MOST_BEGUN = 4096;

/** Paths looked for side by side: a host that does not answer ARP takes its time and nothing else. */
const MOST_RESOLVING = 1024;

/**
 * Begins with targets until one is to be asked, whose turn to send comes later: those that need not be asked are up at
 * once. False when there are more that could be begun with.
 */
export const beginTargets = (scan: ScanState, now: Micros): boolean => {
	const {ready} = scan.discovery;
	for (let left = MOST_BEGUN; ready.length === 0 && mayBegin(scan); left--) {
		if (left === 0) {
			return false;
		}

		begin(scan, openNext(scan, now), now);
	}

	return true;
};

/** Goes on with targets whose path was found, or found not to be. */
export const unparkTargets = (scan: ScanState, now: Micros): void => {
	const {parked, window} = scan.discovery;
	for (const position of parked) {
		if (window.path(position)?.status !== 'resolving') {
			parked.delete(position);
			goOn(scan, position, now);
		}
	}
};

/** A bounded number of found hosts may wait to be scanned. */
const mayBegin = ({discovery, hosts}: ScanState): boolean =>
	!discovery.places.isEmpty &&
	!discovery.window.isFull &&
	!hosts.isCrowded &&
	discovery.parked.size < MOST_RESOLVING;

const openNext = ({discovery}: ScanState, now: Micros): number => {
	const {places, window} = discovery;
	const {place, run} = places.take();
	const position = window.open(discovery.addressAt(place), run?.startedAt ?? now, place);
	if (run !== undefined) {
		window.resume(position, run);
	}

	return position;
};

const begin = (scan: ScanState, position: number, now: Micros): void => {
	const {window, paths, parked} = scan.discovery;
	const {path, way, isOwn} = paths.find(window.address(position));
	window.setPath(position, path, way, isOwn);
	if (path.status === 'resolving') {
		parked.add(position);
	} else {
		goOn(scan, position, now);
	}
};

const goOn = (scan: ScanState, position: number, now: Micros): void => {
	const {window, signs} = scan.discovery;
	const path = window.path(position)!;
	if (path.status === 'unreachable') {
		setUnreachable(scan, position, path.problem, now);
	} else if (signs.has(position)) {
		setUp(scan, position, signs.get(position)!, now);
	} else if (isAsked(scan, position)) {
		ask(scan, position, now);
	} else {
		setUp(scan, position, {reason: reasonUp(path), ttl: 0}, now);
	}
};

const isAsked = ({discovery: {window, plan}}: ScanState, position: number): boolean =>
	window.way(position) === 'link' ? plan.neighbours : plan.probes.length > 0 && !window.path(position)!.local;

const ask = ({discovery}: ScanState, position: number, now: Micros): void => {
	if (discovery.window.history(position) === undefined) {
		discovery.hostsAsked++;
		discovery.timing.silence.onBegin();
	}

	discovery.window.beginFirstTry(position);
	discovery.window.setStatus(position, TARGET_STATUS.waiting);
	discovery.ready.push(position, now);
};
