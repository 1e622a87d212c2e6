import {type AddressKey, addressOf} from '@halfopen/model';
import type {Occasion, WhatDecided} from '../decision-log.ts';
import type {SweepState} from './sweep-state.ts';

/** Tells of a decision about a probe, when someone wants to know. */
export const tellOfProbe = (
	{decisions}: SweepState,
	key: AddressKey,
	occasion: Occasion,
	what: WhatDecided,
): void => {
	if (decisions.isOn) {
		decisions.onProbe({address: addressOf(key)}, occasion, what);
	}
};

/** The same about the probe of a position. */
export const tellOfPosition = (
	sweep: SweepState,
	position: number,
	{attempt, receivedAt}: Omit<Occasion, 'port'>,
	what: WhatDecided,
): void => {
	if (sweep.decisions.isOn) {
		const number = sweep.order.numberAt(position);
		const port = sweep.space.portAt(number);
		tellOfProbe(sweep, sweep.space.keyAt(number), {port, attempt, receivedAt}, what);
	}
};
