import type {Micros} from '@halfopen/model';
import type {ScanState} from '../by-host/scan-state.ts';
import {TARGET_STATUS} from './target-window.ts';

/** One more try of a target begins as soon as its turn comes. */
export const askAgain = ({discovery: {window, ready}}: ScanState, position: number, now: Micros): void => {
	window.beginTry(position);
	window.setStatus(position, TARGET_STATUS.waiting);
	ready.push(position, now);
};
