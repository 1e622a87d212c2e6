import type {Micros} from '@halfopen/model';
import type {WhatDecided} from '../decision-log.ts';
import type {ScanState} from './scan-state.ts';

/** Tells of a decision about the probe in a slot, when someone wants to know. */
export const tellOfSlot = (
	{decisions, window, options}: ScanState,
	slot: number,
	at: Micros,
	what: WhatDecided,
): void => {
	if (decisions.isOn) {
		const port = options.ports[window.portIndex(slot)];
		decisions.onProbe(window.host(slot), {port, attempt: window.attempt(slot), receivedAt: at}, what);
	}
};
