import type {Micros} from '@halfopen/model';
import type {ScanState} from '../by-host/scan-state.ts';
import type {WhatDecided} from '../decision-log.ts';

/** Tells that a probe to a target left. */
export const tellOfProbe = (scan: ScanState, position: number, place: number, at: Micros): void => {
	if (scan.decisions.isOn) {
		const {window} = scan.discovery;
		const {kind, port} = scan.discovery.probesOf(window.way(position))[place];
		const attempt = window.attempt(position);
		tellOfTarget(scan, position, {port, attempt, at}, {what: 'host-asked', probe: kind});
	}
};

/** Tells of a decision about a target, when someone wants to know. `attempt` is a try, 0 for the first. */
export const tellOfTarget = (
	{decisions, discovery}: ScanState,
	position: number,
	{port = 0, attempt, at}: {readonly port?: number; readonly attempt: number; readonly at: Micros},
	what: WhatDecided,
): void => {
	if (decisions.isOn) {
		const address = discovery.window.address(position);
		decisions.onProbe({address}, {port, attempt, receivedAt: at}, what);
	}
};
