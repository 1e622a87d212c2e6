import {type Micros, micros, MILLISECOND} from '@halfopen/model';
import type {TryHistory} from '@halfopen/timing';
import type {ScanState} from '../by-host/scan-state.ts';
import type {PlaceInRun} from './run-queue.ts';

/** How often it is looked whether more is known: that is soon enough for a report. */
const INTERVAL = 50 * MILLISECOND;

/** Targets reported in one step, so that one step is short. */
const MOST_REPORTED = 4096;

/**
 * Calls silent targets down as soon as it is known that their tries were enough. When all others had their turn, those
 * whose tries were not enough are asked again; and when nobody is being asked, nothing more will be known of the rest.
 */
export const settleSilent = (scan: ScanState, now: Micros): void => {
	const {silent, places, window, timing} = scan.discovery;
	const isTheirTurn = places.isEmpty;
	const isLast = isTheirTurn && window.isEmpty;
	if (silent.targets > 0 && (isLast || now >= silent.lookAt)) {
		silent.lookAt = micros(now + INTERVAL);
		if (isLast) {
			timing.silence.conclude(now);
		}

		for (const history of silent.histories) {
			if (isLast || timing.silence.isKnown(history)) {
				settle(scan, history, isTheirTurn);
			}
		}
	}

	reportSilent(scan, now);
};

/** Calls all silent targets down, by what is known now. */
export function* reportAllSilent(scan: ScanState, now: Micros): Generator<void, void, undefined> {
	const {silent, proven} = scan.discovery;
	for (const history of silent.histories) {
		proven.add(silent.take(history));
	}

	while (!proven.isEmpty) {
		reportSilent(scan, now);
		yield;
	}
}

const settle = ({discovery}: ScanState, history: TryHistory, isTheirTurn: boolean): void => {
	const {silent, places, proven, timing} = discovery;
	if (timing.silence.isProven(history)) {
		proven.add(silent.take(history));
	} else if (isTheirTurn) {
		places.add(silent.take(history));
	}
};

const reportSilent = (scan: ScanState, now: Micros): void => {
	const {proven} = scan.discovery;
	for (let left = MOST_REPORTED; left > 0 && !proven.isEmpty; left--) {
		reportDown(scan, proven.take(), now);
	}
};

const reportDown = (scan: ScanState, {place, run}: PlaceInRun, now: Micros): void => {
	const {discovery, hosts, decisions} = scan;
	const {history, attempt, probesSent, startedAt} = run;
	const address = discovery.addressAt(place);
	const occasion = {port: 0, attempt, receivedAt: now};
	decisions.onProbe({address}, occasion, {
		what: 'host-decided',
		status: 'down',
		...NO_RESPONSE,
		tries: attempt + 1,
	});
	discovery.countSilent(history);
	hosts.countDown();
	scan.portsDone += scan.options.ports.length;
	const report = scan.report.down({address, startedAt, probesSent, ttl: 0, ...NO_RESPONSE}, now);
	scan.events.add({type: 'host', report});
};

const NO_RESPONSE = {reason: 'no-response'} as const;
